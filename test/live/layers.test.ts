import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import type {Report} from '../../src/model/bundle.ts';
import {Api} from './support/api.ts';
import {expectExit} from './support/clone.ts';
import {cloudsYaml} from './support/clouds.ts';
import {buildWeb} from './support/hard-case.ts';
import {makeProject} from './support/projects.ts';
import {bench} from './support/rekindle.ts';
import {wipe} from './support/wipe.ts';

interface Deployed {
  readonly layers: readonly {readonly action: string; readonly stack: {readonly name: string}}[];
}

test.serial('a project is cloned as several stacks, found the same, and taken away again', async t => {
  const admin = await Api.login(process.env['REKINDLE_LIVE_ADMIN'] ?? 'admin');
  const source = await makeProject(admin);
  const target = await makeProject(admin);
  t.teardown(async () => {
    await Promise.all([wipe(admin, target.name), wipe(admin, source.name)]);
  });
  await buildWeb(source.api);
  const run = bench(cloudsYaml({source: source.entry, target: target.entry}));
  const snapshot = ['snapshot', 'out', '--os-cloud', 'source'];
  const options = ['--layout', 'by-layer', '--max-resources', '7'];
  expectExit(t, 'snapshot', await run.run(...snapshot, ...options), 0);
  const path = join(run.dir, 'out/report.json');
  const text = readFileSync(path, 'utf8');
  const {layers = []} = JSON.parse(text) as Report;
  t.true(layers.length > 3);
  t.true(layers.some(({feeds}) => Object.keys(feeds).length > 2));
  expectExit(t, 'snapshot again', await run.run(...snapshot), 0);
  t.is(readFileSync(path, 'utf8'), text);

  const to = ['--os-cloud', 'target', '--stack', 'web'];
  const deploy = await run.run('deploy', 'out', ...to, '--yes', '-f', 'json');
  expectExit(t, 'deploy', deploy, 0);
  t.deepEqual(
    (JSON.parse(deploy.stdout) as Deployed).layers.map(({action, stack}) => [action, stack.name]),
    layers.map(({name}) => ['create', `web-${name}`]),
  );
  const verify = await run.run('verify', 'out', ...to, '-f', 'json');
  expectExit(t, 'verify', verify, 0);
  const again = await run.run('deploy', 'out', ...to, '--yes', '-f', 'json');
  expectExit(t, 'deploy again', again, 0);
  t.true((JSON.parse(again.stdout) as Deployed).layers.every(({action}) => action === 'nothing'));
  const deletion = [
    'stack',
    'delete',
    'web',
    '--bundle',
    'out',
    '--os-cloud',
    'target',
    '--yes',
    '-f',
    'json',
  ];
  expectExit(t, 'stack delete', await run.run(...deletion), 0);
  const list = await run.run('list', 'cloud:target', '-f', 'json');
  expectExit(t, 'list', list, 0);
  const left = (JSON.parse(list.stdout) as {readonly resources: number}[]).filter(row => row.resources > 0);
  t.deepEqual(left, [], 'nothing is left');
  t.log(`deploy ${deploy.seconds} s, verify ${verify.seconds} s, deploy again ${again.seconds} s`);
});
