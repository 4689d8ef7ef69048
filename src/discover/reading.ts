/** One run of discovery: what was read so far, and what to ask next. */
import type {Logger, Session} from '../cloud/types.ts';
import type {AnySpec} from '../model/define.ts';
import type {RowsByKind} from '../model/list-call.ts';
import type {Inventory, Row} from '../model/inventory.ts';
import {fillPath, fillQuery, queriesFor} from './ask.ts';
import {Asking} from './asking.ts';
import {detailTasks, type DetailsWanted} from './details.ts';
import {disputes, dropOrphans, dropUnreferred, forget, vanished, type Listed, type Task} from './listed.ts';
import {gap, isCore, type Attempt} from './failure.ts';
import {FirstWave} from './first-wave.ts';
import {Shelf, type Taken} from './rows.ts';

interface ReadingOptions {
  readonly specs: readonly AnySpec[];
  readonly signal?: AbortSignal | undefined;
  readonly logger?: Logger | undefined;
  readonly userData?: 'keep' | 'omit' | undefined;
  /** Kinds whose `details` are wanted too. */
  readonly details?: ReadonlySet<string> | undefined;
  /** Takes the secrets of the rows, by `kind:id.path`; without it none is kept, nor asked for. */
  readonly secrets?: Map<string, string> | undefined;
}

export class Reading {
  readonly #project: string;
  readonly #logger: Logger | undefined;
  readonly #details: DetailsWanted;
  readonly #listed: readonly Listed[];
  readonly #asking: Asking;
  /** What the lists did not agree on when they were last compared. */
  #disputed: ReadonlySet<string> = new Set();

