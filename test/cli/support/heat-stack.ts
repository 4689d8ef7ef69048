/** A Heat with one stack that has lived already, and takes whatever can be asked of it. */
import type {Fault, Request} from '../../support/replay/server.ts';

export const stackId = '0a1b2c3d-0000-4000-8000-00000000abcd';
const nestedId = '0a1b2c3d-0000-4000-8000-00000000beef';
const nestedName = 'web-group-t5ykaharpzoj';

export interface Life {
  /** Before anything is asked. Default: CREATE_COMPLETE. */
  readonly status?: string;
  /** Somebody deletes it as soon as something is asked of it. */
  readonly vanishes?: boolean;
  /** Where an action ends that is asked for, or goes on already; default: `<action>_COMPLETE`. */
  readonly end?: string;
  /** It is a part of this one. */
  readonly parent?: string;
  /** Other stacks that the list shows. */
  readonly others?: readonly object[];
  readonly snapshots?: readonly object[];
  /** What `validate` and `preview` answer with. */
  readonly refused?: {readonly status: number; readonly message: string};
  /** Nova's word on the stack's server. */
  readonly server?: string;
}

export const template = {
  heat_template_version: '2018-08-31',
  outputs: {net: {value: {get_resource: 'net'}}},
  resources: {
    net: {properties: {name: 'yes', tags: ['007', '1e3']}, type: 'OS::Neutron::Net'},
    kept: {deletion_policy: 'Retain', type: 'OS::Neutron::SecurityGroup', metadata: {a: 'b\nc: d'}},
    group: {type: 'OS::Heat::ResourceGroup'},
    server: {type: 'OS::Nova::Server'},
  },
  parameters: {secret: {default: '\u001b[31m', hidden: true, type: 'string'}},
};

const nestedTemplate = {
  heat_template_version: '2018-08-31',
  resources: {'0': {type: 'OS::Cinder::Volume', external_id: 'volume-0'}},
};

const ourRow = (stack: string): string => `http://heat/v1/p/stacks/${stack}`;
const own = ourRow(`web/${stackId}`);
const nested = ourRow(`${nestedName}/${nestedId}`);

function resource(name: string, type: string, id: string, more: object = {}): object {
  return {
    resource_name: name,
    logical_resource_id: name,
    resource_type: type,
    physical_resource_id: id,
    resource_status: 'CREATE_COMPLETE',
    resource_status_reason: `CHECK not supported for ${type}`,
    creation_time: '2026-01-01T00:00:00Z',
    updated_time: '2026-01-01T00:00:01Z',
    required_by: [],
    links: [{rel: 'stack', href: own}],
    ...more,
  };
}

const resources = [
  resource('net', 'OS::Neutron::Net', 'net-id', {required_by: ['server']}),
  resource('kept', 'OS::Neutron::SecurityGroup', 'kept-id'),
  resource('group', 'OS::Heat::ResourceGroup', nestedId),
  resource('server', 'OS::Nova::Server', 'server-id', {
    resource_status: 'CHECK_FAILED',
    resource_status_reason: 'gone \u001b[31m away',
  }),
];

const inner = resource('0', 'OS::Cinder::Volume', 'volume-0', {
  parent_resource: 'group',
  links: [{rel: 'stack', href: nested}],
});

const outputs = [
  {output_key: 'address', output_value: '10.0.0.5\u001b[31m', description: 'Where'},
  {output_key: 'key', output_value: 'line 1\nline 2\n', description: ''},
  {output_key: 'map', output_value: {a: [1, 2]}, description: ''},
  {output_key: 'broken', output_error: 'no such attribute', description: ''},
];

export interface FakeHeat {
  readonly fault: (request: Request) => Fault | undefined;
  /** As `POST stacks/web/…/actions {"check":null}`; the stack's id is left out. */
  readonly asked: readonly string[];
}

