/** A recorded cloud for the command line, with a Heat that builds. */
import type {ExecutionContext} from 'ava';
import {environmentOf} from '../../support/replay/environment.ts';
import {readSample} from '../../support/replay/sample.ts';
import {startReplay, type Fault, type Replay, type Request} from '../../support/replay/server.ts';

export const password = 'S3cret-pass/word';

export interface TestCloud {
  readonly replay: Replay;
  /** Variables of a user who may read it. */
  readonly env: Readonly<Record<string, string>>;
}

/** The entry of clouds.yaml that says what the variables say. */
export function entryOf({env}: Pick<TestCloud, 'env'>): object {
  return {
    region_name: env['OS_REGION_NAME'],
    auth: {
      auth_url: env['OS_AUTH_URL'],
      username: env['OS_USERNAME'],
      user_domain_name: env['OS_USER_DOMAIN_NAME'],
      project_name: env['OS_PROJECT_NAME'],
      project_domain_name: env['OS_PROJECT_DOMAIN_NAME'],
      password,
    },
  };
}

/** Closed with the test. */
export async function testCloud(
  t: ExecutionContext,
  fault: (request: Request) => Fault | undefined = () => undefined,
): Promise<TestCloud> {
  const recording = await readSample('web');
  const replay = await startReplay(recording, {fault});
  t.teardown(() => replay.close());
  return {
    replay,
    env: environmentOf(recording, replay.authUrl, password),
  };
}

const id = '0a1b2c3d-0000-4000-8000-00000000abcd';

/** Every path below Heat's endpoint, as a stack of one resource wants it. */
export function heat(
  options: {
    readonly polls?: number;
    readonly failed?: boolean;
    /** The stack is there. */
    readonly taken?: boolean;
    /** It was made with another policy. */
    readonly other?: boolean;
  } = {},
): {
  readonly fault: (request: Request) => Fault | undefined;
  /** As `POST stacks`. */
  readonly asked: readonly string[];
} {
  const asked: string[] = [];
  let polls = 0;
  let created = options.taken === true;
  let updated = false;
  const end = options.failed === true ? 'CREATE_FAILED' : 'CREATE_COMPLETE';
  const answer = ({method, path, query}: Request): Fault => {
    const below = path.split('/').slice(4).join('/');
    asked.push(`${method} ${below}`);
    const settled = options.taken === true ? (updated ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE') : undefined;
    const status = settled ?? (polls > (options.polls ?? 0) ? end : 'CREATE_IN_PROGRESS');
    if (below === 'stacks' && method === 'POST') {
      created = true;
      return ok({stack: {id, links: []}}, 201);
    }
    if (below === 'stacks/preview') return ok({stack: stack('web', '')});
    if (below === 'stacks')
      return ok({stacks: created && query.includes('web') ? [stack('web', status)] : []});
    if (below.startsWith('resource_types'))
      return ok({properties: {name: {type: 'string'}, policies: {type: 'list'}}});
    if (method === 'PUT') {
      updated = true;
      return {status: 202, body: ''};
    }
    if (below.endsWith('/template'))
      return ok(templateOf(options.other === true ? 'soft-affinity' : 'affinity'));
    if (below.endsWith('/environment') || below.endsWith('/files')) return ok({});
    if (below.endsWith('/events') && options.taken === true)
      return ok({events: updated && query.includes('marker') ? [event(4, 'web', 'UPDATE_COMPLETE')] : []});
    if (below.endsWith('/events')) {
      polls += 1;
      if (query.includes('marker'))
        return ok({events: polls > (options.polls ?? 0) ? [event(3, 'web', end)] : []});
      return ok({events: [event(1, 'web', 'CREATE_IN_PROGRESS'), event(2, 'group', end)]});
    }
    if (below.endsWith('/resources')) {
      const resource = {
        resource_name: options.taken === true ? 'server_group_group' : 'group',
        resource_type: 'OS::Nova::ServerGroup',
        physical_resource_id: 'x',
        resource_status: end,
        resource_status_reason: 'Quota exceeded',
        required_by: [],
        links: [],
      };
      return ok({resources: [resource]});
    }
    if (below.startsWith('stacks/'))
      return created ? ok({stack: stack('web', status)}) : {status: 404, body: '{}'};
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

/** As `render` makes it of the stage's one server group. */
function templateOf(policy: string): object {
  return {
    heat_template_version: '2018-08-31',
    description: 'Project web',
    resources: {
      server_group_group: {type: 'OS::Nova::ServerGroup', properties: {name: 'group', policies: [policy]}},
    },
  };
}

function stack(name: string, status: string): object {
  return {
    id,
    stack_name: name,
    stack_status: status,
    stack_status_reason: status === 'CREATE_FAILED' ? 'Resource CREATE failed' : '',
    creation_time: '2026-01-01T00:00:00Z',
    updated_time: null,
    description: '',
    tags: null,
    parameters: {},
    outputs: [{output_key: 'address', output_value: '10.0.0.5\u001b[31m', description: 'Where'}],
    links: [],
  };
}

function event(number: number, resource: string, status: string): object {
  return {
    id: `event-${number}`,
    event_time: `2026-01-01T00:00:0${number}Z`,
    resource_name: resource,
    logical_resource_id: resource,
    physical_resource_id: resource === 'web' ? id : 'x',
    resource_status: status,
    resource_status_reason: 'state changed',
    links: [{rel: 'stack', href: `http://heat/v1/p/stacks/web/${id}`}],
  };
}

function ok(body: object, status = 200): Fault {
  return {status, body: JSON.stringify(body)};
}
