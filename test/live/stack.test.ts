/** Every member of `rekindle stack`, once, on a stack that the library's client made. */
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {follow, openHeat, openSession, realClock, type Heat, type StackRef} from '../../src/index.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {Api, type Row} from './support/api.ts';
import {expectExit} from './support/clone.ts';
import {makeProject, type Project} from './support/projects.ts';
import {bench, type Ran} from './support/rekindle.ts';
import {wipe} from './support/wipe.ts';

/** @param seconds That an update of the slow resource takes. */
function template(seconds: number) {
  return {
    heat_template_version: '2018-08-31',
    description: 'A stack for the family stack',
    parameters: {
      label: {type: 'string', default: 'one'},
      secret: {type: 'string', hidden: true, default: ''},
    },
    resources: {
      kept: {type: 'OS::Neutron::SecurityGroup', properties: {name: 'kept'}, deletion_policy: 'Retain'},
      volume: {type: 'OS::Cinder::Volume', properties: {name: 'volume', size: 1}},
      group: {
        type: 'OS::Heat::ResourceGroup',
        properties: {count: 1, resource_def: {type: 'OS::Neutron::Net', properties: {name: 'inner'}}},
      },
      slow: {
        type: 'OS::Heat::TestResource',
        properties: {value: {get_param: 'label'}, wait_secs: seconds},
        // A cancelled update of the group's own stack can make the rollback fail: this one is cancelled in the slow resource.
        depends_on: 'group',
      },
    },
    outputs: {kept: {value: {get_resource: 'kept'}}, map: {value: {a: [1, {get_param: 'label'}]}}},
  };
}

async function clientOf(project: Project): Promise<Heat> {
  const session = await openSession(
    {},
    {
      env: {...project.environment, NO_PROXY: '127.0.0.1'},
      cwd: '/',
      home: '/',
      platform: process.platform,
      logger: {log: () => {}},
    },
  );
  return openHeat(session);
}

