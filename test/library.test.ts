/** The library lives in somebody else's process: it takes nothing from it by itself, and leaves it as it was. */
import {readFile, mkdtemp, rm} from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import {tmpdir} from 'node:os';
import {dirname, join, relative} from 'node:path';
import test from 'ava';
import {
  discover,
  openHeat,
  openSession,
  readBundle,
  render,
  RekindleError,
  snapshot,
  verify,
  writeBundle,
} from '../src/index.ts';
import {connectionsLeft} from './cancel/support.ts';
import {readSample} from './support/replay/sample.ts';
import {startReplay} from './support/replay/server.ts';

const root = join(import.meta.dirname, '../../src');

/** Every file that the library's door leads to, at once or later, with its text and without its comments. */
async function reachable(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const open = [join(root, 'index.ts')];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    const text = (await readFile(path, 'utf8')).replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
    found.set(path, text);
    for (const [, from = ''] of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g))
      // What the build makes is two texts for a browser.
      open.push(join(dirname(path), from.replace(/\/bundled\.js$/, '/bundled.d.ts')));
  }
  return found;
}

/** Of the process: where it is, which node it is. Nothing that is anybody's to set, or to read from. */
const allowed = new Set(['process.cwd', 'process.versions']);

const forbidden: readonly RegExp[] = [
  /(?<![\w.'"`-])process\.\w+/g,
  /(?<![\w.'"`])(?:globalThis|console)\b/g,
  /\bglobalAgent\b/g,
  /'node:(?:process|readline|child_process|worker_threads|cluster|repl|os|vm|inspector)'/g,
  /\b(?:defaultMaxListeners|setDefaultResultOrder|setDefaultEncoding|setGlobalDispatcher)\b/g,
  /\b(?:String|Array|Object|Map|Set|Promise|Error)\.prototype\.\w+\s*=[^=]/g,
];

test('nothing that the library imports names the process, its streams, its environment or anything global', async t => {
  const files = await reachable();
  t.true(files.size > 200, String(files.size));
  t.deepEqual(
    [...files.keys()].map(path => relative(root, path)).filter(path => path.startsWith('cli/')),
    [],
  );
  const named = [...files].flatMap(([path, text]) =>
    forbidden
      .flatMap(pattern => [...text.matchAll(pattern)].map(([word]) => word))
      .filter(word => !allowed.has(word))
      .map(word => `${relative(root, path)}: ${word}`),
  );
  t.deepEqual(named, []);
});

function seen(text: string): boolean {
  return forbidden.some(pattern => text.search(pattern) >= 0);
}

test('the scan sees what it is to see', t => {
  for (const text of [
    'x(process.argv)',
    'process.stdout.write(a)',
    'if (process.env["X"])',
    'process.exit(1)',
    'globalThis.x = 1',
    'console.log(1)',
    "import {exit} from 'node:process'",
    'http.globalAgent.maxSockets = 1',
    'Array.prototype.last = f',
  ])
    t.true(seen(text), text);
  for (const text of ['preprocess.x', "'the process.'", 'console_log.x', 'the.console'])
    t.false(seen(text), text);
});

/** What a process could be found changed in. */
function state(): object {
  const events = [
    'exit',
    'beforeExit',
    'uncaughtException',
    'unhandledRejection',
    'warning',
    'SIGINT',
    'SIGTERM',
    'SIGPIPE',
  ];
  return {
    globals: Object.getOwnPropertyNames(globalThis).sort(),
    prototypes: [Object, Array, String, Map, Promise, Error].map(({prototype}) =>
      Object.getOwnPropertyNames(prototype as object).sort(),
    ),
    env: {...process.env},
    argv: [...process.argv],
    cwd: process.cwd(),
    umask: process.umask(),
    exitCode: process.exitCode,
    listeners: events.map(name => process.listenerCount(name)),
    agents: [http.globalAgent, https.globalAgent].map(agent => [
      agent.maxSockets,
      Object.keys(agent.sockets).length,
    ]),
  };
}

test.serial('a whole run leaves the process as it was, and its streams untouched', async t => {
  const recording = await readSample('web');
  const replay = await startReplay(recording);
  const dir = await mkdtemp(join(tmpdir(), 'rekindle-library-'));
  t.teardown(async () => {
    await replay.close();
    await rm(dir, {recursive: true, force: true});
  });
  const {user, project, region} = recording;
  const written: string[] = [];
  const streams = [process.stdout, process.stderr];
  const writes = streams.map(stream => stream.write.bind(stream));
  const before = state();
  // What lies about in the process is not the library's: it must come in by the door.
  const variables = {
    OS_CLOUD: 'wrong',
    OS_AUTH_URL: 'http://127.0.0.1:1/v3',
    HTTP_PROXY: 'http://127.0.0.1:1',
  };
  Object.assign(process.env, variables);
  for (const stream of streams)
    stream.write = text => {
      written.push(String(text));
      return true;
    };
  const lines: string[] = [];
  try {
    const logger = {log: (level: string, message: string) => void lines.push(`${level} ${message}`)};
    const surroundings = {env: {}, cwd: dir, home: dir, platform: 'linux', logger};
    const session = await openSession(
      {
        osAuthUrl: replay.authUrl,
        osUsername: user.name,
        osUserDomainName: user.domain,
        osPassword: 'replayed',
        osProjectName: project.name,
        osProjectDomainName: project.domain,
        osRegionName: region,
      },
      surroundings,
    );
    try {
      const taken = await snapshot(session, {logger});
      await writeBundle(join(dir, 'out'), render(taken.inventory).bundle);
      const bundle = {...(await readBundle(join(dir, 'out'))), inventory: taken.inventory};
      await t.throwsAsync(verify(session, bundle, {stack: 'none', logger}), {instanceOf: RekindleError});
      await t.throwsAsync(
        openHeat(session).then(heat => heat.resourceTypes()),
        {instanceOf: RekindleError},
      );
      await discover(session, {logger});
    } finally {
      session.close();
    }
  } finally {
    for (const [index, stream] of streams.entries()) stream.write = writes[index] as typeof stream.write;
    for (const name of Object.keys(variables)) Reflect.deleteProperty(process.env, name);
  }
  t.deepEqual(written, []);
  t.true(
    lines.some(line => line.startsWith('debug ')),
    'it was told to the logger',
  );
  t.deepEqual(state(), before);
  t.is(await connectionsLeft(replay), 0);
});
