/** Heat's API, typed: one function per call, nothing that waits or decides. */
import type {CallOptions, Query, Service, Session} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import {type Fields, fields, objects, text, texts} from '../model/json.ts';
import {isUuid} from '../model/physical.ts';
import {isPlainObject} from '../model/value.ts';
import {inDoubt} from './in-doubt.ts';
import {type Quoted, quotedBy} from './quoted.ts';
import {
  eventOf,
  type PropertySchema,
  type ResourceDetail,
  resourceDetailOf,
  resourceOf,
  withPaths,
  schemaOf,
  snapshotOf,
  type Stack,
  type StackEvent,
  stackOf,
  type StackOutput,
  type StackRef,
  type StackResource,
  type StackSnapshot,
} from './rows.ts';

/** What an update says of a stack; an update without tags takes them away. */
export interface UpdateBody {
  readonly template: Fields;
  readonly files: Readonly<Record<string, string>>;
  readonly environment: Environment;
  readonly disable_rollback: boolean;
  readonly timeout_mins?: number;
  readonly tags?: string;
}

/** Body of preview and create. */
export interface StackBody extends UpdateBody {
  readonly stack_name: string;
}

/** Body of an adoption. Proof: heat `api/openstack/v1/stacks.py`, `InstantiationData.data`. */
export interface AdoptBody {
  readonly stack_name: string;
  /** JSON text, not an object. */
  readonly adopt_stack_data: string;
  readonly environment: Environment;
  readonly files: Readonly<Record<string, string>>;
  /** A failed adoption that is rolled back deletes what it adopted. */
  readonly disable_rollback: true;
  readonly timeout_mins?: number;
  readonly tags?: string;
}

export interface Environment {
  readonly parameters: Fields;
  readonly parameter_defaults?: Fields;
  readonly resource_registry?: Fields;
}

/** What a stack can be told to do; proof: heat `api/openstack/v1/actions.py`. */
export type StackAction = 'suspend' | 'resume' | 'check' | 'cancel_update' | 'cancel_without_rollback';

/** Filters of the list, which Heat applies. */
export interface StackFilter {
  /** Stacks that have all of them. */
  readonly tags?: readonly string[];
  /** Nested stacks too. */
  readonly nested?: boolean;
  /** Stacks whose fields have these values. */
  readonly fields?: Readonly<Partial<Record<StackField, string>>>;
  readonly signal?: AbortSignal;
}

/** Fields of a stack that Heat can filter by; others it ignores. Proof: heat `api/openstack/v1/stacks.py`, `_index`. */
export const stackFields = ['id', 'name', 'status', 'action', 'username', 'owner_id'] as const;
export type StackField = (typeof stackFields)[number];

export interface EventOptions {
  /** Those after the one with this id. */
  readonly marker?: string | undefined;
  /** Only so many, the latest. */
  readonly latest?: number | undefined;
  /** Of resources with this logical name only. */
  readonly resource?: string | undefined;
  /** Levels of nested stacks. Default: 5. */
  readonly nestedDepth?: number;
  readonly signal?: AbortSignal;
}

/** What a call that changes a stack is known by in the logs of the operator. */
export interface Accepted {
  readonly requestId: string | undefined;
}

/** What Heat says of a type: its properties, or why it can't be used there. */
export type ResourceType =
  | {readonly properties: ReadonlyMap<string, PropertySchema>}
  /** 403, 404, or 400: the service or its extension is missing. */
  | {readonly refused: 'forbidden' | 'unknown' | 'unavailable'; readonly reason: string};

