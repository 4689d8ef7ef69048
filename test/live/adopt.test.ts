/** What runs already is put under Heat and let go again; whatever goes wrong, all of it stays as it is. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {adoptData} from '../../src/deploy/index.ts';
import type {Report} from '../../src/model/bundle.ts';
import {fields, text} from '../../src/model/json.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {Api, type Fields, type Row} from './support/api.ts';
import {expectExit} from './support/clone.ts';
import {buildWeb} from './support/hard-case.ts';
import {cloudsYaml} from './support/clouds.ts';
import {makeProject, type Project} from './support/projects.ts';
import {bench, type Bench} from './support/rekindle.ts';
import {wipe} from './support/wipe.ts';

interface Home {
  readonly project: Project;
  readonly run: Bench;
}

async function home(t: ExecutionContext): Promise<Home> {
  const admin = await Api.login(process.env['REKINDLE_LIVE_ADMIN'] ?? 'admin');
  const project = await makeProject(admin);
  t.teardown(() => wipe(admin, project.name));
  return {project, run: bench(cloudsYaml({home: project.entry}))};
}

const lists = [
  ['network', '/networks', 'networks'],
  ['network', '/subnets', 'subnets'],
  ['network', '/ports', 'ports'],
  ['network', '/routers', 'routers'],
  ['network', '/floatingips', 'floatingips'],
  ['network', '/security-groups', 'security_groups'],
  ['compute', '/servers/detail', 'servers'],
  ['volume', '/volumes/detail', 'volumes'],
] as const;

/** A second opinion on what is there: every row of the project, by id, without its stamps. */
async function rowsOf({api, id}: Project): Promise<Readonly<Record<string, Fields>>> {
  const answers = await Promise.all(lists.map(([service, path, key]) => api.list(service, path, key)));
  const own = answers.flat().filter(row => (row['project_id'] ?? row['tenant_id'] ?? id) === id);
  return Object.fromEntries(
    own.map(row => [
      row.id,
      Object.fromEntries(
        Object.entries(row).filter(([field]) => !/^(updated(_at)?|revision_number)$/.test(field)),
      ),
    ]),
  );
}

/** The rows, once Neutron has heard of all ports: on a busy machine it says long after Nova that one is up. */
async function settled(project: Project): Promise<Readonly<Record<string, Fields>>> {
  const end = Date.now() + 240_000;
  for (;;) {
    const rows = await rowsOf(project);
    const all = Object.values(rows);
    const isUp = (id: unknown): boolean => all.some(row => row['id'] === id && row['status'] === 'ACTIVE');
    const waiting = all.filter(
      row =>
        text(row['device_owner']).startsWith('compute:') &&
        isUp(row['device_id']) &&
        row['status'] !== 'ACTIVE',
    );
    if (waiting.length === 0) return rows;
    if (Date.now() > end) throw new Error(`${waiting.length} ports of running servers are still down`);
    await new Promise(resolve => setTimeout(resolve, 1000));
  }
}

async function stackOf({api}: Project, name: string): Promise<Row | undefined> {
  const [found] = await api.list('orchestration', `/stacks?name=${name}`, 'stacks');
  return found;
}

function pathOf(stack: Row): string {
  return `/stacks/${String(stack['stack_name'])}/${stack.id}`;
}

