/** Heat's API, typed: one function per call, nothing that waits or decides. */
import type {CallOptions, Query, Service, Session} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import {
  eventOf,
  type PropertySchema,
  resourceOf,
  schemaOf,
  type Stack,
  type StackEvent,
  stackOf,
  type StackOutput,
  type StackRef,
  type StackResource,
} from './heat-rows.ts';
import {type Fields, fields, member, objects, text, texts} from './json.ts';

export type {PropertySchema, Stack, StackEvent, StackOutput, StackRef, StackResource} from './heat-rows.ts';

/** Body of preview and create (and, later, update). */
export interface StackBody {
  readonly stack_name: string;
  readonly template: Fields;
  readonly files: Readonly<Record<string, string>>;
  readonly environment: {readonly parameters: Fields};
  readonly disable_rollback: boolean;
  readonly timeout_mins?: number;
  readonly tags?: string;
}

/** What Heat says of a type: its properties, or why it can't be used there. */
export type ResourceType =
  | {readonly properties: ReadonlyMap<string, PropertySchema>}
  /** 403, 404, or 400: the service or its extension is missing. */
  | {readonly refused: 'forbidden' | 'unknown' | 'unavailable'; readonly reason: string};

export interface Heat {
  readonly service: Service;
  /** Structure and names only; `preview` is the honest call. */
  validate(body: {template: Fields; files?: Fields; environment?: Fields}): Promise<Fields>;
  /** Everything that create checks before it starts; makes nothing. */
  preview(body: StackBody, signal?: AbortSignal): Promise<Fields>;
  /** @returns The new stack, and the id of the request that made it. */
  create(body: StackBody): Promise<{readonly id: string; readonly requestId: string | undefined}>;
  /**
   * By name or id; undefined where there is no such stack. Asks the list: `stacks/{name}` answers with a redirect to
   * Heat's own idea of its address, which behind a proxy may be another host.
   */
  find(nameOrId: string, signal?: AbortSignal): Promise<Stack | undefined>;
  /** Undefined where it is gone. */
  show(stack: StackRef, options?: {outputs?: boolean; signal?: AbortSignal}): Promise<Stack | undefined>;
  outputs(stack: StackRef): Promise<readonly StackOutput[]>;
  /** Events after the one with id `marker`, nested stacks' included, oldest first. */
  events(
    stack: StackRef,
    options?: {marker?: string | undefined; signal?: AbortSignal},
  ): Promise<readonly StackEvent[]>;
  resources(stack: StackRef, options?: {nestedDepth?: number}): Promise<readonly StackResource[]>;
  /** Only asks for it: `show` tells when it is done. */
  delete(stack: StackRef): Promise<void>;
  /** Names of the types that this role may use there. */
  resourceTypes(): Promise<ReadonlySet<string>>;
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
  return heatOf(service, session.identity.project?.id);
}

function heatOf(service: Service, project: string | undefined): Heat {
  const call = async (method: string, path: string, options: CallOptions = {}): Promise<unknown> =>
    (await service.call(method, path, options)).body;
  const get = (path: string, query?: Query, signal?: AbortSignal): Promise<unknown> =>
    call('GET', path, {query, signal});

  return {
    service,
    async validate(body) {
      return fields(await call('POST', 'validate', {json: body}));
    },
    async preview(body, signal) {
      return member(
        await call('POST', 'stacks/preview', {json: body, secret: holdsSecrets(body), signal}),
        'stack',
        'stacks/preview',
      );
    },
    async create(body) {
      const answer = await service.call('POST', 'stacks', {json: body, secret: holdsSecrets(body)});
      const id = text(member(answer.body, 'stack', 'stacks')['id']);
      if (id === '') throw new RekindleError('protocol', "Heat's answer to the new stack has no id");
      return {id, requestId: answer.headers['x-openstack-request-id']};
    },
    async find(nameOrId, signal) {
      // A stack may have another one's id for a name; the name wins, as in the openstack client.
      for (const key of looksLikeId(nameOrId) ? ['name', 'id'] : ['name']) {
        const query = {[key]: nameOrId};
        const rows = objects(await service.list('stacks', 'stacks', {query, signal}));
        // An admin is shown the stacks of all projects, each with its own.
        const found = rows.find(row => row['project'] === undefined || row['project'] === project);
        if (found !== undefined) return stackOf(found);
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
      return answer.status === 404 ? undefined : stackOf(member(answer.body, 'stack', path));
    },
    async outputs(stack) {
      const answer = fields(await get(stackPath(stack), {resolve_outputs: true}));
      return stackOf(fields(answer['stack'])).outputs;
    },
    async events(stack, {marker, signal} = {}) {
      const query = {sort_dir: 'asc', nested_depth: 5, ...(marker === undefined ? {} : {marker})};
      const rows = await service.list(`${stackPath(stack)}/events`, 'events', {query, signal});
      return rows.map(row => eventOf(fields(row), stack));
    },
    async resources(stack, {nestedDepth = 5} = {}) {
      const rows = await service.list(`${stackPath(stack)}/resources`, 'resources', {
        query: {nested_depth: nestedDepth},
      });
      return rows.map(row => resourceOf(fields(row)));
    },
    async delete(stack) {
      await service.call('DELETE', stackPath(stack), {accept: [404]});
    },
    async resourceTypes() {
      return new Set(texts(fields(await get('resource_types'))['resource_types']));
    },
    async resourceType(type, signal) {
      const path = `resource_types/${encodeURIComponent(type)}`;
      const {status, body} = await service.call('GET', path, {accept: [400, 403, 404], signal});
      if (status < 400) return {properties: schemaOf(fields(body)['properties'])};
      const refused = status === 403 ? 'forbidden' : status === 404 ? 'unknown' : 'unavailable';
      return {refused, reason: text(fields(fields(body)['error'])['message'])};
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

/** Whether a hidden parameter has a value. */
function holdsSecrets({template, environment}: StackBody): boolean {
  const values = environment.parameters;
  return Object.entries(fields(template['parameters'])).some(
    ([name, schema]) => fields(schema)['hidden'] === true && (values[name] ?? '') !== '',
  );
}

function looksLikeId(text: string): boolean {
  return /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(text);
}

function stackPath(stack: StackRef): string {
  return `stacks/${encodeURIComponent(stack.name)}/${encodeURIComponent(stack.id)}`;
}
