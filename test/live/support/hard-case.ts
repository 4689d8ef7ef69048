/** The hard case: one project with every case that a snapshot must get right. Each topic can be built alone. */
import type {Api, Row} from './api.ts';
import {buildBoot, buildVolumes} from './volumes.ts';
import {buildGroups} from './groups.ts';
import {buildNetworks} from './networks.ts';
import {buildNics} from './nics.ts';
import {buildOddNetworks, buildOddServers, buildOddVolumes} from './odd.ts';
import {buildPorts} from './ports.ts';
import {buildFloatingIps, buildRouters} from './routers.ts';
import {buildServers} from './servers.ts';
import {makeUser, type Project} from './projects.ts';
import {openSite, type Refusal, type Site, type SiteOptions} from './site.ts';
import {buildStack} from './stack.ts';
import {buildWeb as buildWebOn} from './web.ts';

export type Built = Readonly<Record<string, Row>>;

export const TOPICS = {
  networks: buildNetworks,
  ports: buildPorts,
  routers: buildRouters,
  floating: buildFloatingIps,
  groups: buildGroups,
  volumes: buildVolumes,
  boot: buildBoot,
  nics: buildNics,
  servers: buildServers,
  oddNetworks: buildOddNetworks,
  oddServers: buildOddServers,
  oddVolumes: buildOddVolumes,
  stack: buildStack,
} as const satisfies Readonly<Record<string, (site: Site) => Promise<Built>>>;

export type Topic = keyof typeof TOPICS;

export interface HardCase {
  /** By topic, then by role: `made.routers.leftRouter`. */
  readonly made: Readonly<Record<Topic, Built>>;
  /** Cases that this cloud would not take, with its reason. */
  readonly refused: readonly Refusal[];
  readonly seconds: Readonly<Record<Topic, number>>;
}

/**
 * Builds all topics at once; they share nothing. The first failure is thrown, but only after the others ended:
 * whoever wipes the project then must not race with a builder.
 */
export async function buildHardCase(api: Api, options: SiteOptions = {}): Promise<HardCase> {
  const site = await openSite(api, options);
  const topics = Object.keys(TOPICS) as Topic[];
  const seconds: Partial<Record<Topic, number>> = {};
  const made: Partial<Record<Topic, Built>> = {};
  const results = await Promise.allSettled(
    topics.map(async topic => {
      const start = Date.now();
      made[topic] = await TOPICS[topic](site);
      seconds[topic] = (Date.now() - start) / 1000;
    }),
  );
  const reasons = results.flatMap((result, index) =>
    result.status === 'rejected' ? [`${topics[index]}: ${String(result.reason)}`] : [],
  );
  if (reasons.length > 0) throw new AggregateError(reasons, `the hard case failed: ${reasons.join('; ')}`);
  return {
    made: made as Record<Topic, Built>,
    refused: site.refused,
    seconds: seconds as Record<Topic, number>,
  };
}

/** With an admin, who can break a server, and another user, who has a key pair of their own. */
export async function buildHard({api, admin, id}: Project): Promise<HardCase> {
  return buildHardCase(api, {admin, other: await makeUser(admin, id, 'other')});
}

export async function buildWeb(api: Api): Promise<Built> {
  return buildWebOn(await openSite(api));
}