/** Calls throw RekindleError as a session's do; what a stack that is gone answers is said at each. */
export interface Heat {
  readonly service: Service;
  /** Structure and names only; `preview` is the honest call. */
  validate(body: {template: Fields; files?: Fields; environment?: Fields}): Promise<Fields>;
  /** Everything that create checks before it starts; makes nothing. */
  preview(body: StackBody, signal?: AbortSignal): Promise<Fields>;
  create(body: StackBody): Promise<Accepted & {readonly id: string}>;
  /** Refused with status 400 (`NotSupported`) where the operator has switched it off, as is usual. */
  adopt(body: AdoptBody): Promise<Accepted & {readonly id: string}>;
  /** Replaces template, parameters and files as a whole. */
  update(stack: StackRef, body: UpdateBody): Promise<Accepted>;
  /** The project's stacks, newest first. */
  list(filter?: StackFilter): Promise<readonly Stack[]>;
  /**
   * By name or id, a nested one too; undefined where there is no such stack. Asks the list: `stacks/{name}` answers with a redirect to
   * Heat's own idea of its address, which behind a proxy may be another host.
   */
  find(nameOrId: string, signal?: AbortSignal): Promise<Stack | undefined>;
  /** Undefined where it is gone. */
  show(stack: StackRef, options?: {outputs?: boolean; signal?: AbortSignal}): Promise<Stack | undefined>;
  outputs(stack: StackRef): Promise<readonly StackOutput[]>;
  /** The template as Heat keeps it; in HOT, whatever it was written in. */
  template(stack: StackRef): Promise<Fields>;
  /** Hidden values read `******`. */
  environment(stack: StackRef): Promise<Fields>;
  files(stack: StackRef): Promise<Readonly<Record<string, string>>>;
  /** Nested stacks' included, oldest first. */
  events(stack: StackRef, options?: EventOptions): Promise<readonly StackEvent[]>;
  /**
   * The properties of a resource as Heat kept them with that event, functions worked out, secrets in clear: what it
   * compares with in an update. Undefined where the event is gone.
   */
  eventProperties(stack: StackRef, resource: string, event: string): Promise<Fields | undefined>;
  resources(stack: StackRef, options?: {nestedDepth?: number}): Promise<readonly StackResource[]>;
  /** @param stack The one that has it, nested or not. Undefined where there is none of that name. */
  resource(stack: StackRef, name: string): Promise<ResourceDetail | undefined>;
  metadata(stack: StackRef, name: string): Promise<Fields>;
  /** Makes a resource CHECK_FAILED, so that the next update replaces it. */
  markUnhealthy(stack: StackRef, name: string, reason: string): Promise<void>;
  /** Only asks for it: `show` tells when it is done. A stack that is gone is no error. */
  delete(stack: StackRef): Promise<void>;
  /** Only asks for it, as `delete`. */
  act(stack: StackRef, action: StackAction): Promise<Accepted>;
  snapshots(stack: StackRef): Promise<readonly StackSnapshot[]>;
  /** Undefined where it is gone. */
  snapshot(stack: StackRef, id: string): Promise<StackSnapshot | undefined>;
  /** Backs up volumes and takes images of servers; the stack is `SNAPSHOT_IN_PROGRESS` meanwhile. */
  takeSnapshot(stack: StackRef, name?: string): Promise<StackSnapshot>;
  restore(stack: StackRef, snapshot: string): Promise<Accepted>;
  deleteSnapshot(stack: StackRef, snapshot: string): Promise<void>;
  /** Names of the types that this role may use there. */
  resourceTypes(): Promise<ReadonlySet<string>>;
  /** Asked for once by each of these. */
  resourceType(type: string, signal?: AbortSignal): Promise<ResourceType>;
  /** As `heat_template_version.2018-08-31`. */
  templateVersions(): Promise<readonly string[]>;
  buildInfo(): Promise<{readonly api: string; readonly engine: string}>;
}

/** @throws RekindleError 'no-service' where the cloud has no Heat. */
export async function openHeat(session: Session): Promise<Heat> {
  const service = await session.service('orchestration');
  if (service === undefined) {
    throw new RekindleError('no-service', `The cloud ${session.cloud} has no orchestration service (Heat)`, {
      service: 'orchestration',
      hint: 'deploying needs Heat: choose another cloud or region',
    });
  }
  return heatOf(service, session.identity.project?.id, quotedBy(session));
}

