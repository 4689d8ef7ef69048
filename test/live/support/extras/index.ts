/** What the services beyond the core hold: one topic each, built alone or all together, and taken down again. */
import type {Api, Row} from '../api.ts';
import type {Site} from '../site.ts';
import {containers} from './containers.ts';
import {keys} from './keys.ts';
import {alarms} from './alarms.ts';
import {dns} from './dns.ts';
import {shares} from './shares.ts';
import {stacks} from './stacks.ts';

export interface Extra {
  /** Makes everything the topic needs, networks and servers too; topics share nothing. */
  readonly build: (site: Site) => Promise<Readonly<Record<string, Row>>>;
  /** Removes what is the topic's service's own of the project, whoever made it, before the core is wiped. */
  readonly wipe: (api: Api) => Promise<void>;
}

export const EXTRAS: Readonly<Record<string, Extra>> = {containers, keys, stacks, dns, alarms, shares};

/** One after the other: the control plane of a test machine is small. */
export async function buildAll(site: Site): Promise<void> {
  for (const extra of Object.values(EXTRAS)) await extra.build(site);
}
