/** `rekindle adopt` against a recorded project and a Heat that takes it over. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Inventory} from '../../src/model/inventory.ts';
import {samplesFolder} from '../support/replay/sample.ts';
import type {Fault, Request} from '../support/replay/server.ts';
import {testCloud} from './support/cloud.ts';
import {bench, type Changes, type Ran} from './support/world.ts';

const id = '0a1b2c3d-0000-4000-8000-00000000abcd';
const out = join(samplesFolder, 'web');

const inventory = JSON.parse(readFileSync(join(out, 'inventory.json'), 'utf8')) as Inventory;
const keypairs = inventory.rows['keypair'] ?? [];

interface Options {
  /** Adopt is switched off. */
  readonly refuses?: boolean;
}

/** What parameters are looked up in, and no snapshot asks for. */
function surroundings({path, query}: Request): Fault | undefined {
  if (path.endsWith('/flavors/detail'))
    return ok({flavors: ['m1.small', 'm1.medium'].map(name => ({id: name, name}))});
  // Asked for in two versions, of which one is recorded.
  if (path.endsWith('/os-keypairs')) return ok({keypairs: keypairs.map(keypair => ({keypair}))});
  if (path.endsWith('/types')) return ok({volume_types: [{id: 'standard', name: 'standard'}]});
  if (path.endsWith('/os-availability-zone')) return ok({availabilityZoneInfo: [{zoneName: 'nova'}]});
  if (path.endsWith('/networks') && query.includes('fields='))
    return ok({
      networks: [{id: '1a1241cd-5cc9-443e-87d6-26444183a764', name: 'public', 'router:external': true}],
    });
  return undefined;
}

interface Stage {
  readonly adopt: (more?: readonly string[], changes?: Changes) => Promise<Ran>;
  readonly asked: readonly string[];
}

async function stage(t: ExecutionContext, {refuses = false}: Options = {}): Promise<Stage> {
  const made = await bench(t);
  const asked: string[] = [];
  let given: readonly (readonly [string, string])[] = [];
  let action = '';
  let count = 0;
  const begin = (next: string): void => {
    action = next;
    count += 1;
  };
  const row = (): object => ({
    id,
    stack_name: 'web',
    stack_status: `${action}_COMPLETE`,
    stack_status_reason: '',
    creation_time: '2026-01-01T00:00:00Z',
    updated_time: null,
    tags: null,
    parameters: {},
  });
  const heat = ({method, path}: Request): Fault => {
    const below = path.split('/').slice(4).join('/');
    asked.push(`${method} ${below}`);
    if (below === 'stacks' && method === 'POST') {
      if (refuses)
        return {
          status: 400,
          body: JSON.stringify({error: {type: 'NotSupported', message: 'Stack Adopt is not supported.'}}),
        };
      begin('ADOPT');
      return ok({stack: {id, links: []}}, 201);
    }
    if (below === 'stacks') return ok({stacks: []});
    if (below.endsWith('/actions')) begin('CHECK');
    if (method === 'PUT') begin('UPDATE');
    if (below.endsWith('/events'))
      return ok({
        events: [
          {
            id: `e${count}`,
            event_time: '2026-01-01T00:00:00Z',
            resource_name: 'web',
            physical_resource_id: id,
            resource_status: `${action}_COMPLETE`,
            resource_status_reason: 'done',
            links: [{rel: 'stack', href: `http://heat/v1/p/stacks/web/${id}`}],
          },
        ],
      });
    if (below.endsWith('/resources'))
      return ok({
        resources: given.map(([name, physical]) => ({
          resource_name: name,
          physical_resource_id: physical,
          resource_status: 'ADOPT_COMPLETE',
          links: [],
        })),
      });
    return ok({stack: row()});
  };
  const {env} = await testCloud(t, request =>
    request.path.startsWith('/orchestration/') ? heat(request) : surroundings(request),
  );
  const words = ['adopt', out, '--stack', 'web', '--poll', '0.01'];
  const run = (more: readonly string[] = [], changes: Changes = {}): Promise<Ran> =>
    made.run([...words, ...more], {env, ...changes});
  const {stdout, stderr} = await run(['--dry-run', '-f', 'json']);
  t.is(stderr, '');
  const plan = JSON.parse(stdout) as {adopted: {name: string; id: string}[]};
  given = plan.adopted.map(({name, id: physical}) => [name, physical] as const);
  asked.length = 0;
  return {asked, adopt: run};
}