async function remove(project: Project, name: string): Promise<void> {
  const stack = await stackOf(project, name);
  if (stack === undefined) throw new Error(`no stack ${name}`);
  await project.api.call('DELETE', 'orchestration', pathOf(stack));
  for (let look = 0; look < 300; look++) {
    if ((await stackOf(project, name)) === undefined) return;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  throw new Error(`the stack ${name} does not go`);
}

async function idsOf({api}: Project, stack: Row): Promise<Readonly<Record<string, unknown>>> {
  const rows = await api.list('orchestration', `${pathOf(stack)}/resources`, 'resources');
  return Object.fromEntries(rows.map(row => [String(row['resource_name']), row['physical_resource_id']]));
}

test.serial('a project is adopted, proven untouched, managed by its plain template, and let go', async t => {
  const {project, run} = await home(t);
  await buildWeb(project.api);
  await settled(project);
  expectExit(t, 'snapshot', await run.run('snapshot', 'out', '--os-cloud', 'home'), 0);
  const report = JSON.parse(readFileSync(join(run.dir, 'out/report.json'), 'utf8')) as Report;
  const before = await rowsOf(project);

  const dry = await run.run('adopt', 'out', '--os-cloud', 'home', '--stack', 'taken', '--dry-run');
  expectExit(t, 'dry run', dry, 0);
  t.is(await stackOf(project, 'taken'), undefined);

  const adopt = await run.run('adopt', 'out', '--os-cloud', 'home', '--stack', 'taken');
  expectExit(t, 'adopt', adopt, 0);
  t.log(`${adopt.seconds} s`, adopt.stdout.trimEnd());
  const keypairs = report.resources.filter(({kind}) => kind === 'keypair').length;
  t.regex(
    adopt.stdout,
    new RegExp(`${report.resources.length - keypairs} resources adopted, ${keypairs} left out`),
  );
  t.regex(adopt.stdout, /CHECK_COMPLETE/);
  t.regex(adopt.stdout, /UPDATE_COMPLETE, 0 resources changed/);
  t.regex(adopt.stdout, / fields compared, 0 changed/);
  t.deepEqual(await rowsOf(project), before, 'after the adoption');

  const again = await run.run('adopt', 'out', '--os-cloud', 'home', '--stack', 'twice');
  expectExit(t, 'a second adoption', again, 4);
  t.regex(again.stderr, /the stack "taken" \(UPDATE_COMPLETE\) has these already/);

  // What `deploy` does to such a stack: the same template, in which nothing is retained.
  const stack = await stackOf(project, 'taken');
  if (stack === undefined) throw new Error('no stack');
  const ids = await idsOf(project, stack);
  const plain = parsePyYaml(readFileSync(join(run.dir, 'out/template.yaml'), 'utf8'));
  const change = async (template: unknown): Promise<void> => {
    await project.api.call('PATCH', 'orchestration', pathOf(stack), {
      template,
      files: filesOf(run, template),
    });
    await project.api.waitFor('orchestration', pathOf(stack), 'stack', 'UPDATE_COMPLETE', 600);
  };
  await change(plain);
  t.deepEqual(await idsOf(project, stack), ids, 'ids after the update with the plain template');
  t.deepEqual(await rowsOf(project), before, 'after the update with the plain template');
  const sent = adoptData({template: fields(plain)}, {}, []).template;
  await change(sent);
  await remove(project, 'taken');
  t.deepEqual(await rowsOf(project), before, 'after the stack was deleted');

  const [server] = await project.api.list('compute', '/servers/detail?name=web-2', 'servers');
  if (server === undefined) throw new Error('no server');
  await project.api.call('POST', 'compute', `/servers/${server.id}/action`, {'os-stop': null});
  await project.api.waitFor('compute', `/servers/${server.id}`, 'server', 'SHUTOFF', 300);
  const resting = await settled(project);
  const stopped = await run.run('adopt', 'out', '--os-cloud', 'home', '--stack', 'resting');
  expectExit(t, 'adopt beside a stopped server', stopped, 0);
  t.regex(stopped.stdout, /Heat's check: left out: server_web_2 is SHUTOFF/);
  t.regex(stopped.stdout, /UPDATE_COMPLETE, 0 resources changed/);
  t.deepEqual(await rowsOf(project), resting, 'with a stopped server');
  await remove(project, 'resting');

  const words = ['adopt', 'out', '--os-cloud', 'home', '--external', '--no-update'];
  const external = await run.run(...words, '--stack', 'named');
  expectExit(t, 'adopt by external_id', external, 0);
  t.log(`${external.seconds} s`, external.stdout.trimEnd());
  await remove(project, 'named');
  t.deepEqual(await rowsOf(project), resting, 'after a stack of external ids');

  const [subnet] = await project.api.list('network', `/subnets?project_id=${project.id}`, 'subnets');
  if (subnet === undefined) throw new Error('no subnet');
  await project.api.call('PUT', 'network', `/subnets/${subnet.id}`, {subnet: {name: 'renamed'}});
  const drifted = await run.run('adopt', 'out', '--os-cloud', 'home', '--stack', 'drifted');
  expectExit(t, 'adopt of what changed', drifted, 4);
  t.regex(drifted.stderr, /property name is "web-subnet" in the bundle, and "renamed" in the project/);
  t.is(await stackOf(project, 'drifted'), undefined);
});

function filesOf({dir}: Bench, template: unknown): Fields {
  const names = [...JSON.stringify(template).matchAll(/"get_file":"([^"]+)"/g)].map(([, name]) => name ?? '');
  return Object.fromEntries(names.map(name => [name, readFileSync(join(dir, 'out', name), 'utf8')]));
}

test.serial('a failed adoption deletes nothing: not by failing, and not with its stack', async t => {
  const {project, run} = await home(t);
  const {api} = project;
  for (const name of ['first', 'second']) await api.create('network', '/networks', 'network', {name});
  expectExit(t, 'snapshot', await run.run('snapshot', 'out', '--os-cloud', 'home'), 0);
  const before = await rowsOf(project);
  const networks = await api.list('network', `/networks?project_id=${project.id}`, 'networks');

  // As the command sends it, but for one id: that is how Heat is made to fail in the middle.
  const template = fields(parsePyYaml(readFileSync(join(run.dir, 'out/template.yaml'), 'utf8')));
  const data = adoptData(
    {template},
    {},
    networks.map(({id, name}) => ({
      name: `network_${String(name)}`,
      type: 'OS::Neutron::Net',
      kind: 'network',
      id,
      label: '',
      physicalId: name === 'second' ? '' : id,
      data: {},
    })),
  );
  await api.call('POST', 'orchestration', '/stacks', {
    stack_name: 'broken',
    adopt_stack_data: JSON.stringify(data),
    disable_rollback: true,
  });
  const stack = await stackOf(project, 'broken');
  if (stack === undefined) throw new Error('no stack');
  await t.throwsAsync(api.waitFor('orchestration', pathOf(stack), 'stack', 'ADOPT_COMPLETE', 120));
  t.is((await stackOf(project, 'broken'))?.['stack_status'], 'ADOPT_FAILED');
  t.deepEqual(await rowsOf(project), before, 'after the failure');

  const again = await run.run('adopt', 'out', '--os-cloud', 'home', '--stack', 'broken');
  expectExit(t, 'adopt again', again, 4);
  t.regex(again.stderr, /it keeps everything it names: remove it/);
  await remove(project, 'broken');
  t.deepEqual(await rowsOf(project), before, 'after the failed stack was deleted');
  expectExit(t, 'adopt anew', await run.run('adopt', 'out', '--os-cloud', 'home', '--stack', 'broken'), 0);
  t.deepEqual(await rowsOf(project), before, 'after the adoption');
});
