/** The calls of one run of discovery: what they bring, and what could not be had, is kept as gaps. */
import {setMaxListeners} from 'node:events';
import type {Logger, Query, Service, Session} from '../cloud/types.ts';
import type {ListCall} from '../model/list-call.ts';
import {RekindleError} from '../model/errors.ts';
import type {Gap, ServiceFact} from '../model/inventory.ts';
import {compareVersions, microversionFor} from './ask.ts';
import {type Attempt, gapOf, noExtension, noService, versionless} from './failure.ts';

/** Extensions that all but the oddest clouds have: their lists are not kept waiting for the list of extensions. */
const usual: ReadonlySet<string> = new Set(['router', 'security-group']);

interface AskingOptions {
  readonly signal?: AbortSignal | undefined;
  readonly logger?: Logger | undefined;
}

export class Asking {
  readonly #session: Session;
  readonly #logger: Logger | undefined;
  readonly #gaps = new Map<string, Gap>();
  readonly #facts = new Map<string, ServiceFact>();
  /** Aborts what is under way once going on is of no use. */
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  /** Undefined where the role may not read them: then only the lists themselves can tell. */
  #extensions: Promise<readonly string[] | undefined> = Promise.resolve(undefined);
  #aliases: readonly string[] = [];

  constructor(session: Session, {signal, logger}: AskingOptions) {
    this.#session = session;
    this.#logger = logger;
    this.#signal = signal === undefined ? this.#stop.signal : AbortSignal.any([signal, this.#stop.signal]);
    // Every call listens, and hundreds may be under way.
    setMaxListeners(0, this.#signal);
  }

  /** Neutron's extensions, as far as they are known. */
  get extensions(): readonly string[] {
    return this.#aliases;
  }

  /** Sorted by service. */
  services(): Record<string, ServiceFact> {
    return Object.fromEntries([...this.#facts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** In an order that doesn't depend on when they were found. */
  gaps(): readonly Gap[] {
    return [...this.#gaps].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, gap]) => gap);
  }

  record(found: Gap): void {
    const {service, kind, reason, parent, detail} = found;
    this.#gaps.set(JSON.stringify([service, kind, reason, parent ?? '', detail]), found);
  }

  /** Lists of an extension wait for it, but the usual ones. */
  async readExtensions(): Promise<void> {
    this.#extensions = this.#readExtensions();
    await this.#extensions;
  }

  /** What `each` makes of one list, all pages; undefined where a gap was recorded instead. */
  async list<T>(
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
        this.record(noService(attempt));
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
        this.record(noExtension(attempt));
        return undefined;
      }
      const found = await (begun ?? list());
      if (call.microversion !== undefined && microversion === undefined) this.record(versionless(attempt));
      this.#note(call.service, microversion, service.microversions?.max);
      this.#logger?.log('debug', `${call.service} ${path}: ${found.length} of ${kind}`);
      return found;
    } catch (error) {
      this.record(gapOf(error, {...attempt, extended}));
      return undefined;
    }
  }

  /** One question that is no list; a failure is a gap. */
  async one(
    attempt: Attempt,
    ask: (service: Service, options: {readonly signal: AbortSignal}) => Promise<void>,
  ): Promise<void> {
    try {
      const service = await this.#session.service(attempt.call.service);
      if (service === undefined) this.record(noService(attempt));
      else await ask(service, {signal: this.#signal});
    } catch (error) {
      this.record(gapOf(error, attempt));
    }
  }

  /** Waits for all, so that nothing runs on behind the caller's back; the first failure stops the others. */
  async together(tasks: readonly Promise<unknown>[]): Promise<void> {
    const failures: unknown[] = [];
    const fail = (error: unknown): void => {
      failures.push(error);
      this.#stop.abort();
    };
    await Promise.all(tasks.map(async task => task.catch(fail)));
    if (failures.length > 0) throw failures[0];
  }

  async #readExtensions(): Promise<readonly string[] | undefined> {
    const call: ListCall = {service: 'network', path: 'extensions', key: 'extensions'};
    const found = await this.list({kind: 'extension', call, core: true}, call.path, {}, row => row);
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