  constructor(session: Session, project: string, options: ReadingOptions) {
    const {userData, secrets} = options;
    this.#project = project;
    this.#logger = options.logger;
    this.#asking = new Asking(session, options);
    const onSecret = (kind: string, id: string, path: string, value: string): void => {
      session.secrets?.keep(value);
      secrets?.set(`${kind}:${id}.${path}`, value);
    };
    this.#details = {
      kinds: options.details ?? new Set(),
      onSecret: secrets === undefined ? undefined : onSecret,
    };
    this.#listed = options.specs.flatMap(({kind, list, unordered = []}) => {
      if (list === undefined) return [];
      const onRowSecret = (id: string, path: string, value: string): void => {
        onSecret(kind, id, path, value);
      };
      const shelf = new Shelf({unordered, userData, onRowSecret});
      const sets = {asked: new Set<string>(), brought: new Set<string>(), detailed: new Set<string>()};
      return [{kind, call: list, shelf, ...sets}];
    });
  }

  /** First wave: every list that needs no other, and what hangs on those that are there while others are being read. */
  async first(): Promise<void> {
    const usesNetwork = this.#listed.some(({call}) => call.service === 'network');
    const ready = usesNetwork ? this.#asking.readExtensions() : Promise.resolve();
    const lists = this.#listed
      .filter(({call}) => call.only !== 'referred' && call.parent === undefined)
      .map(listed => ({
        kind: listed.kind,
        pruned: listed.call.keep !== undefined,
        rows: this.#list(listed).then(() => listed.shelf.rows()),
      }));
    const wave = new FirstWave(lists);
    const ahead = this.#listed.map(async listed => this.#ahead(listed, wave, ready));
    await this.#asking.together([ready, ...lists.map(async ({rows}) => rows), ...ahead]);
  }

  /** What the next wave would ask for one kind: some lists have many more pages than those it depends on. */
  async #ahead(listed: Listed, wave: FirstWave, ready: Promise<void>): Promise<void> {
    const {kind, call} = listed;
    const {parent, referred} = call;
    await ready;
    const look = async <T>(from: (view: RowsByKind) => T, tasks: (seen: T) => readonly Task[]) => {
      const seen = await wave.seen(from);
      if (seen !== undefined) await this.#asking.together(tasks(seen).map(async task => task.run()));
    };
    const own = (view: RowsByKind): readonly Row[] => view[kind] ?? [];
    const looks = [look(own, rows => this.#detailTasks(listed, rows))];
    if (parent !== undefined) {
      const rows = (view: RowsByKind): readonly Row[] => view[parent.kind] ?? [];
      looks.push(look(rows, parents => this.#childTasks(listed, {[parent.kind]: parents})));
    }
    if (referred !== undefined) {
      const ids = (view: RowsByKind) => [own(view), [...referred.ids(view)]] as const;
      looks.push(look(ids, ([, wanted]) => this.#referredTasks(listed, {}, () => wanted)));
    }
    await this.#asking.together(looks);
  }

  /**
   * The next wave: children of new parents, and what rows refer to and no list brought.
   * @param go False to record what is left as gaps instead of asking.
   * @returns Whether there was anything to ask.
   */
  async next(go: boolean): Promise<boolean> {
    const view = this.#view();
    const tasks = this.#listed.flatMap(listed => [
      ...this.#childTasks(listed, view),
      ...this.#referredTasks(listed, view),
      ...this.#detailTasks(listed, view[listed.kind]),
    ]);
    if (!go) {
      const left = new Set(tasks.map(task => task.listed));
      for (const {kind, call} of left) {
        this.#asking.record(
          gap({kind, call, core: false}, 'failed', `references to ${kind} lead on without end`),
        );
      }
      return false;
    }
    await this.#asking.together(tasks.map(async task => task.run()));
    return tasks.length > 0;
  }

  /**
   * Reads again what does not agree. What still disagrees the same way is no change but how that cloud is: a server
   * group that remembers a deleted server, say.
   * @param go False to record what is left as gaps instead of asking.
   * @returns Whether anything was asked.
   */
  async again(go: boolean): Promise<boolean> {
    const ours = (row: Row): boolean => ownerOf(row, this.#project) === this.#project;
    const found = disputes(this.#listed, this.#view(), ours, this.#asking.gaps());
    const fresh = found.filter(({key}) => !this.#disputed.has(key));
    this.#disputed = new Set(found.map(({key}) => key));
    if (fresh.length > 0 && go) {
      const kinds = new Set(fresh.flatMap(({from, to}) => [from, to]));
      this.#logger?.log('info', `changed while it was read: ${[...kinds].sort().join(', ')}; reading again`);
      const again = this.#listed.filter(({kind}) => kinds.has(kind));
      await this.#asking.together(again.map(async listed => this.#reread(listed)));
      while (dropUnreferred(this.#listed, this.#view()));
      return true;
    }
    for (const one of found) {
      const call = this.#listed.find(({kind}) => kind === one.to)?.call;
      const isFresh = fresh.includes(one);
      if (call !== undefined && (one.sure || isFresh)) this.#asking.record(vanished(one, call, !isFresh));
    }
    return false;
  }

  result(): Pick<Inventory, 'rows' | 'gaps' | 'services' | 'extensions'> {
    const view = this.#view();
    for (const {kind, call, shelf} of this.#listed) {
      for (const found of shelf.gaps(call.service, kind)) this.#asking.record(found);
    }
    return {
      services: this.#asking.services(),
      extensions: this.#asking.extensions,
      rows: Object.fromEntries(Object.entries(view).sort(([a], [b]) => (a < b ? -1 : 1))),
      gaps: this.#asking.gaps(),
    };
  }

  /** @param before Is called when the answer is there, and before it is taken. */
  async #list({kind, call, shelf}: Listed, before: () => void = () => {}): Promise<void> {
    const query = {...call.query, ...(call.ours === true ? {project_id: this.#project} : {})};
    const each = (row: unknown): Taken => shelf.take(row, call);
    const found = await this.#asking.list({kind, call, core: isCore(call)}, call.path, query, each);
    // An admin is answered with everybody's rows where a server knows no such filter, or none is sent. What our rows
    // refer to comes by itself. Lists with a rule of their own (`keep`) are public things, images with the users' own keys.
    const own = (row: Row): boolean => ownerOf(row, this.#project) === this.#project;
    if (found === undefined) return;
    before();
    shelf.add(found, call.keep === undefined ? own : undefined);
  }

  /** What of the kind was read is forgotten once its list is there anew; what hangs on it is asked for by the next wave. */
  async #reread(listed: Listed): Promise<void> {
    const {call} = listed;
    if (call.parent !== undefined || call.only === 'referred') forget(listed);
    else await this.#list(listed, () => forget(listed));
    dropOrphans(listed, this.#listed);
  }

  /** @param wanted Ids that rows of the view refer to, where they are known. */
  #referredTasks(
    {kind, call, shelf, asked, ...rest}: Listed,
    view: RowsByKind,
    wanted = () => call.referred?.ids(view) ?? [],
  ): Task[] {
    const {referred} = call;
    if (referred === undefined) return [];
    const attempt: Attempt = {kind, call, core: false};
    const ids: string[] = [];
    try {
      for (const id of wanted()) {
        if (typeof id !== 'string' || id === '' || asked.has(id) || shelf.has(id)) continue;
        asked.add(id);
        ids.push(id);
      }
    } catch {
      this.#asking.record(
        gap(attempt, 'failed', `rows that refer to ${kind} are not shaped as their API promises`),
      );
    }
    const {parameter} = referred;
    const {queries, refused} = queriesFor(referred, ids);
    if (refused.length > 0) {
      this.#asking.record(gap(attempt, 'failed', `${refused.length} references to ${kind} are no ids`));
    }
    const listed = {kind, call, shelf, asked, ...rest};
    return queries.map(({ids, query}) => ({
      listed,
      run: async () => {
        const each = (row: unknown): Taken => shelf.take(row, call);
        const found = await this.#asking.list(attempt, call.path, {...call.query, ...query}, each);
        if (found === undefined) return;
        // A server that ignores the filter answers with everything.
        const fresh = shelf.add(
          found,
          row => ids.has(row['id'] as string) || ids.has(row[parameter] as string),
        );
        for (const id of fresh) rest.brought.add(id);
      },
    }));
  }

  #childTasks(listed: Listed, view: RowsByKind): Task[] {
    const {kind, call, shelf, asked} = listed;
    const {parent} = call;
    if (parent === undefined) return [];
    return (view[parent.kind] ?? []).flatMap(row => {
      const id = row['id'] as string;
      // An admin's lists may hold other projects' things: what is below those is no business of ours.
      if (asked.has(id) || ownerOf(row, this.#project) !== this.#project) return [];
      asked.add(id);
      const attempt: Attempt = {kind, call, core: false, parent: id};
      const path = fillPath(call.path, row);
      const query = fillQuery(call.query ?? {}, row);
      if (path === undefined || query === undefined || !this.#hasChildren(attempt, row)) {
        if (path === undefined || query === undefined)
          this.#asking.record(gap(attempt, 'failed', `${parent.kind} has no field for ${call.path}`));
        return [];
      }
      const run = async () => {
        const each = (child: unknown): Taken => shelf.take(child, call, {[parent.field]: id});
        const found = await this.#asking.list(attempt, path, query, each);
        if (found !== undefined) shelf.add(found);
      };
      return [{listed, run}];
    });
  }

  #detailTasks(listed: Listed, rows: readonly Row[] = []): readonly Task[] {
    const ours = rows.filter(row => ownerOf(row, this.#project) === this.#project);
    return detailTasks(listed, ours, this.#details, this.#asking);
  }

  #hasChildren(attempt: Attempt, row: Row): boolean {
    try {
      return attempt.call.parent?.when?.(row, {extensions: this.#asking.extensions}) ?? true;
    } catch {
      this.#asking.record(
        gap(attempt, 'failed', `${attempt.call.parent?.kind ?? ''} is not shaped as its API promises`),
      );
      return false;
    }
  }

  /** Kept rows of every kind. `keep` sees everything read, so the order in which kinds are pruned means nothing. */
  #view(): RowsByKind {
    const all = Object.fromEntries(this.#listed.map(({kind, shelf}) => [kind, shelf.rows()]));
    const kept = this.#listed.map(({kind, call}) => {
      const {keep} = call;
      const rows = all[kind] ?? [];
      if (keep === undefined) return [kind, rows] as const;
      try {
        return [kind, rows.filter(row => keep(row, all))] as const;
      } catch {
        const detail = `rows that refer to ${kind} are not shaped as their API promises`;
        this.#asking.record(gap({kind, call, core: false}, 'failed', detail));
        return [kind, rows] as const;
      }
    });
    return Object.fromEntries(kept);
  }
}

/** Of Neutron and Octavia, Nova, Cinder, Heat. */
const ownerFields = ['project_id', 'tenant_id', 'os-vol-tenant-attr:tenant_id', 'project'] as const;

function ownerOf(row: Row, otherwise: string): string {
  for (const field of ownerFields) {
    const owner = row[field];
    if (typeof owner === 'string') return owner;
  }
  return otherwise;
}
