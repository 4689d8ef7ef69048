/** Secrets on their way to Heat: it is given them, and quotes them, and nobody else hears of it. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {inventoryOf} from '../support/inventory.ts';
import {plantedCloud} from './support/cloud.ts';
import {quotingHeat, type QuotingHeat} from './support/heat.ts';
import {planted} from './support/planted.ts';
import {leaks, stage, verbosities, type Ran} from './support/stage.ts';

const ref = 'fd37a0ce-3409-4706-aa9a-2bd4cb7ccf35';
const key = {
  id: ref,
  name: 'disk key',
  secret_type: 'passphrase',
  algorithm: null,
  bit_length: null,
  mode: null,
  content_types: {default: 'text/plain'},
  secret_ref: `http://barbican.test/v1/secrets/${ref}`,
  status: 'ACTIVE',
};

interface Deployable {
  readonly run: (words: readonly string[]) => Promise<Ran>;
  readonly asked: readonly string[];
  readonly found: (ran: Ran) => Promise<string[]>;
}

/** A bundle with one secret, its payload filled in, and a Heat that quotes it. */
async function deployable(t: ExecutionContext, life: QuotingHeat = {}): Promise<Deployable> {
  const {dir, run, files} = await stage(t);
  const heat = quotingHeat(life);
  const {env} = await plantedCloud(t, heat.fault);
  await writeFile(join(dir, 'inventory.json'), JSON.stringify(inventoryOf({secret: [key]})));
  const rendered = await run(['render', 'inventory.json', 'out']);
  t.is(rendered.code, 0, rendered.stderr);
  const path = join(dir, 'out/secrets.yaml');
  const text = await readFile(path, 'utf8');
  const filled = text.replace(/: ''$/m, `: ${JSON.stringify(planted.hidden)}`);
  t.not(filled, text);
  await writeFile(path, filled, {mode: 0o600});
  return {
    asked: heat.asked,
    run: words => run(words, {env}),
    found: async ran => leaks(ran, await files()).filter(leak => leak !== 'hidden in out/secrets.yaml'),
  };
}

const stackOf = ['--stack', 'web'];
const commands: readonly {
  readonly name: string;
  readonly words: readonly string[];
  readonly life: QuotingHeat;
  /** What Heat must have been asked, for the case to be one. */
  readonly asked?: string;
}[] = [
  {name: 'deploy', words: ['deploy', 'out', ...stackOf, '--poll', '0.01'], life: {}, asked: 'POST stacks'},
  {
    name: 'deploy, the stack fails',
    words: ['deploy', 'out', ...stackOf, '--poll', '0.01'],
    life: {end: 'FAILED'},
    asked: 'POST stacks',
  },
  ...([400, 409, 500, 502] as const).map(status => ({
    name: `deploy, refused with ${status}`,
    words: ['deploy', 'out', ...stackOf, '--poll', '0.01'],
    life: {refuses: 'create', status} as const,
    asked: 'POST stacks',
  })),
  {name: 'deploy, Heat’s preview refuses', words: ['deploy', 'out', ...stackOf], life: {refuses: 'preview'}},
  {
    name: 'deploy, Heat refuses everything',
    words: ['deploy', 'out', ...stackOf],
    life: {refuses: 'everything', status: 403},
  },
  {
    name: 'deploy over a stack that is there',
    words: ['deploy', 'out', ...stackOf, '-y', '--poll', '0.01'],
    life: {there: true},
    asked: 'PUT stacks/web/0a1b2c3d-0000-4000-8000-00000000abcd',
  },
  {
    name: 'deploy over a stack, refused',
    words: ['deploy', 'out', ...stackOf, '-y', '--poll', '0.01'],
    life: {there: true, refuses: 'update'},
    asked: 'PUT stacks/web/0a1b2c3d-0000-4000-8000-00000000abcd',
  },
  {
    name: 'deploy --dry-run',
    words: ['deploy', 'out', ...stackOf, '--dry-run', '-f', 'json'],
    life: {there: true},
  },
  {name: 'check', words: ['check', 'out', ...stackOf], life: {}, asked: 'POST stacks/preview'},
  {name: 'check, refused', words: ['check', 'out', ...stackOf, '-f', 'json'], life: {refuses: 'preview'}},
  {
    name: 'check, a value given by hand',
    words: ['check', 'out', ...stackOf, '-P', `payload_of_secret_disk_key=${planted.hidden}`],
    life: {refuses: 'preview'},
  },
  {name: 'verify', words: ['verify', 'out', ...stackOf], life: {there: true}},
  {
    name: 'verify as data',
    words: ['verify', 'out', ...stackOf, '-f', 'json'],
    life: {there: true, end: 'FAILED'},
  },
  {name: 'adopt, refused', words: ['adopt', 'out', ...stackOf, '-y'], life: {refuses: 'adopt'}},
  {
    name: 'stack preview',
    words: ['stack', 'preview', 'out', '-f', 'json'],
    life: {},
    asked: 'POST stacks/preview',
  },
  {name: 'stack preview, refused', words: ['stack', 'preview', 'out'], life: {refuses: 'preview'}},
  {
    name: 'stack validate',
    words: ['stack', 'validate', 'out', '-f', 'json'],
    life: {},
    asked: 'POST validate',
  },
  {
    name: 'stack validate, refused',
    words: ['stack', 'validate', 'out'],
    life: {refuses: 'validate', status: 500},
  },
];

for (const {name, words, life, asked} of commands) {
  for (const verbosity of verbosities) {
    test(`${name}: ${verbosity.join(' ') || 'nothing said'}`, async t => {
      const made = await deployable(t, life);
      const ran = await made.run([...words, ...verbosity]);
      if (asked !== undefined) t.true(made.asked.includes(asked), `${ran.stderr}\n${made.asked.join('\n')}`);
      t.deepEqual(await made.found(ran), []);
    });
  }
}

/** These know nothing of the values, and so only show what Heat does not hide itself. */
const looks: readonly (readonly string[])[] = [
  ['list'],
  ['show', 'web'],
  ['show', 'web', '-f', 'json'],
  ['outputs', 'web'],
  ['template', 'web'],
  ['environment', 'web'],
  ['resources', 'web'],
  ['resources', 'web', 'key'],
  ['events', 'web'],
  ['events', 'web', '-f', 'json'],
];

for (const words of looks) {
  test(`stack ${words.join(' ')}: what looks like a secret is none, at any verbosity`, async t => {
    for (const verbosity of [[], ['--debug', '--log-file', 'run.log', '--timing']]) {
      const made = await deployable(t, {there: true});
      const ran = await made.run(['stack', ...words, ...verbosity]);
      // Heat's sentence quotes a value without a word of what it is: that can't be known here.
      const found = (await made.found(ran)).filter(leak => !leak.startsWith('hidden '));
      t.deepEqual(found, []);
    }
  });
}
