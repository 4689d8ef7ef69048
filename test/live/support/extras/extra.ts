/** The shape of a topic. */
import type {Api, Row} from '../api.ts';
import type {Site} from '../site.ts';

export interface Extra {
  /** Makes everything the topic needs, networks and servers too; topics share nothing. */
  readonly build: (site: Site) => Promise<Readonly<Record<string, Row>>>;
  /** Before the stacks: removes what was made beside one and holds its parts. */
  readonly free?: (api: Api) => Promise<void>;
  /** Removes what is the topic's service's own of the project, whoever made it, before the core is wiped. */
  readonly wipe: (api: Api) => Promise<void>;
  /** Who can build and deploy it. Default: a member. */
  readonly needs?: 'admin';
}