export function heatStack(life: Life = {}): FakeHeat {
  const asked: string[] = [];
  const events = [
    event(1, 'CREATE_IN_PROGRESS'),
    event(2, 'CREATE_COMPLETE', 'net'),
    event(3, 'CREATE_COMPLETE'),
  ];
  let snapshots = [...(life.snapshots ?? [])];
  let status = life.status ?? 'CREATE_COMPLETE';
  let gone = false;
  let looks = 0;

  const begin = (action: string): void => {
    status = `${action}_IN_PROGRESS`;
    events.push(event(events.length + 1, status));
    looks = 0;
    gone ||= life.vanishes === true;
  };
  /** The second look at the events sees the end. */
  const goOn = (): void => {
    looks += 1;
    if (!status.endsWith('_IN_PROGRESS') || looks < 2) return;
    const end = life.end ?? status.replace('_IN_PROGRESS', '_COMPLETE');
    events.push(event(events.length + 1, end, 'server', 'gone \u001b[31m away'));
    events.push(event(events.length + 1, end));
    status = end;
    snapshots = snapshots.map(one => ({...one, status: 'COMPLETE'}));
    gone = end === 'DELETE_COMPLETE';
  };
  const row = (): object => ({
    id: stackId,
    stack_name: 'web',
    stack_status: status,
    stack_status_reason: status.startsWith('CHECK')
      ? "done. 'CHECK' not fully supported (see resources)"
      : 'done',
    creation_time: '2026-01-01T00:00:00Z',
    updated_time: null,
    description: 'A stack',
    tags: ['a', 'b'],
    parent: life.parent ?? null,
    stack_owner: 'alice',
    disable_rollback: true,
    timeout_mins: 60,
    parameters: {'OS::stack_name': 'web', secret: '******'},
    outputs,
    links: [],
  });

  const answer = ({method, path, query, body}: Request): Fault => {
    const below = decodeURIComponent(path.split('/').slice(4).join('/'));
    asked.push(`${method} ${below.replace(`/${stackId}`, '')}${body === '' ? '' : ` ${body}`}`);
    const search = new URLSearchParams(query);
    const parts = below.split('/');
    if (below === 'validate' || below === 'stacks/preview') {
      if (life.refused !== undefined)
        return ok({error: {message: life.refused.message}, code: life.refused.status}, life.refused.status);
      return below === 'validate' ? ok(validated) : ok({stack: {resources: previewed}});
    }
    if (below === 'stacks') {
      const {others = []} = life;
      const all = [...(gone ? [] : [row()]), ...others] as {id: string; stack_name: string}[];
      const [name, id] = [search.get('name'), search.get('id')];
      return ok({
        stacks: all.filter(
          one => (name === null || one.stack_name === name) && (id === null || one.id === id),
        ),
      });
    }
    if (parts[2] === nestedId) {
      if (parts[3] === 'template') return ok(nestedTemplate);
      if (parts[3] === 'resources') return ok({resource: {...inner, attributes: {size: 1}}});
      return ok({stack: {id: nestedId, stack_name: nestedName}});
    }
    if (parts[1] !== 'web' || parts[2] !== stackId || gone) return {status: 404, body: '{}'};
    const [, , , part, name, what] = parts;
    switch (part) {
      case undefined:
        if (method === 'DELETE') {
          begin('DELETE');
          return {status: 204};
        }
        return ok({stack: row()});
      case 'events':
        return eventList(search, events, goOn);
      case 'resources':
        if (what === 'metadata') return ok({metadata: {a: 1}});
        if (name !== undefined) {
          const found = resources.find(one => (one as {resource_name: string}).resource_name === name);
          return found === undefined
            ? {status: 404, body: '{}'}
            : ok({resource: {...found, attributes: {mtu: 1500, name: 'yes'}}});
        }
        return ok({resources: search.get('nested_depth') === '0' ? resources : [...resources, inner]});
      case 'template':
        return ok(template);
      case 'environment':
        return ok({parameters: {secret: '******'}, encrypted_param_names: [], resource_registry: {}});
      case 'actions': {
        const action = Object.keys(JSON.parse(body) as object)[0] ?? '';
        begin(
          action === 'cancel_update'
            ? 'ROLLBACK'
            : action === 'cancel_without_rollback'
              ? 'UPDATE'
              : action.toUpperCase(),
        );
        return {status: 202, body: ''};
      }
      case 'snapshots': {
        if (what === 'restore') {
          begin('RESTORE');
          return {status: 202, body: ''};
        }
        if (method === 'POST') {
          const made = {
            id: 'snap-new',
            name: 'new',
            status: 'IN_PROGRESS',
            creation_time: '2026-01-02T00:00:00Z',
          };
          snapshots.push(made);
          begin('SNAPSHOT');
          return ok(made);
        }
        if (name === undefined) return ok({snapshots});
        const found = snapshots.find(one => (one as {id: string}).id === name);
        if (method === 'DELETE') {
          snapshots = snapshots.filter(one => one !== found);
          return {status: 204};
        }
        return found === undefined ? {status: 404, body: '{}'} : ok({snapshot: found});
      }
      default:
        return {status: 404, body: '{}'};
    }
  };
  return {
    asked,
    fault(request) {
      if (life.server !== undefined && request.path.endsWith('/servers/detail'))
        return ok({servers: [{id: 'server-id', status: life.server}]});
      return request.path.startsWith('/orchestration/') ? answer(request) : undefined;
    },
  };
}

function eventList(search: URLSearchParams, events: readonly Event[], goOn: () => void): Fault {
  const marker = search.get('marker');
  if (marker !== null) goOn();
  const after = events.slice(events.findIndex(({id}) => id === marker) + 1);
  const name = search.get('resource_name');
  const found = after.filter(one => name === null || one.resource_name === name);
  if (search.get('sort_dir') !== 'desc') return ok({events: found});
  return ok({events: found.reverse().slice(0, Number(search.get('limit') ?? found.length))});
}

interface Event {
  readonly id: string;
  readonly resource_name: string;
}

function event(number: number, status: string, name = 'web', reason = 'state changed'): Event {
  return {
    id: `event-${number}`,
    event_time: `2026-01-01T00:00:${String(number).padStart(2, '0')}Z`,
    resource_name: name,
    logical_resource_id: name,
    physical_resource_id: name === 'web' ? stackId : `${name}-id`,
    resource_status: status,
    resource_status_reason: reason,
    links: [{rel: 'stack', href: own}],
  } as Event;
}

const validated = {
  Description: 'A stack',
  Parameters: {
    label: {Type: 'String', NoEcho: 'false', Description: 'A word', Default: 'one', Value: 'two'},
    secret: {Type: 'String', NoEcho: 'true', Description: '', Default: 'hush', Value: 'hush'},
  },
  Environment: {parameters: {secret: 'hush'}},
};

const previewed = [
  {
    resource_name: 'net',
    resource_type: 'OS::Neutron::Net',
    required_by: ['group'],
    properties: {psk: 'hush'},
  },
  [{resource_name: '0', resource_type: 'OS::Cinder::Volume', required_by: [], parent_resource: 'group'}],
];

function ok(body: object, status = 200): Fault {
  return {status, body: JSON.stringify(body)};
}