function heatOf(service: Service, project: string | undefined, quoted: Quoted): Heat {
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<unknown> =>
    (await service.call(method, path, options)).body;
  const get = (path: string, query?: Query, signal?: AbortSignal): Promise<unknown> =>
    call('GET', path, {query, signal});
  const change = async (
    stack: Pick<StackRef, 'name'>,
    method: string,
    path: string,
    options: CallOptions,
  ): Promise<Accepted> => {
    const {headers} = await service.call(method, path, options).catch(inDoubt(stack));
    return {requestId: headers['x-openstack-request-id']};
  };
  const make = async (body: StackBody | AdoptBody, secret: boolean): Promise<Accepted & {id: string}> => {
    const asked = service.call('POST', 'stacks', {json: body, secret});
    const answer = await asked.catch(inDoubt({name: body.stack_name}));
    const id = text(member(answer.body, 'stack', 'stacks')['id']);
    if (id === '') throw new RekindleError('protocol', "Heat's answer to the new stack has no id");
    return {id, requestId: answer.headers['x-openstack-request-id']};
  };
  const types = new Map<string, Promise<ResourceType>>();
  const readType = async (type: string, signal?: AbortSignal): Promise<ResourceType> => {
    const path = `resource_types/${encodeURIComponent(type)}`;
    const {status, body} = await service.call('GET', path, {accept: [400, 403, 404], signal});
    if (status < 400) return {properties: schemaOf(fields(body)['properties'])};
    const refused = status === 403 ? 'forbidden' : status === 404 ? 'unknown' : 'unavailable';
    return {refused, reason: text(fields(fields(body)['error'])['message'])};
  };
  // An admin is shown the stacks of all projects, each with its own.
  const ours = (row: Fields): boolean => row['project'] === undefined || row['project'] === project;

  return {
    service,
    async validate(body) {
      quoted.keep(body);
      return fields(await call('POST', 'validate', {json: body}));
    },
    async preview(body, signal) {
      return member(
        await call('POST', 'stacks/preview', {json: body, secret: quoted.keep(body), signal}),
        'stack',
        'stacks/preview',
      );
    },
    create: body => make(body, quoted.keep(body)),
    adopt(body) {
      const {template} = JSON.parse(body.adopt_stack_data) as {template?: unknown};
      quoted.keep({template: fields(template), environment: body.environment});
      return make(body, true);
    },
    update: (stack, body) => change(stack, 'PUT', stackPath(stack), {json: body, secret: quoted.keep(body)}),
    async list({tags = [], nested = false, fields: wanted = {}, signal} = {}) {
      const query = {
        ...wanted,
        ...(tags.length === 0 ? {} : {tags: tags.join(',')}),
        ...(nested ? {show_nested: true} : {}),
      };
      const rows = objects(await service.list('stacks', 'stacks', {query, signal}));
      return rows.filter(ours).map(row => stackOf(quoted.shown(row)));
    },
    async find(nameOrId, signal) {
      // A stack may have another one's id for a name; the name wins, as in the openstack client.
      for (const key of isUuid(nameOrId) ? ['name', 'id'] : ['name']) {
        const query = {[key]: nameOrId, show_nested: true};
        const rows = objects(await service.list('stacks', 'stacks', {query, signal}));
        const found = rows.find(ours);
        if (found !== undefined) return stackOf(quoted.shown(found));
      }
      return undefined;
    },
    async show(stack, {outputs = false, signal} = {}) {
      const path = stackPath(stack);
      const answer = await service.call('GET', path, {
        query: {resolve_outputs: outputs},
        accept: [404],
        signal,
      });
      return answer.status === 404 ? undefined : stackOf(quoted.shown(member(answer.body, 'stack', path)));
    },
    async outputs(stack) {
      const answer = fields(await get(stackPath(stack), {resolve_outputs: true}));
      return stackOf(quoted.shown(fields(answer['stack']))).outputs;
    },
    async template(stack) {
      return fields(await get(`${stackPath(stack)}/template`));
    },
    async environment(stack) {
      return fields(await get(`${stackPath(stack)}/environment`));
    },
    async files(stack) {
      // User data is in them.
      const answer = await call('GET', `${stackPath(stack)}/files`, {secret: true});
      const entries = Object.entries(fields(answer));
      return Object.fromEntries(
        entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      );
    },
    async events(stack, {marker, latest, resource, nestedDepth = 5, signal} = {}) {
      const path = `${stackPath(stack)}/events`;
      const query = {
        nested_depth: nestedDepth,
        ...(marker === undefined ? {} : {marker}),
        ...(resource === undefined ? {} : {resource_name: resource}),
      };
      if (latest !== undefined) {
        // With a limit, the list would go on to the next page.
        const body = await get(path, {...query, sort_dir: 'desc', limit: latest}, signal);
        return objects(fields(body)['events'])
          .map(row => eventOf(quoted.shown(row), stack))
          .reverse();
      }
      const rows = await service.list(path, 'events', {query: {...query, sort_dir: 'asc'}, signal});
      return rows.map(row => eventOf(quoted.shown(fields(row)), stack));
    },
    async eventProperties(stack, resource, event) {
      const path = `${resourcePath(stack, resource)}/events/${encodeURIComponent(event)}`;
      const {status, body} = await service.call('GET', path, {accept: [404], secret: true});
      if (status === 404) return undefined;
      const properties = member(body, 'event', path)['resource_properties'];
      return isPlainObject(properties) ? properties : undefined;
    },
    async resources(stack, {nestedDepth = 5} = {}) {
      const rows = await service.list(`${stackPath(stack)}/resources`, 'resources', {
        query: {nested_depth: nestedDepth},
      });
      return withPaths(
        rows.map(row => resourceOf(quoted.shown(fields(row)))),
        stack,
      );
    },
    async resource(stack, name) {
      const path = resourcePath(stack, name);
      const {status, body} = await service.call('GET', path, {accept: [404]});
      return status === 404 ? undefined : resourceDetailOf(quoted.shown(member(body, 'resource', path)));
    },
    async metadata(stack, name) {
      const path = `${resourcePath(stack, name)}/metadata`;
      return member(await get(path), 'metadata', path);
    },
    async markUnhealthy(stack, name, reason) {
      const json = {mark_unhealthy: true, resource_status_reason: reason};
      await service.call('PATCH', resourcePath(stack, name), {json});
    },
    async delete(stack) {
      await service.call('DELETE', stackPath(stack), {accept: [404]}).catch(inDoubt(stack));
    },
    act: (stack, action) => change(stack, 'POST', `${stackPath(stack)}/actions`, {json: {[action]: null}}),
    async snapshots(stack) {
      const rows = objects(await service.list(`${stackPath(stack)}/snapshots`, 'snapshots'));
      return rows.map(row => snapshotOf(quoted.shown(row)));
    },
    async snapshot(stack, id) {
      const path = snapshotPath(stack, id);
      const {status, body} = await service.call('GET', path, {accept: [404]});
      return status === 404 ? undefined : snapshotOf(quoted.shown(member(body, 'snapshot', path)));
    },
    async takeSnapshot(stack, name) {
      const json = name === undefined ? {} : {name};
      // Heat answers the bare snapshot, unlike everywhere else.
      const asked = call('POST', `${stackPath(stack)}/snapshots`, {json});
      return snapshotOf(fields(await asked.catch(inDoubt(stack))));
    },
    restore: (stack, id) => change(stack, 'POST', `${snapshotPath(stack, id)}/restore`, {}),
    async deleteSnapshot(stack, id) {
      await service.call('DELETE', snapshotPath(stack, id), {accept: [404]});
    },
    async resourceTypes() {
      return new Set(texts(fields(await get('resource_types'))['resource_types']));
    },
    resourceType(type, signal) {
      const known = types.get(type) ?? readType(type, signal);
      types.set(type, known);
      known.catch(() => types.delete(type));
      return known;
    },
    async templateVersions() {
      const versions = objects(fields(await get('template_versions'))['template_versions']);
      return versions.map(version => text(version['version']));
    },
    async buildInfo() {
      const body = fields(await get('build_info'));
      const revision = (part: string): string => text(fields(body[part])['revision']);
      return {api: revision('api'), engine: revision('engine')};
    },
  };
}

function stackPath(stack: StackRef): string {
  return `stacks/${encodeURIComponent(stack.name)}/${encodeURIComponent(stack.id)}`;
}

function resourcePath(stack: StackRef, name: string): string {
  return `${stackPath(stack)}/resources/${encodeURIComponent(name)}`;
}

function snapshotPath(stack: StackRef, id: string): string {
  return `${stackPath(stack)}/snapshots/${encodeURIComponent(id)}`;
}

/** What the answer holds under `key`, which must be an object. */
function member(body: unknown, key: string, path: string): Fields {
  const value = fields(body)[key];
  if (isPlainObject(value)) return value;
  throw new RekindleError('protocol', `Heat's answer to ${path} has no "${key}"`, {
    service: 'orchestration',
    path,
  });
}
