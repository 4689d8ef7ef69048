/** One run of discovery: what was read so far, and what to ask next. */
import {setMaxListeners} from 'node:events';
import type {Logger, Query, Service, Session} from '../cloud/types.ts';
import type {AnySpec} from '../model/define.ts';
import type {ListCall, RowsByKind} from '../model/list-call.ts';
import {RekindleError} from '../model/errors.ts';
import type {Gap, Inventory, Row, ServiceFact} from '../model/inventory.ts';
import {ownHeaders, utf8Of} from './answers.ts';
import {compareVersions, fillPath, fillQuery, microversionFor, queriesFor} from './ask.ts';
import {disputes, dropOrphans, dropUnreferred, forget, vanished, type Listed} from './listed.ts';
import {gap, gapOf, isCore, noExtension, noService, versionless, type Attempt} from './failure.ts';
import {FirstWave} from './first-wave.ts';
import {Shelf, type Taken} from './rows.ts';

/** Extensions that all but the oddest clouds have: their lists are not kept waiting for the list of extensions. */
const usual: ReadonlySet<string> = new Set(['router', 'security-group']);

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
  readonly #session: Session;
  readonly #project: string;
  readonly #logger: Logger | undefined;
  readonly #secrets: Map<string, string> | undefined;
  readonly #details: ReadonlySet<string>;
  readonly #listed: readonly Listed[];
  readonly #gaps = new Map<string, Gap>();
  /** What the lists did not agree on when they were last compared. */
  #disputed: ReadonlySet<string> = new Set();
  readonly #facts = new Map<string, ServiceFact>();
  /** Aborts what is under way once going on is of no use. */
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  /** Undefined where the role may not read them: then only the lists themselves can tell. */
  #extensions: Promise<readonly string[] | undefined> = Promise.resolve(undefined);
  #aliases: readonly string[] = [];

  constructor(session: Session, project: string, options: ReadingOptions) {
    this.#session = session;
    this.#project = project;
    this.#logger = options.logger;
    this.#secrets = options.secrets;
    this.#details = options.details ?? new Set();
    this.#signal =
      options.signal === undefined ? this.#stop.signal : AbortSignal.any([options.signal, this.#stop.signal]);
    // Every call listens, and hundreds may be under way.
    setMaxListeners(0, this.#signal);
    const {userData, secrets} = options;
    this.#listed = options.specs.flatMap(({kind, list, unordered = []}) => {
      if (list === undefined) return [];
      const onRowSecret = (id: string, path: string, value: string): void => {
        session.secrets?.keep(value);
        secrets?.set(`${kind}:${id}.${path}`, value);
      };
      const shelf = new Shelf({unordered, userData, onRowSecret});
      const sets = {asked: new Set<string>(), brought: new Set<string>(), detailed: new Set<string>()};
      return [{kind, call: list, shelf, ...sets}];
    });
  }

  /** First wave: every list that needs no other, and what hangs on those that are there while others are being read. */
  async first(): Promise<void> {
    this.#extensions = this.#readExtensions();
    const lists = this.#listed
      .filter(({call}) => call.only !== 'referred' && call.parent === undefined)
      .map(listed => ({
        kind: listed.kind,
        pruned: listed.call.keep !== undefined,
        rows: this.#list(listed).then(() => listed.shelf.rows()),
      }));
    const wave = new FirstWave(lists);
    const ahead = this.#listed.map(async listed => this.#ahead(listed, wave));
    await this.#together([this.#extensions, ...lists.map(async ({rows}) => rows), ...ahead]);
  }

  /** What the next wave would ask for one kind: some lists have many more pages than those it depends on. */
  async #ahead(listed: Listed, wave: FirstWave): Promise<void> {
    const {kind, call} = listed;
    const {parent, referred} = call;
    await this.#extensions;
    const look = async <T>(from: (view: RowsByKind) => T, tasks: (seen: T) => readonly Task[]) => {
      const seen = await wave.seen(from);
      if (seen !== undefined) await this.#together(tasks(seen).map(async task => task.run()));
    };
    const own = (view: RowsByKind): readonly Row[] => view[kind] ?? [];
    const looks = [look(own, rows => this.#detailTasks(listed, {[kind]: rows}))];
    if (parent !== undefined) {
      const rows = (view: RowsByKind): readonly Row[] => view[parent.kind] ?? [];
      looks.push(look(rows, parents => this.#childTasks(listed, {[parent.kind]: parents})));
    }
    if (referred !== undefined) {
      const ids = (view: RowsByKind) => [own(view), [...referred.ids(view)]] as const;
      looks.push(look(ids, ([, wanted]) => this.#referredTasks(listed, {}, () => wanted)));
    }
    await this.#together(looks);
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
      ...this.#detailTasks(listed, view),
    ]);
    if (!go) {
      const left = new Set(tasks.map(task => task.listed));
      for (const {kind, call} of left) {
        this.#record(gap({kind, call, core: false}, 'failed', `references to ${kind} lead on without end`));
      }
      return false;
    }
    await this.#together(tasks.map(async task => task.run()));
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
    const found = disputes(this.#listed, this.#view(), ours, this.#gaps.values());
    const fresh = found.filter(({key}) => !this.#disputed.has(key));
    this.#disputed = new Set(found.map(({key}) => key));
    if (fresh.length > 0 && go) {
      const kinds = new Set(fresh.flatMap(({from, to}) => [from, to]));
      this.#logger?.log('info', `changed while it was read: ${[...kinds].sort().join(', ')}; reading again`);
      const again = this.#listed.filter(({kind}) => kinds.has(kind));
      await this.#together(again.map(async listed => this.#reread(listed)));
      while (dropUnreferred(this.#listed, this.#view()));
      return true;
    }
    for (const one of found) {
      const call = this.#listed.find(({kind}) => kind === one.to)?.call;
      const isFresh = fresh.includes(one);
      if (call !== undefined && (one.sure || isFresh)) this.#record(vanished(one, call, !isFresh));
    }
    return false;
  }

  result(): Pick<Inventory, 'rows' | 'gaps' | 'services' | 'extensions'> {
    const view = this.#view();
    for (const {kind, call, shelf} of this.#listed) {
      for (const found of shelf.gaps(call.service, kind)) this.#record(found);
    }
    return {
      services: Object.fromEntries([...this.#facts].sort(([a], [b]) => (a < b ? -1 : 1))),
      extensions: this.#aliases,
      rows: Object.fromEntries(Object.entries(view).sort(([a], [b]) => (a < b ? -1 : 1))),
      gaps: [...this.#gaps].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, gap]) => gap),
    };
  }

  async #readExtensions(): Promise<readonly string[] | undefined> {
    if (!this.#listed.some(({call}) => call.service === 'network')) return undefined;
    const call: ListCall = {service: 'network', path: 'extensions', key: 'extensions'};
    const found = await this.#ask({kind: 'extension', call, core: true}, call.path, {}, row => row);
    if (found === undefined) return undefined;
    const aliases = found.map(extension => (extension as {alias?: unknown} | null)?.alias);
    const texts = aliases.filter(alias => typeof alias === 'string');
    // Half a list would make whole kinds look as if this cloud didn't have them.
    if (texts.length < aliases.length)
      throw new RekindleError(
        'protocol',
        'network: the answer to GET extensions holds some without an alias',
        {
          service: call.service,
          method: 'GET',
          path: call.path,
        },
      );
    this.#aliases = [...new Set(texts)].sort();
    return this.#aliases;
  }

  /** Undefined where the list belongs to no extension, or nobody may say. */
  async #isExtended({extension}: ListCall): Promise<boolean | undefined> {
    return extension === undefined ? undefined : (await this.#extensions)?.includes(extension);
  }

  /** @param before Is called when the answer is there, and before it is taken. */
  async #list({kind, call, shelf}: Listed, before: () => void = () => {}): Promise<void> {
    const query = {...call.query, ...(call.ours === true ? {project_id: this.#project} : {})};
    const each = (row: unknown): Taken => shelf.take(row, call);
    const found = await this.#ask({kind, call, core: isCore(call)}, call.path, query, each);
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
      this.#record(gap(attempt, 'failed', `rows that refer to ${kind} are not shaped as their API promises`));
    }
    const {parameter} = referred;
    const {queries, refused} = queriesFor(referred, ids);
    if (refused.length > 0) {
      this.#record(gap(attempt, 'failed', `${refused.length} references to ${kind} are no ids`));
    }
    const listed = {kind, call, shelf, asked, ...rest};
    return queries.map(({ids, query}) => ({
      listed,
      run: async () => {
        const each = (row: unknown): Taken => shelf.take(row, call);
        const found = await this.#ask(attempt, call.path, {...call.query, ...query}, each);
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
          this.#record(gap(attempt, 'failed', `${parent.kind} has no field for ${call.path}`));
        return [];
      }
      const run = async () => {
        const each = (child: unknown): Taken => shelf.take(child, call, {[parent.field]: id});
        const found = await this.#ask(attempt, path, query, each);
        if (found !== undefined) shelf.add(found);
      };
      return [{listed, run}];
    });
  }

  /** What no list tells: headers, or a secret's own text, for each row. */
  #detailTasks(listed: Listed, view: RowsByKind): Task[] {
    const {kind, call, shelf, detailed} = listed;
    const secret = this.#secrets === undefined ? undefined : call.secret;
    const details = this.#details.has(kind) ? Object.entries(call.details ?? {}) : [];
    if (call.headers === undefined && secret === undefined && details.length === 0) return [];
    const tasks: Task[] = [];
    for (const row of view[kind] ?? []) {
      const id = row['id'] as string;
      if (detailed.has(id) || ownerOf(row, this.#project) !== this.#project) continue;
      detailed.add(id);
      const attempt: Attempt = {kind, call, core: false, parent: id};
      const run = async (
        pattern: string,
        ask: (service: Service, path: string) => Promise<void>,
      ): Promise<void> => {
        const path = fillPath(pattern, row);
        if (path === undefined) this.#record(gap(attempt, 'failed', `${kind} ${id} can't be asked for`));
        else await this.#askOne(attempt, path, ask);
      };
      const {headers: pattern} = call;
      if (pattern !== undefined) {
        const ask = async (service: Service, path: string): Promise<void> => {
          const {headers} = await service.call('GET', path, {signal: this.#signal});
          shelf.extend(id, {headers: ownHeaders(headers)}, call);
        };
        tasks.push({listed, run: async () => run(pattern, ask)});
      }
      for (const [field, template] of details) {
        const ask = async (service: Service, at: string): Promise<void> => {
          const {bytes} = await service.call('GET', at, {raw: true, signal: this.#signal});
          shelf.extend(id, {[field]: Buffer.from(bytes ?? []).toString('utf8')}, call);
        };
        tasks.push({listed, run: async () => run(template, ask)});
      }
      const form = secret === undefined ? undefined : this.#formOf(secret, row, attempt);
      if (secret !== undefined && form !== undefined) {
        const {accept, binary} = form;
        const ask = async (service: Service, at: string): Promise<void> => {
          const {bytes} = await service.call('GET', at, {headers: {accept}, raw: true, signal: this.#signal});
          const value = binary ? Buffer.from(bytes ?? []).toString('base64') : utf8Of(bytes);
          if (value !== undefined) this.#session.secrets?.keep(value);
          if (value !== undefined) this.#secrets?.set(`${kind}:${id}.${secret.field}`, value);
          else this.#record(gap(attempt, 'failed', `the ${secret.field} of a ${kind} is no text in UTF-8`));
        };
        tasks.push({listed, run: async () => run(secret.path, ask)});
      }
    }
    return tasks;
  }

  /** How to ask for the row's secret; undefined where it has none, or its row can't be read. */
  #formOf(
    {accept, binary}: NonNullable<ListCall['secret']>,
    row: Row,
    attempt: Attempt,
  ): {readonly accept: string; readonly binary: boolean} | undefined {
    try {
      const type = accept(row);
      return type === undefined ? undefined : {accept: type, binary: binary(row)};
    } catch {
      this.#record(gap(attempt, 'failed', `${attempt.kind} is not shaped as its API promises`));
      return undefined;
    }
  }

  async #askOne(
    attempt: Attempt,
    path: string,
    ask: (service: Service, path: string) => Promise<void>,
  ): Promise<void> {
    try {
      const service = await this.#session.service(attempt.call.service);
      if (service === undefined) this.#record(noService(attempt));
      else await ask(service, path);
    } catch (error) {
      this.#record(gapOf(error, attempt));
    }
  }

  #hasChildren(attempt: Attempt, row: Row): boolean {
    try {
      return attempt.call.parent?.when?.(row, {extensions: this.#aliases}) ?? true;
    } catch {
      this.#record(
        gap(attempt, 'failed', `${attempt.call.parent?.kind ?? ''} is not shaped as its API promises`),
      );
      return false;
    }
  }

  /** What `each` makes of one list, all pages; undefined where a gap was recorded instead. */
  async #ask<T>(
    attempt: Attempt,
    path: string,
    query: Query,
    each: (row: unknown) => T,
  ): Promise<readonly T[] | undefined> {
    const {call, kind} = attempt;
    let extended: boolean | undefined;
    try {
      const service = await this.#session.service(call.service);
      if (service === undefined) {
        this.#record(noService(attempt));
        return undefined;
      }
      const microversion = microversionFor(service, call.microversion);
      const options = {query, microversion, ordered: call.ordered, each, signal: this.#signal};
      const list = async (): Promise<readonly T[]> => {
        if (this.#signal.aborted) throw new RekindleError('aborted', 'stopped while reading the project');
        return service.list(path, call.key, options);
      };
      const begun = usual.has(call.extension ?? '') ? list() : undefined;
      await Promise.allSettled([begun]);
      extended = await this.#isExtended(call);
      if (extended === false) {
        this.#record(noExtension(attempt));
        return undefined;
      }
      const found = await (begun ?? list());
      if (call.microversion !== undefined && microversion === undefined) this.#record(versionless(attempt));
      this.#note(call.service, microversion, service.microversions?.max);
      this.#logger?.log('debug', `${call.service} ${path}: ${found.length} of ${kind}`);
      return found;
    } catch (error) {
      this.#record(gapOf(error, {...attempt, extended}));
      return undefined;
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
        this.#record(gap({kind, call, core: false}, 'failed', detail));
        return [kind, rows] as const;
      }
    });
    return Object.fromEntries(kept);
  }

  /** Waits for all, so that nothing runs on behind the caller's back; the first failure stops the others. */
  async #together(tasks: readonly Promise<unknown>[]): Promise<void> {
    const failures: unknown[] = [];
    const fail = (error: unknown): void => {
      failures.push(error);
      this.#stop.abort();
    };
    await Promise.all(tasks.map(async task => task.catch(fail)));
    if (failures.length > 0) throw failures[0];
  }

  #record(found: Gap): void {
    const {service, kind, reason, parent, detail} = found;
    this.#gaps.set(JSON.stringify([service, kind, reason, parent ?? '', detail]), found);
  }

  #note(service: string, microversion: string | undefined, maximum: string | undefined): void {
    const before = this.#facts.get(service)?.microversion;
    const highest =
      before === undefined || (microversion !== undefined && compareVersions(microversion, before) > 0)
        ? microversion
        : before;
    this.#facts.set(service, {
      ...(highest === undefined ? {} : {microversion: highest}),
      ...(maximum === undefined ? {} : {maximum}),
    });
  }
}

interface Task {
  readonly listed: Listed;
  readonly run: () => Promise<void>;
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
