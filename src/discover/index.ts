/** Runs every list call of the registry: Session -> Inventory. */
import type {Logger, Session} from '../cloud/types.ts';
import type {AnySpec} from '../model/define.ts';
import {RekindleError} from '../model/errors.ts';
import type {Inventory} from '../model/inventory.ts';
import {registry} from '../resources/index.ts';
import {Reading} from './reading.ts';

export {redacted} from '../model/inventory.ts';

export interface DiscoverOptions {
  /** Name and version to write into the inventory, as `rekindle 0.1.0`. */
  readonly tool?: string | undefined;
  readonly now?: (() => Date) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly logger?: Logger | undefined;
  /** 'omit' leaves servers' user data out of the inventory. Default 'keep'. */
  readonly userData?: 'keep' | 'omit' | undefined;
  /** Kinds to read in full detail: `stack`, with templates, environments and files. */
  readonly details?: ReadonlySet<string> | undefined;
  /** Takes the secrets of the rows, by `kind:id.path`; without it none is kept, nor asked for. */
  readonly secrets?: Map<string, string> | undefined;
  /** What to read; default: the registry. */
  readonly specs?: readonly AnySpec[] | undefined;
}

/** References that lead to references: an honest cloud needs two or three rounds. */
const rounds = 8;

/** So often what lists don't agree on is read again: a project that changes faster has no state to be read. */
const rereads = 4;

/**
 * Reads the project the session is scoped to.
 * @throws RekindleError where a list of the compute or network service can't be had: every other failure is a gap.
 */
export async function discover(session: Session, options: DiscoverOptions = {}): Promise<Inventory> {
  const {identity} = session;
  if (identity.project === undefined) {
    throw new RekindleError('config', 'the credential is not scoped to a project', {
      hint: 'name one with --os-project-name or --os-project-id',
    });
  }
  const project = {id: identity.project.id, name: identity.project.name};
  const reading = new Reading(session, project.id, {...options, specs: options.specs ?? registry});
  await reading.first();
  const follow = async (): Promise<void> => {
    for (let round = 0; await reading.next(round < rounds); round++);
  };
  await follow();
  for (let round = 0; await reading.again(round < rereads); round++) await follow();
  const {rows, gaps, services, extensions} = reading.result();
  return {
    format: 'rekindle-inventory',
    version: 1,
    captured_at: (options.now?.() ?? new Date()).toISOString(),
    tool: options.tool ?? 'rekindle',
    source: {
      auth_host: session.authHost,
      region: session.region ?? null,
      project,
      user_id: identity.user.id,
      roles: [...identity.roles].sort(),
    },
    services,
    extensions,
    rows,
    gaps,
  };
}
