import {existsSync} from 'node:fs';
import test from 'ava';
import {cloneProject, expectExit} from './support/clone.ts';
import {buildWeb} from './support/hard-case.ts';

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
    // The same by one command, beside the first copy.
    async afterwards({bench}) {
      const words = ['clone', 'copy', '--from', 'source', '--to', 'target', '--stack', 'copy'];
      expectExit(t, 'clone --dry-run', await bench.run(...words, '--dry-run'), 0);
      const {stdout, ...ran} = await bench.run(...words, '--yes', '-f', 'json');
      expectExit(t, 'clone', {stdout, ...ran}, 0);
      const {deployment, comparison} = JSON.parse(stdout) as Record<string, {readonly same?: boolean}>;
      t.like(deployment, {action: 'create', stack: {name: 'copy', status: 'CREATE_COMPLETE'}});
      t.true(comparison?.same);
    },
  });
});
