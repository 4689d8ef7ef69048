/** A small bundle, and a Heat that builds it. */
import type {LoadedBundle, Report, ReportParameter} from '../../src/model/bundle.ts';
import type {Answering, Asked, Replies, Reply} from './fake-cloud.ts';

export const stackId = '11111111-2222-3333-4444-555555555555';

const none = {exact: 0, derived: 0, parameter: 0, step: 0, lost: 0};

export function reportOf(parameters: readonly ReportParameter[], more: Partial<Report> = {}): Report {
  return {
    format: 'rekindle-report',
    version: 1,
    project: 'web',
    counts: {resources: 0, parameters: parameters.length, fields: none, kinds: {}},
    resources: [],
    parameters,
    steps: [],
    losses: [],
    skipped: [],
    gaps: [],
    ...more,
  };
}

/** Parameters are declared in the template, valued in the environment and listed in the report. */
export function bundleOf(
  parameters: readonly ReportParameter[],
  resources: Readonly<Record<string, unknown>>,
  more: Partial<LoadedBundle> & {readonly conditions?: Readonly<Record<string, unknown>>} = {},
): LoadedBundle {
  const {conditions = {}, ...rest} = more;
  return {
    dir: 'out',
    template: {
      heat_template_version: '2018-08-31',
      parameters: Object.fromEntries(parameters.map(({name}) => [name, {type: 'string'}])),
      conditions,
      resources,
    },
    templateText: '',
    parameters: Object.fromEntries(parameters.map(({name, value}) => [name, value])),
    files: {},
    report: reportOf(parameters),
    ...rest,
  };
}

export function parameter(name: string, kind: string, value: unknown, constraint?: string): ReportParameter {
  return {
    name,
    role: 'outside',
    kind,
    value,
    source: {id: 'source-id', name: String(value)},
    ...(constraint === undefined ? {} : {constraint}),
  };
}

export interface Event {
  readonly id: string;
  readonly resource?: string;
  readonly status: string;
  readonly reason?: string;
}

/** An event as Heat writes it; without a resource it is the stack's own. */
export function eventRow({id, resource = 'web', status, reason = 'state changed'}: Event): object {
  const stack = `http://heat.internal/v1/p1/stacks/web/${stackId}`;
  return {
    id,
    event_time: '2026-01-02T03:04:05Z',
    resource_name: resource,
    logical_resource_id: resource,
    physical_resource_id: resource === 'web' ? stackId : `${resource}-id`,
    resource_status: status,
    resource_status_reason: reason,
    links: [
      {href: `${stack}/resources/${resource}/events/${id}`, rel: 'self'},
      {href: stack, rel: 'stack'},
      {href: stack, rel: 'root_stack'},
    ],
  };
}

/** Answers each look with the next of these lists; after the last one there is no news. */
export function eventPages(...pages: readonly (readonly Event[])[]): Answering {
  let next = 0;
  return () => ({body: {events: (pages[next++] ?? []).map(event => eventRow(event))}});
}

export function stackRow(status: string, more: object = {}): object {
  return {
    stack_name: 'web',
    id: stackId,
    stack_status: status,
    stack_status_reason: `Stack ${status}`,
    creation_time: '2026-01-02T03:04:05Z',
    updated_time: null,
    tags: null,
    ...more,
  };
}

/** A Heat that takes every template, has no stack yet, and knows these types with these properties. */
export function heatReplies(types: Readonly<Record<string, readonly string[]>> = {}): Replies {
  return {
    'GET orchestration stacks': {body: {stacks: []}},
    'POST orchestration stacks/preview': {body: {stack: {}}},
    'POST orchestration stacks': {
      status: 201,
      headers: {'x-openstack-request-id': 'req-create'},
      body: {stack: {id: stackId, links: []}},
    },
    [`GET orchestration stacks/web/${stackId}/events`]: eventPages(
      [{id: 'e1', status: 'CREATE_IN_PROGRESS'}],
      [
        {id: 'e2', resource: 'net', status: 'CREATE_COMPLETE'},
        {id: 'e3', status: 'CREATE_COMPLETE'},
      ],
    ),
    [`GET orchestration stacks/web/${stackId}`]: ({options}: Asked): Reply => ({
      body: {
        stack: stackRow('CREATE_COMPLETE', {
          outputs:
            options.query?.['resolve_outputs'] === true
              ? [{output_key: 'ids', output_value: {net: 'net-id'}, description: 'Ids'}]
              : undefined,
        }),
      },
    }),
    [`GET orchestration stacks/web/${stackId}/resources`]: {body: {resources: []}},
    ...Object.fromEntries(
      Object.entries(types).map(([type, properties]) => [
        `GET orchestration resource_types/${encodeURIComponent(type)}`,
        {
          body: {
            resource_type: type,
            properties: Object.fromEntries(properties.map(name => [name, {type: 'string'}])),
          },
        },
      ]),
    ),
  };
}

export interface Stood {
  readonly status?: string;
  /** As `GET template` answers it; default: the bundle's. */
  readonly template?: Readonly<Record<string, unknown>>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Status by logical name; those not named are CREATE_COMPLETE. */
  readonly statuses?: Readonly<Record<string, string>>;
  /** Of the row. */
  readonly more?: object;
  /** Events that an update brings. */
  readonly news?: readonly Event[];
  readonly end?: string;
}

/** A Heat that has the stack of the bundle already, and takes an update of it. */
export function standingReplies(bundle: LoadedBundle, stood: Stood = {}): Replies {
  const {status = 'CREATE_COMPLETE', template = bundle.template, parameters, files, statuses = {}} = stood;
  const path = `stacks/web/${stackId}`;
  const news = stood.news ?? [
    {id: 'n1', status: 'UPDATE_IN_PROGRESS'},
    {id: 'n2', status: 'UPDATE_COMPLETE'},
  ];
  let updated = false;
  const row = (): object => stackRow(updated ? (stood.end ?? 'UPDATE_COMPLETE') : status, stood.more);
  const resources = Object.entries((template['resources'] ?? {}) as Record<string, {type: string}>);
  return {
    'GET orchestration stacks': () => ({body: {stacks: [row()]}}),
    [`GET orchestration ${path}`]: () => ({body: {stack: row()}}),
    [`GET orchestration ${path}/template`]: {body: template},
    [`GET orchestration ${path}/environment`]: {body: {parameters: parameters ?? bundle.parameters}},
    [`GET orchestration ${path}/files`]: {body: files ?? bundle.files},
    [`GET orchestration ${path}/resources`]: {
      body: {
        resources: resources.map(([name, {type}]) => ({
          resource_name: name,
          resource_type: type,
          physical_resource_id: `${name}-id`,
          resource_status: statuses[name] ?? 'CREATE_COMPLETE',
          resource_status_reason: '',
          links: [],
        })),
      },
    },
    [`GET orchestration ${path}/events`]: ({options}) => {
      const old: Event = {id: 'old', status: 'CREATE_COMPLETE'};
      const marker = options.query?.['marker'];
      const events = marker === undefined ? [old] : marker === 'old' && updated ? news : [];
      return {body: {events: events.map(event => eventRow(event))}};
    },
    [`PUT orchestration ${path}`]: () => {
      updated = true;
      return {status: 202, headers: {'x-openstack-request-id': 'req-update'}};
    },
  };
}
