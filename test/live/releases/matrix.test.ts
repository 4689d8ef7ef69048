/**
 * From each release to each other, and the clone back: no difference beyond what was announced before the deployment,
 * and no field that no type accounts for. `--match '*Zed to 2025.1*'` picks one.
 */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Report} from '../../../src/model/bundle.ts';
import type {Inventory} from '../../../src/model/inventory.ts';
import {unknownFields} from '../../support/fields.ts';
import {cloneProject, expectExit, type Clone, type CloneOptions} from '../support/clone.ts';
import {buildAll} from '../support/extras/index.ts';
import {buildHard, buildWeb} from '../support/hard-case.ts';
import {note, record, table} from '../support/matrix.ts';
import {buildNewer} from '../support/newer.ts';
import type {Project} from '../support/projects.ts';
import {bringUp, pairs, releases, type Release} from '../support/releases.ts';
import {hiddenFromUs, otherZones} from '../support/given.ts';
import {openSite, type Site} from '../support/site.ts';

const siteOf = (project: Project): Promise<Site> => openSite(project.api, {admin: project.admin});

/** Everything that a project of one kind needs to be cloned. */
const projects: Readonly<Record<string, Omit<CloneOptions, 'clouds' | 'afterwards'>>> = {
  web: {build: async project => buildWeb(project.api)},
  newer: {build: buildNewer, snapshot: ['--secrets', 'capture'], mayFail: /hsts_|vip_sg_ids/},
  hard: {build: buildHard, readAsAdmin: true},
  services: {
    build: async project => buildAll(await siteOf(project), 'member'),
    snapshot: ['--stacks', 'as-template', '--secrets', 'capture'],
    deploy: (report: Report) => [...otherZones(report), ...hiddenFromUs(report)],
    // Designate of Zed takes no empty pattern in quotes.
    mayFail: /^recordset naptr\./,
  },
};

test.before('the clouds run', async t => {
  t.timeout(30 * 60_000);
  // One after the other: a first start fetches packages and fills the machine.
  for (const release of releases) await bringUp(release);
});

test.after.always('what was found', t => {
  t.log(`\n${table()}`);
  if (process.env['REKINDLE_RECORD'] === '1') record();
});

/** Of the source's rows and of the clone's, which the other release answered. */
async function knowsEveryField(t: ExecutionContext, {bench}: Clone, admin: boolean): Promise<void> {
  const clone = ['snapshot', 'clone', '--os-cloud', admin ? 'target-admin' : 'target'];
  expectExit(t, 'snapshot of the clone', await bench.run(...clone), 0);
  for (const dir of ['out', 'clone']) {
    const text = readFileSync(join(bench.dir, dir, 'inventory.json'), 'utf8');
    t.deepEqual(unknownFields(JSON.parse(text) as Inventory), [], `fields of ${dir} that no type knows`);
  }
}

/** And back: what was made there by Heat is cloned to where it came from. */
async function andBack(
  t: ExecutionContext,
  name: string,
  clone: Clone,
  from: Release,
  to: Release,
): Promise<void> {
  await cloneProject(t, {
    ...projects[name],
    build: async () => {},
    // Its stack is ours: what is in it is rebuilt one by one.
    snapshot: projects[name]?.snapshot?.includes('--secrets') === true ? ['--secrets', 'capture'] : [],
    clouds: {source: to.admin, target: from.admin},
    source: {name: clone.target.name},
    afterwards: async (_clone, outcome) => {
      note(`${name}, back`, to.name, from.name, outcome);
    },
  });
}

/** What a target that takes no other names is told of those that it refuses. */
const plainly: Pick<CloneOptions, 'deploy' | 'mayFail'> = {
  deploy: () => ['--accept-losses'],
  mayFail: /^address_group [^]* name$/,
};

/** Those that hold nothing beyond the core services. */
const core = new Set(['web', 'hard']);

for (const [name, options] of Object.entries(projects)) {
  for (const {from, to} of pairs) {
    if ((from.coreOnly === true || to.coreOnly === true) && !core.has(name)) continue;
    test.serial(`${name}: ${from.name} to ${to.name}, and back`, async t => {
      await cloneProject(t, {
        ...options,
        ...(name === 'hard' && to.plainNames === true ? plainly : {}),
        clouds: {source: from.admin, target: to.admin},
        async afterwards(clone, outcome) {
          note(name, from.name, to.name, outcome);
          t.is(outcome.differences, 0);
          await knowsEveryField(t, clone, options.readAsAdmin === true);
          if (process.env['REKINDLE_BACK'] !== '0') await andBack(t, name, clone, from, to);
        },
      });
    });
  }
}
