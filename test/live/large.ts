/**
 * A large project, cloned as several stacks, with the figures:
 *
 *     npm run test:large -- --resources 5000 [--cloud admin] [--layout by-layer] [--max-resources N] [--tries N] [--keep]
 *
 * Builds it through the APIs, snapshots, splits, deploys all stacks into another project, verifies, deploys again (nothing
 * to do), deletes the stacks and wipes both projects. No part of the live suite: with 5000 resources it takes hours.
 */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import type {Report} from '../../src/model/bundle.ts';
import {Api} from './support/api.ts';
import {cloudsYaml} from './support/clouds.ts';
import {buildLarge} from './support/large.ts';
import {liftQuotas, makeProject, type Project} from './support/projects.ts';
import {bench, type Ran} from './support/rekindle.ts';
import {openSite} from './support/site.ts';
import {wipe} from './support/wipe.ts';

const {values} = parseArgs({
  options: {
    resources: {type: 'string', default: '5000'},
    cloud: {type: 'string', default: 'admin'},
    layout: {type: 'string'},
    'max-resources': {type: 'string'},
    /** Names of the projects; a source that is there is taken as built. */
    source: {type: 'string'},
    target: {type: 'string'},
    /** How often deploy is run until it succeeds. */
    tries: {type: 'string', default: '3'},
    keep: {type: 'boolean', default: false},
  },
});

const began = performance.now();
const since = (start: number): number => Math.round((performance.now() - start) / 100) / 10;
const say = (text: string): void => {
  process.stdout.write(`${String(Math.round(since(began))).padStart(6)} s  ${text}\n`);
};

function expect(what: string, ran: Ran, code = 0): Ran {
  say(`${what}: exit ${ran.code}, ${ran.seconds} s`);
  if (ran.code === code) return ran;
  throw new Error(`${what} ended with ${ran.code}:\n${ran.stdout.slice(-4000)}\n${ran.stderr.slice(-8000)}`);
}

interface Output {
  readonly layers: readonly {
    readonly action: string;
    readonly stack: {readonly name: string; readonly id: string};
  }[];
}

function timeOf(value: unknown): number {
  return Date.parse(`${String(value).replace(/Z$/, '')}Z`);
}

/** Seconds from where Heat was asked for the stack to its end: of many events Heat drops the first ones. */
async function secondsOf(
  api: Api,
  {name, id}: {readonly name: string; readonly id: string},
): Promise<number> {
  const path = `/stacks/${name}/${id}`;
  const [stack, events] = await Promise.all([
    api.show('orchestration', path, 'stack'),
    api.list('orchestration', `${path}/events?resource_name=${name}&sort_dir=asc`, 'events'),
  ]);
  const ends = events.map(event => timeOf(event['event_time']));
  return Math.round((Math.max(...ends) - timeOf(stack['updated_time'] ?? stack['creation_time'])) / 1000);
}

/** As a user would: a small cloud that fails one of thousands of calls is asked again, and goes on where it was. */
async function deployed(deploy: () => Promise<Ran>): Promise<Ran> {
  for (let left = Number(values.tries); left > 1; left--) {
    const ran = await deploy();
    if (ran.code === 0) return expect('deploy', ran);
    say(`deploy: exit ${ran.code}, ${ran.seconds} s; once more\n${ran.stderr.slice(-2000)}`);
  }
  return expect('deploy', await deploy());
}

async function clone(source: Project, target: Project): Promise<void> {
  const run = bench(cloudsYaml({source: source.entry, target: target.entry}));
  say(`in ${run.dir}`);
  const how = [
    ...(values.layout === undefined ? [] : ['--layout', values.layout]),
    ...(values['max-resources'] === undefined ? [] : ['--max-resources', values['max-resources']]),
  ];
  expect('snapshot', await run.run('snapshot', 'out', '--os-cloud', 'source', ...how));
  const report = JSON.parse(readFileSync(join(run.dir, 'out/report.json'), 'utf8')) as Report;
  const {layers = [], resources, counts, parameters, steps, losses} = report;
  say(
    `${counts.resources} resources, ${parameters.length} parameters, ${steps.length} steps, ${losses.length} losses in ${layers.length} stacks`,
  );
  for (const {name, feeds} of layers) {
    const mine = resources.filter(({layer}) => layer === name).length;
    const template = readFileSync(join(run.dir, 'out', name, 'template.yaml'), 'utf8');
    say(
      `  ${name}: ${mine} resources, ${template.length} characters, ${Object.keys(feeds).length} values from earlier stacks`,
    );
  }
  const crossing = layers.reduce((sum, {feeds}) => sum + Object.keys(feeds).length, 0);
  say(`${crossing} crossing edges`);
  const again = await run.run('snapshot', 'out', '--os-cloud', 'source');
  expect('snapshot again', again);
  if (readFileSync(join(run.dir, 'out/report.json'), 'utf8') !== `${JSON.stringify(report, null, 1)}\n`)
    throw new Error('the second snapshot of an unchanged project differs');

  const to = ['--os-cloud', 'target', '--stack', 'large'];
  const deploy = await deployed(() =>
    run.run('deploy', 'out', ...to, '--yes', '--timeout', '720', '-f', 'json', '--quiet'),
  );
  const made = JSON.parse(deploy.stdout) as Partial<Output> & Output['layers'][number];
  const stacks = (made.layers ?? [made]).map(({stack}) => stack);
  for (const stack of stacks)
    say(`  ${stack.name}: ${await secondsOf(await Api.login(target.entry), stack)} s`);
  const verify = expect('verify', await run.run('verify', 'out', ...to, '-f', 'json'));
  say(JSON.stringify((JSON.parse(verify.stdout) as {counts: object}).counts));
  const second = expect(
    'deploy again',
    await run.run('deploy', 'out', ...to, '--yes', '-f', 'json', '--quiet'),
  );
  const actions = (JSON.parse(second.stdout) as Partial<Output>).layers?.map(({action}) => action) ?? [];
  if (actions.some(action => action !== 'nothing')) throw new Error(`deployed again: ${actions.join(', ')}`);
  const deletion = await run.run(
    'stack',
    'delete',
    'large',
    '--bundle',
    'out',
    '--os-cloud',
    'target',
    '--yes',
    '--quiet',
  );
  expect('stack delete', deletion);
}

const admin = await Api.login(values.cloud);
const source = await makeProject(admin, {name: values.source});
const target = await makeProject(admin, {name: values.target});
try {
  await Promise.all([liftQuotas(admin, source.id), liftQuotas(admin, target.id)]);
  say(`source ${source.name}, target ${target.name}`);
  if (source.created) {
    const start = performance.now();
    await buildLarge(await openSite(source.api), Number(values.resources), say);
    say(`built in ${since(start)} s`);
  }
  await clone(source, target);
} finally {
  if (!values.keep) {
    // The first token may have run out.
    const again = await Api.login(values.cloud);
    await wipe(again, target.name);
    await wipe(again, source.name);
    say('wiped');
  }
}