test.serial('a stack made by the client is looked at, worked on and deleted by the commands', async t => {
  const admin = await Api.login(process.env['REKINDLE_LIVE_ADMIN'] ?? 'admin');
  const project = await makeProject(admin);
  t.teardown(() => wipe(admin, project.name));
  const started = performance.now();

  const heat = await clientOf(project);
  const body = {
    template: template(0),
    files: {},
    environment: {parameters: {secret: 'hush'}},
    disable_rollback: true,
    tags: 'a,b',
  };
  const {id} = await heat.create({...body, stack_name: 'web'});
  const ref: StackRef = {name: 'web', id};
  const made = await follow(heat, ref, {actions: ['CREATE'], clock: realClock});
  t.is(made?.status, 'CREATE_COMPLETE', made?.reason);

  const run = bench(project.yaml);
  const stack = (...words: readonly string[]): Promise<Ran> =>
    run.run('stack', ...words, '--os-cloud', project.name);
  const good = async (...words: readonly string[]): Promise<string> => {
    const ran = await stack(...words);
    expectExit(t, words.join(' '), ran, 0);
    return ran.stdout;
  };
  const data = async (...words: readonly string[]): Promise<never> =>
    JSON.parse(await good(...words, '-f', 'json')) as never;

  // Looking.
  t.like(await data('list', '--tags', 'a,b'), [
    {ID: id, 'Stack Name': 'web', 'Stack Status': 'CREATE_COMPLETE'},
  ]);
  t.deepEqual(await data('list', '--property', 'status=FAILED'), []);
  t.is(((await data('list', '--nested')) as readonly unknown[]).length, 2);
  t.like(await data('show', id), {id, tags: ['a', 'b'], parameters: {secret: '******', label: 'one'}});
  t.regex(
    await good('events', 'web', '--follow', '--limit', '1'),
    /^\S+ \S+Z \[web\]: CREATE_COMPLETE {2}.*\n$/,
  );
  t.regex(await good('events', 'web', '--nested-depth', '1'), /\[web\.group\.0\]: CREATE_COMPLETE/);
  t.is(
    await good('resources', 'web', '--nested-depth', '1', '-f', 'value', '-c', 'resource_name'),
    'group\n0\nkept\nslow\nvolume\n',
  );
  t.like(await data('resources', 'web', 'group.0'), {attributes: {name: 'inner', status: 'ACTIVE'}});
  t.deepEqual(await data('resources', 'web', 'volume', '--metadata'), {});
  const kept = (await good('outputs', 'web', 'kept')).trim();
  t.regex(kept, /^[0-9a-f-]{36}$/);
  t.is(await good('outputs', 'web', 'map'), '{"a":[1,"one"]}\n');
  const text = await good('template', 'web');
  t.deepEqual(parsePyYaml(text), body.template);
  t.deepEqual(parsePyYaml(await good('environment', 'web')), {
    parameters: {secret: '******'},
    parameter_defaults: {},
    resource_registry: {resources: {}},
  });
  writeFileSync(join(run.dir, 'web.yaml'), text);
  t.regex(await good('validate', 'web.yaml', '-P', 'secret=hush'), /^\| secret +\| String \| \*{6} /m);
  t.is(
    await good('preview', 'web.yaml', '-f', 'value', '-c', 'resource_name'),
    'group.0\nkept\nslow\nvolume\n',
  );
  const missing = await stack('show', 'wbe');
  t.is(missing.code, 1);
  t.regex(missing.stderr, /has no stack "wbe"\n {2}did you mean web\?/);

  // Working on it.
  const status = ['-f', 'value', '-c', 'Stack Status', '--poll', '2'];
  const checked = await stack('check', 'web', ...status);
  t.is(checked.stdout, 'CHECK_COMPLETE\n', checked.stderr);
  t.regex(
    checked.stderr,
    /has not looked at .*: OS::Heat::TestResource, OS::Neutron::(Net, OS::Neutron::)?SecurityGroup/,
  );
  t.is(await good('suspend', 'web', ...status), 'SUSPEND_COMPLETE\n');
  t.is(await good('resume', 'web', ...status), 'RESUME_COMPLETE\n');
  await heat.update(ref, {...body, template: template(12), environment: {parameters: {label: 'two'}}});
  while ((await heat.resource(ref, 'slow'))?.status !== 'UPDATE_IN_PROGRESS')
    await realClock.sleep(200, undefined);
  t.is(await good('cancel', 'web', ...status), 'ROLLBACK_COMPLETE\n');
  t.is((await stack('cancel', 'web')).code, 1, 'there is nothing left to cancel');

  t.like(await data('snapshot', 'create', 'web', '--name', 'before', '--poll', '2'), {
    name: 'before',
    status: 'COMPLETE',
  });
  t.like(await data('snapshot', 'list', 'web'), [{name: 'before', status: 'COMPLETE'}]);
  t.like(await data('snapshot', 'show', 'web', 'before'), {name: 'before'});
  t.is(await good('snapshot', 'restore', 'web', 'before', '--yes', ...status), 'RESTORE_COMPLETE\n');
  await good('snapshot', 'delete', 'web', 'before', '--yes');
  t.deepEqual(await data('snapshot', 'list', 'web'), []);

  // What is in use from outside can't be deleted.
  const {api} = project;
  const [volume] = await api.list('volume', '/volumes', 'volumes');
  const blocker: Row = await api.create('volume', '/snapshots', 'snapshot', {volume_id: volume?.id});
  await api.waitFor('volume', `/snapshots/${blocker.id}`, 'snapshot', 'available', 60);
  t.is((await stack('delete', 'web')).code, 2, 'nobody was asked');
  const failed = await stack('delete', 'web', '--yes', '--poll', '2');
  t.is(failed.code, 1);
  t.regex(failed.stderr, /ended in DELETE_FAILED\n {2}volume \(OS::Cinder::Volume \S+\): .*Invalid volume/);
  t.true(failed.stderr.includes(`kept (OS::Neutron::SecurityGroup ${kept})`), failed.stderr);
  await api.remove('volume', `/snapshots/${blocker.id}`);
  while ((await api.list('volume', '/snapshots', 'snapshots')).length > 0)
    await realClock.sleep(500, undefined);
  t.deepEqual(await data('delete', 'web', '--yes', '--poll', '2'), {
    stack: {name: 'web', id, status: 'DELETE_COMPLETE'},
    left: null,
    steps: [],
  });
  t.deepEqual(await data('list', '--nested'), []);
  const groups = await api.list('network', `/security-groups?project_id=${project.id}`, 'security_groups');
  t.true(
    groups.some(group => group.id === kept),
    'what was kept is there',
  );
  t.log(`${Math.round((performance.now() - started) / 1000)} s`);
});
