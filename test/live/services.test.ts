import test from 'ava';
import type {Report} from '../../src/model/bundle.ts';
import {cloneProject} from './support/clone.ts';
import {buildAll} from './support/extras/index.ts';
import {hiddenFromUs, otherZones} from './support/given.ts';
import type {Project} from './support/projects.ts';
import {openSite, type Site} from './support/site.ts';

const siteOf = (project: Project): Promise<Site> => openSite(project.api, {admin: project.admin});

const everything = {
  snapshot: ['--stacks', 'as-template', '--secrets', 'capture'],
  deploy: (report: Report) => [...otherZones(report), ...hiddenFromUs(report)],
};

test.serial(
  'every service that a member may use: cloned without a difference beyond the announced',
  async t => {
    await cloneProject(t, {build: async project => buildAll(await siteOf(project), 'member'), ...everything});
  },
);

test.serial('what takes an admin: cloned without a difference beyond the announced', async t => {
  await cloneProject(t, {
    build: async project => buildAll(await siteOf(project), 'admin'),
    ...everything,
    readAsAdmin: true,
    deployAsAdmin: true,
  });
});
