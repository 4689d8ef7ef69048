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
  });
});
