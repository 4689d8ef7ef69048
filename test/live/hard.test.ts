/** Everything in one project that has ever been got wrong: cloned, deployed again, and taken down with all that came with it. */
import test from 'ava';
import {cloneProject, expectExit} from './support/clone.ts';
import {buildHard} from './support/hard-case.ts';

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
        t.deepEqual(
          await target.api.list('network', `/address-groups?project_id=${target.id}`, 'address_groups'),
          [],
        );
        t.deepEqual(await target.api.list('network', `/networks?project_id=${target.id}`, 'networks'), []);
      },
    });
  },
);
