/** A Heat that quotes the parameters it was given wherever it says why. */
import {heatSchemas} from '../../../src/resources/heat-schemas.ts';
import type {Fault, Request} from '../../support/replay/server.ts';
import {planted} from './planted.ts';

const id = '0a1b2c3d-0000-4000-8000-00000000abcd';

/** As Heat says it of a constraint that fails, of a service's refusal, and of a crash. */
export const reason = [
  `Parameter 'payload' is invalid: ${planted.hidden} does not match pattern`,
  `Resource CREATE failed: BadRequest: resources.x: body {"payload": ${JSON.stringify(planted.hidden)}}`,
  `StackValidationFailed: ${encodeURIComponent(planted.hidden)} ${Buffer.from(planted.hidden).toString('base64')}`,
].join('; ');

export interface QuotingHeat {
  /** What is refused, with the values in the answer; default: nothing. */
  readonly refuses?: 'validate' | 'preview' | 'create' | 'update' | 'adopt' | 'everything';
  readonly status?: number;
  /** Where the stack ends. */
  readonly end?: 'COMPLETE' | 'FAILED';
  /** It is there already. */
  readonly there?: boolean;
}

export function quotingHeat(life: QuotingHeat = {}): {
  readonly fault: (request: Request) => Fault | undefined;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const {refuses, end = 'COMPLETE'} = life;
  let action = life.there === true ? 'CREATE' : '';
  let looks = 0;
  const no = (status = life.status ?? 400): Fault => ({
    status,
    body: JSON.stringify({
      code: status,
      title: 'Bad Request',
      explanation: reason,
      error: {type: 'StackValidationFailed', message: reason, traceback: reason},
    }),
  });
  const stack = (): object => ({
    id,
    stack_name: 'web',
    stack_status: looks > 1 || life.there === true ? `${action}_${end}` : `${action}_IN_PROGRESS`,
    stack_status_reason: reason,
    creation_time: '2026-01-01T00:00:00Z',
    updated_time: null,
    description: '',
    parameters: {'OS::stack_name': 'web', payload: '******'},
    outputs: [
      {output_key: 'broken', output_error: reason, description: ''},
      {output_key: 'fine', output_value: 'x', description: ''},
    ],
    links: [],
  });
  const event = (number: number, name: string, status: string): object => ({
    id: `event-${number}`,
    event_time: `2026-01-01T00:00:0${number}Z`,
    resource_name: name,
    logical_resource_id: name,
    physical_resource_id: name === 'web' ? id : 'x',
    resource_status: status,
    resource_status_reason: reason,
    links: [{rel: 'stack', href: `http://heat/v1/p/stacks/web/${id}`}],
  });
  const resource = {
    resource_name: 'key',
    logical_resource_id: 'key',
    resource_type: 'OS::Barbican::Secret',
    physical_resource_id: 'x',
    resource_status: `CREATE_${end}`,
    resource_status_reason: reason,
    required_by: [],
    attributes: {payload: planted.hidden, adminPass: planted.adminPass, status: 'ACTIVE'},
    links: [{rel: 'stack', href: `http://heat/v1/p/stacks/web/${id}`}],
  };

  const answer = ({method, path, query, body}: Request): Fault => {
    const below = decodeURIComponent(path.split('/').slice(4).join('/'));
    asked.push(`${method} ${below}`);
    if (refuses === 'everything') return no();
    if (below === 'validate') {
      if (refuses === 'validate') return no();
      return ok({
        Description: '',
        Parameters: {
          payload: {Type: 'String', NoEcho: 'true', Default: planted.hidden, Value: planted.hidden},
        },
        Environment: {parameters: {payload: planted.hidden}},
      });
    }
    if (below === 'stacks/preview') {
      if (refuses === 'preview') return no();
      return ok({stack: {...stack(), resources: [{...resource, properties: {payload: planted.hidden}}]}});
    }
    if (below === 'stacks' && method === 'POST') {
      const adopted = body.includes('adopt_stack_data');
      if (refuses === (adopted ? 'adopt' : 'create')) return no();
      action = adopted ? 'ADOPT' : 'CREATE';
      return ok({stack: {id, links: []}}, 201);
    }
    if (below === 'stacks') return ok({stacks: action === '' || query.includes('preview') ? [] : [stack()]});
    if (below.startsWith('resource_types/')) {
      const schema = Object.entries(heatSchemas[below.slice('resource_types/'.length)] ?? {});
      return ok({
        properties: Object.fromEntries(schema.map(([name, {type}]) => [name, {type, update_allowed: true}])),
      });
    }
    if (method === 'PUT') {
      if (refuses === 'update') return no();
      action = 'UPDATE';
      return {status: 202, body: ''};
    }
    if (below.endsWith('/template'))
      return ok({
        heat_template_version: '2018-08-31',
        parameters: {payload: {type: 'string', hidden: true, default: ''}},
        resources: {},
      });
    if (below.endsWith('/environment')) return ok({parameters: {payload: '******'}});
    if (below.endsWith('/files')) return ok({'files/x.sh': `password: ${planted.userPassword}`});
    if (below.includes('/resources/') && below.includes('/events/'))
      return ok({
        event: {...event(1, 'key', 'CREATE_COMPLETE'), resource_properties: {payload: planted.hidden}},
      });
    if (below.endsWith('/events')) {
      looks += 1;
      if (query.includes('marker'))
        return ok({events: looks > 1 ? [event(3, 'web', `${action}_${end}`)] : []});
      return ok({events: [event(1, 'web', `${action}_IN_PROGRESS`), event(2, 'key', `${action}_${end}`)]});
    }
    if (below.endsWith('/resources')) return ok({resources: [resource]});
    if (below.endsWith('/metadata')) return ok({metadata: {}});
    if (below.includes('/resources/')) return ok({resource});
    if (below.endsWith('/actions')) {
      action = Object.keys(JSON.parse(body) as object)[0]?.toUpperCase() ?? '';
      return {status: 202, body: ''};
    }
    if (below.includes('/snapshots')) return ok({snapshots: [], id: 's', status: 'COMPLETE'});
    if (method === 'DELETE') {
      action = 'DELETE';
      return {status: 204, body: ''};
    }
    if (below.startsWith('stacks/')) return action === '' ? {status: 404, body: '{}'} : ok({stack: stack()});
    return {status: 404, body: '{}'};
  };
  return {
    asked,
    fault(request) {
      if (request.path.endsWith('/limits')) return {status: 200, body: '{"limits": {"absolute": {}}}'};
      return request.path.startsWith('/orchestration/') ? answer(request) : undefined;
    },
  };
}

function ok(body: object, status = 200): Fault {
  return {status, body: JSON.stringify(body)};
}
