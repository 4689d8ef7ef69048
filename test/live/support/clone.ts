/** One project: built through the APIs, snapshot, deployed into another project, verified, compared as a whole. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import type {Report} from '../../../src/model/bundle.ts';
import {Api} from './api.ts';
import {cloudsYaml} from './clouds.ts';
import {makeProject, type Project, type ProjectOptions} from './projects.ts';
import {bench, type Bench, type Ran} from './rekindle.ts';
import {wipe} from './wipe.ts';

export interface Clone {
  readonly source: Project;
  readonly target: Project;
  readonly bench: Bench;
  readonly report: Report;
}

export interface CloneOptions {
  readonly build: (api: Api) => Promise<unknown>;
  readonly source?: ProjectOptions;
  readonly target?: ProjectOptions;
  /** More to look at while both projects stand. */
  readonly then?: (clone: Clone) => Promise<void>;
}

export function adminEntry(): string {
  return process.env['REKINDLE_LIVE_ADMIN'] ?? 'admin';
}

/** A command that must end as told; its whole output is shown where it does not. */
export function expectExit(t: ExecutionContext, what: string, ran: Ran, code: number): void {
  if (ran.code !== code) t.log(`${what}:\n${ran.stdout}\n${ran.stderr}`);
  t.is(ran.code, code, what);
}

export async function cloneProject(t: ExecutionContext, options: CloneOptions): Promise<void> {
  const admin = await Api.login(adminEntry());
  const source = await makeProject(admin, options.source);
  const target = await makeProject(admin, options.target);
  t.teardown(async () => {
    await wipe(admin, target.name);
    await wipe(admin, source.name);
  });
  const started = performance.now();
  await options.build(source.api);
  const built = Math.round((performance.now() - started) / 1000);
  const run = bench(cloudsYaml({source: source.entry, target: target.entry}));

  const snapshot = await run.run('snapshot', 'out', '--os-cloud', 'source', '--timing');
  expectExit(t, 'snapshot', snapshot, 0);
  const report = JSON.parse(readFileSync(join(run.dir, 'out/report.json'), 'utf8')) as Report;

  const again = await run.run('snapshot', 'again', '--os-cloud', 'source');
  expectExit(t, 'second snapshot', again, 0);
  for (const file of ['template.yaml', 'environment.yaml', 'report.json', 'deploy.sh']) {
    t.is(
      readFileSync(join(run.dir, 'again', file), 'utf8'),
      readFileSync(join(run.dir, 'out', file), 'utf8'),
      `${file} of an unchanged project`,
    );
  }

  const deploy = await run.run('deploy', 'out', '--os-cloud', 'target', '--stack', 'web', '--yes');
  expectExit(t, 'deploy', deploy, 0);
  const verify = await run.run('verify', 'out', '--os-cloud', 'target', '--stack', 'web');
  expectExit(t, 'verify', verify, 0);
  const diff = await run.run('diff', 'cloud:source', 'cloud:target');
  expectExit(t, 'diff', diff, 0);
  t.log(
    `built ${built} s, snapshot ${snapshot.seconds} s, deploy ${deploy.seconds} s, verify ${verify.seconds} s, diff ${diff.seconds} s`,
    JSON.stringify(report.counts.fields),
    `${report.counts.resources} resources, ${report.counts.parameters} parameters, ${report.steps.length} steps, ${report.losses.length} losses`,
    verify.stdout.split('\n').at(-2) ?? '',
    snapshot.stderr.split('\n').slice(-3).join(' '),
  );
  await options.then?.({source, target, bench: run, report});
}
