/** One project: built through the APIs, snapshot, deployed into another project, verified, compared as a whole. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import type {Report} from '../../../src/model/bundle.ts';
import type {Figures} from '../../support/releases.ts';
import {Api} from './api.ts';
import {cloudsYaml, type CloudEntry} from './clouds.ts';
import {makeProject, type Project, type ProjectOptions} from './projects.ts';
import {bench, type Bench, type Ran} from './rekindle.ts';
import {wipe} from './wipe.ts';

export interface Clone {
  readonly source: Project;
  readonly target: Project;
  readonly bench: Bench;
  readonly report: Report;
}

export interface Outcome extends Figures {
  /** Kinds that were rebuilt, by the template or by a step. */
  readonly kinds: readonly string[];
}

export interface CloneOptions {
  readonly build: (project: Project) => Promise<unknown>;
  /** Entries of the admins of the clouds; default: one cloud, that of the environment. */
  readonly clouds?: {readonly source: string; readonly target: string};
  readonly source?: ProjectOptions;
  readonly target?: ProjectOptions;
  /** Read source and clone as an admin, who sees user data; deploy as a member all the same. */
  readonly readAsAdmin?: boolean;
  /** Read and deploy with application credentials. */
  readonly applicationCredential?: boolean;
  /** Deploy as an admin too, who may build what members may not. */
  readonly deployAsAdmin?: boolean;
  /** More words for `snapshot`. */
  readonly snapshot?: readonly string[];
  /** More words for `deploy`, which may hang on what the bundle asks for. */
  readonly deploy?: (report: Report) => readonly string[];
  /** As `KIND LABEL FIELD`: what steps restore where the target can; elsewhere that is told, and the deployment is partial. */
  readonly mayFail?: RegExp;
  /** More to look at while both projects stand. */
  readonly afterwards?: (clone: Clone, outcome: Outcome) => Promise<void>;
}

interface Verified {
  readonly counts: {readonly announced: number; readonly unannounced: number};
  readonly differences: readonly {
    readonly kind: string;
    readonly label: string;
    readonly field: string;
    readonly announced?: {readonly fate: string};
  }[];
}

function adminEntry(): string {
  return process.env['REKINDLE_LIVE_ADMIN'] ?? 'admin';
}

/** A command that must end as told; its whole output is shown where it does not. */
export function expectExit(t: ExecutionContext, what: string, ran: Ran, code: number): void {
  if (ran.code !== code) t.log(`${what}:\n${ran.stdout}\n${ran.stderr}`);
  t.is(ran.code, code, what);
}

export async function cloneProject(t: ExecutionContext, options: CloneOptions): Promise<void> {
  const {source: there = adminEntry(), target: here = adminEntry()} = options.clouds ?? {};
  const [sourceAdmin, targetAdmin] = [await Api.login(there), await Api.login(here)];
  const source = await makeProject(sourceAdmin, options.source);
  t.teardown(async () => wipe(sourceAdmin, source.name));
  const target = await makeProject(targetAdmin, options.target);
  t.teardown(async () => wipe(targetAdmin, target.name));
  const started = performance.now();
  await options.build(source);
  const built = Math.round((performance.now() - started) / 1000);
  const entryOf = async (project: Project): Promise<CloudEntry> =>
    options.applicationCredential === true ? await withCredential(project) : project.entry;
  const run = bench(
    cloudsYaml({
      source: await entryOf(source),
      target: await entryOf(target),
      'source-admin': source.admin.entry,
      'target-admin': target.admin.entry,
    }),
  );
  const [from, to] = options.readAsAdmin === true ? ['source-admin', 'target-admin'] : ['source', 'target'];

  const {snapshot: how = []} = options;
  const snapshot = await run.run('snapshot', 'out', '--os-cloud', from, '--timing', ...how);
  expectExit(t, 'snapshot', snapshot, 0);
  const report = JSON.parse(readFileSync(join(run.dir, 'out/report.json'), 'utf8')) as Report;
  await unchanged(t, run, from, how);

  const as = options.deployAsAdmin === true ? 'target-admin' : 'target';
  const more = options.deploy?.(report) ?? [];
  const deploy = await run.run('deploy', 'out', '--os-cloud', as, '--stack', 'web', '--yes', ...more);
  const isPartial = options.mayFail !== undefined && /steps? will fail/.test(deploy.stderr);
  expectExit(t, 'deploy', deploy, isPartial ? 3 : 0);
  const verify = await run.run('verify', 'out', '--os-cloud', to, '--stack', 'web', '-f', 'json');
  expectExit(t, 'verify', verify, 0);
  const {counts, differences} = JSON.parse(verify.stdout) as Verified;
  t.deepEqual(
    differences.filter(
      ({announced, kind, label, field}) =>
        announced?.fate === 'step' && !(isPartial && options.mayFail?.test(`${kind} ${label} ${field}`)),
    ),
    [],
    'what steps restore is restored',
  );
  // Which values a deployment was given, a comparison of two projects can't know.
  const diff = await run.run('diff', `cloud:${from}`, `cloud:${to}`);
  if (more.length === 0 && how.length === 0 && !isPartial) expectExit(t, 'diff', diff, 0);
  t.log(
    `built in ${built} s; snapshot ${snapshot.seconds} s, deploy ${deploy.seconds} s, verify ${verify.seconds} s, diff ${diff.seconds} s`,
  );
  t.log(
    `${report.counts.resources} resources, ${report.counts.parameters} parameters, ${report.steps.length} steps, ${report.losses.length} losses; fields ${JSON.stringify(report.counts.fields)}`,
  );
  t.log(`${/Total \(\d+ requests/.exec(snapshot.stderr)?.[0] ?? ''}); ${JSON.stringify(counts)}`);
  await options.afterwards?.(
    {source, target, bench: run, report},
    {
      resources: report.counts.resources,
      exact: report.counts.fields.exact,
      steps: report.steps.length,
      losses: report.losses.length,
      announced: counts.announced,
      differences: counts.unannounced,
      kinds: kindsBuilt(report),
    },
  );
}

function kindsBuilt({counts}: Report): readonly string[] {
  return Object.keys(counts.kinds)
    .filter(kind => {
      const {resources = 0, steps = 0, parts = 0} = counts.kinds[kind] ?? {};
      return resources + steps + parts > 0;
    })
    .sort();
}

/** A second snapshot of a project that nobody touched differs in nothing but the capture time. */
async function unchanged(
  t: ExecutionContext,
  run: Bench,
  from: string,
  how: readonly string[],
): Promise<void> {
  expectExit(t, 'second snapshot', await run.run('snapshot', 'again', '--os-cloud', from, ...how), 0);
  for (const file of ['template.yaml', 'environment.yaml', 'report.json', 'deploy.sh']) {
    const [first, second] = ['out', 'again'].map(dir => readFileSync(join(run.dir, dir, file), 'utf8'));
    t.is(second, first, `${file} of an unchanged project`);
  }
}

async function withCredential(project: Project): Promise<CloudEntry> {
  const {api, entry} = project;
  const secret = await api.create(
    'identity',
    `/users/${api.userId}/application_credentials`,
    'application_credential',
    {
      name: `rekindle-live-${project.name}`,
      // Heat makes a trust for each stack.
      unrestricted: true,
    },
  );
  return {
    ...entry,
    auth_type: 'v3applicationcredential',
    auth: {
      auth_url: entry.auth.auth_url,
      application_credential_id: secret.id,
      application_credential_secret: String(secret['secret']),
    },
  };
}
