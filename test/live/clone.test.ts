import {existsSync} from 'node:fs';
import test from 'ava';
import {cloneProject, expectExit} from './support/clone.ts';
import {makeUser, type Project} from './support/projects.ts';
import {buildHardCase, buildWeb} from './support/hard-case.ts';

/** With an admin, who can break a server, and another user, who has a key pair of their own. */
async function buildHard({api, admin, id}: Project): Promise<void> {
  await buildHardCase(api, {admin, other: await makeUser(admin, id, 'other')});
}

test.serial('a small web project is cloned without a difference, and again by deploy.sh', async t => {
  await cloneProject(t, {
    build: project => buildWeb(project.api),
    applicationCredential: true,
    async afterwards({bench}) {
      const client = existsSync('/usr/bin/openstack') ? '/usr/bin/openstack' : 'openstack';
      expectExit(
        t,
        'stack delete',
        await bench.exec(client, '--os-cloud', 'target', 'stack', 'delete', '--yes', '--wait', 'web'),
        0,
      );
      expectExit(
        t,
        'deploy.sh',
        await bench.exec('env', 'OS_CLOUD=target', 'bash', 'out/deploy.sh', 'by-script'),
        0,
      );
      expectExit(
        t,
        'verify',
        await bench.run('verify', 'out', '--os-cloud', 'target', '--stack', 'by-script'),
        0,
      );
    },
  });
});

test.serial('a project of a domain that is not Default is cloned without a difference', async t => {
  await cloneProject(t, {
    build: project => buildWeb(project.api),
    source: {user: 'carol'},
    target: {user: 'carol'},
  });
});

test.serial(
  'the hard cases, read by an admin and deployed by a member, differ in nothing but the announced',
  async t => {
    await cloneProject(t, {
      build: buildHard,
      readAsAdmin: true,
      async afterwards({bench, target}) {
        const again = await bench.run('deploy', 'out', '--os-cloud', 'target', '--stack', 'web');
        expectExit(t, 'deploy again', again, 0);
        t.regex(again.stderr, /nothing was changed/);
        t.notRegex(again.stderr, /^Step/m, 'no step is carried out twice');
        const remove = ['stack', 'delete', 'web', '--os-cloud', 'target', '--bundle', 'out', '--yes'];
        expectExit(t, 'stack delete', await bench.run(...remove), 0);
        t.deepEqual(await target.api.list('network', '/address-groups', 'address_groups'), []);
        t.deepEqual(await target.api.list('network', '/networks?shared=false', 'networks'), []);
      },
    });
  },
);