function ok(body: object, status = 200): Fault {
  return {status, body: JSON.stringify(body)};
}

test('the proof is on standard output, a line for each claim', async t => {
  const {adopt, asked} = await stage(t);
  const {code, stdout, stderr} = await adopt();
  t.is(code, 0, stderr);
  const [stack, check, update, rows] = stdout.split('\n');
  t.is(stack, `Stack web (${id}): UPDATE_COMPLETE, 18 resources adopted, 1 left out`);
  t.is(check, "Heat's check: CHECK_COMPLETE");
  t.is(update, 'Update with the same template: UPDATE_COMPLETE, 0 resources changed');
  t.regex(rows ?? '', /^The project before and after: \d+ rows, \d+ fields compared, 0 changed$/);
  t.regex(stderr, /Let go of it with: rekindle stack delete web/);
  t.deepEqual(
    asked.filter(call => !call.startsWith('GET')),
    ['POST stacks', `POST stacks/web/${id}/actions`, `PUT stacks/web/${id}`],
  );
});

test('the proof as data', async t => {
  const {adopt} = await stage(t);
  const {stdout} = await adopt(['-f', 'json', '--no-update']);
  const data = JSON.parse(stdout) as Record<string, Record<string, unknown>>;
  t.deepEqual(data['stack'], {name: 'web', id, status: 'CHECK_COMPLETE'});
  t.deepEqual(data['update'], {done: false, why: 'not asked for'});
  t.deepEqual(data['rows']?.['changed'], []);
  t.is((data['left_out'] as unknown as object[]).length, 1);
});

test('a dry run asks Heat for nothing but its stacks, and says what would be adopted', async t => {
  const {adopt, asked} = await stage(t);
  const {code, stdout} = await adopt(['--dry-run']);
  t.is(code, 0);
  t.regex(stdout, /server_web_1 +\| OS::Nova::Server +\| eb7801c5-[-\da-f]+ +\| adopted/);
  t.regex(stdout, /keypair_dana .* left out: it is the user's own/);
  t.regex(stdout, /\nIt can be adopted: 18 resources adopted, 1 left out\n$/);
  t.true(asked.every(call => call === 'GET stacks'));
});

test('a project that has changed is refused with exit code 4 before Heat is asked', async t => {
  const {adopt, asked} = await stage(t);
  const changed = await adopt(['-P', 'flavor_m1_small=m1.medium']);
  t.is(changed.code, 4);
  t.regex(changed.stderr, /server_web_1: property flavor is "m1.medium" in the bundle/);
  t.true(asked.every(call => call.startsWith('GET')));
  const dry = await adopt(['-P', 'flavor_m1_small=m1.medium', '--dry-run']);
  t.is(dry.code, 4);
  t.regex(dry.stdout, /It can't be adopted: \d+ errors?\n$/);
});

test('on a terminal it asks, and a no touches nothing', async t => {
  const {adopt, asked} = await stage(t);
  const questions: string[] = [];
  const answer = (question: string): string => {
    questions.push(question);
    return 'n';
  };
  const {code, stderr} = await adopt([], {terminal: true, answer});
  t.not(code, 0);
  t.regex(stderr, /Not confirmed; nothing was touched/);
  t.is(questions.length, 1);
  t.regex(questions[0] ?? '', /^Put 18 resources \(1 left out\) of the project shop under the stack web\?/);
  t.true(asked.every(call => call.startsWith('GET')));
  t.is((await adopt(['--yes'], {terminal: true, answer})).code, 0);
  t.is(questions.length, 1);
});

test('where adopt is switched off the way on is said', async t => {
  const {adopt} = await stage(t, {refuses: true});
  const {code, stderr} = await adopt();
  t.is(code, 4);
  t.regex(stderr, /switched adopt off/);
  t.regex(stderr, /--external puts it under Heat by external_id/);
});

test('there is no way to switch rollback on', async t => {
  const {adopt, asked} = await stage(t);
  for (const option of ['--enable-rollback', '--rollback']) {
    const {code} = await adopt([option]);
    t.is(code, 2, option);
  }
  t.deepEqual(asked, []);
});
