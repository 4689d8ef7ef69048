import {define, from, lossy, lost, resource, type Scope, type Typed} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {foreign, isOurs} from '../neutron/shared.ts';
import {workflowOf, type Said} from './dsl.ts';

/** Answered by Mistral; proof: mistral `api/controllers/v2/resources.py`, `Workflow`. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly namespace?: string | null;
  /** In Mistral's language, as it was given. */
  readonly definition: string;
  readonly input?: string | null;
  readonly interface?: unknown;
  readonly checksum?: string | null;
  readonly tags?: readonly string[] | null;
  readonly scope?: string | null;
  readonly project_id: string;
  readonly created_at?: string;
  readonly updated_at?: string | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/mistral/workflow.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly type?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly input?: Readonly<Record<string, string>>;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly task_defaults?: Readonly<Record<string, unknown>>;
  readonly tasks: readonly Readonly<Record<string, unknown>>[];
}

function saidOf(
  {id, name, definition}: Pick<Row, 'id' | 'name' | 'definition'>,
  scope: Scope,
): Said | undefined {
  const said = scope.memo(`workflow:${id}`, () => workflowOf(definition, name));
  return typeof said === 'string' ? undefined : said;
}

/** Its own kind, where one calls another. */
const other: Typed<'workflow', Row> = {kind: 'workflow'};

const r = from<Row>();

function part<K extends keyof Said>(key: K) {
  return r.make(['definition', 'name'], (row, scope) => saidOf(row, scope)?.[key]);
}

export const workflow = define<Row, Properties>()({
  kind: 'workflow',
  section: 'Workflows',
  heat: 'OS::Mistral::Workflow',
  modelled: true,
  list: {service: 'workflow', path: 'workflows', key: 'workflows'},
  outside: {constraint: 'mistral.workflow', prefix: 'workflow'},
  // Proof: heat `mistral/workflow.py`, `handle_create`.
  physicalId: row => row.name,
  where: (row, scope) => {
    if (!isOurs(row, scope)) return foreign;
    const said = scope.memo(`workflow:${row.id}`, () => workflowOf(row.definition, row.name));
    if (typeof said !== 'string') return resource;
    return lost(`Heat can't say all of it (${said}): openstack workflow create, with its definition`);
  },
  properties: {
    name: r.copy('name'),
    type: part('type'),
    description: part('description'),
    tags: part('tags'),
    input: part('input'),
    output: part('output'),
    task_defaults: part('task_defaults'),
    tasks: r.make(['definition', 'name'], (row, scope) =>
      (saidOf(row, scope)?.tasks ?? []).map(task => {
        const called = task['workflow'];
        const [one, ...more] = typeof called === 'string' ? scope.by(other, 'name', called) : [];
        if (one === undefined || more.length > 0) return task;
        return Object.assign({}, task, {workflow: new Ref(other.kind, one.id)});
      }),
    ),
  },
  // Heat writes the text anew: what it says counts.
  compares: {definition: (row, scope) => saidOf(row, scope) ?? row.definition},
  ignores: {
    namespace: lossy('no Heat property: openstack workflow create --namespace'),
    scope: lossy('no Heat property: openstack workflow create --public', 'private'),
    // All of these are in the definition.
    input: 'read-only',
    interface: 'read-only',
    checksum: 'read-only',
    tags: 'read-only',
    project_id: 'read-only',
    created_at: 'read-only',
    updated_at: 'read-only',
  },
  example: {
    row: {
      id: 'w1',
      name: 'nightly',
      namespace: '',
      definition: [
        'version: "2.0"',
        'nightly:',
        '  description: what runs at night',
        '  tags: [ops]',
        '  input: [server]',
        '  output:',
        '    done: <% $.done %>',
        '  task-defaults:',
        '    on-error: [fail]',
        '  tasks:',
        '    stop:',
        '      action: nova.servers_stop server=<% $.server %>',
        '      wait-after: 5',
        '      publish: {done: <% true %>}',
        '      on-success: tell',
        '    tell:',
        '      workflow: notify',
        '      input: {text: "it is done"}',
      ].join('\n'),
      input: 'server',
      interface: {input: ['server'], output: ['done']},
      checksum: '9e107d9d372bb6826bd81d3542a419d6',
      tags: ['ops'],
      scope: 'private',
      project_id: 'p1',
      created_at: '2026-01-01 00:00:00',
      updated_at: null,
    },
    with: {
      workflow: [
        {
          id: 'w2',
          name: 'notify',
          definition: 'version: "2.0"\nnotify:\n  tasks:\n    say:\n      action: std.noop\n',
          project_id: 'p1',
        },
      ],
    },
    emits: {
      name: 'nightly',
      type: 'direct',
      description: 'what runs at night',
      tags: ['ops'],
      input: {server: ''},
      output: {done: '<% $.done %>'},
      task_defaults: {on_error: ['fail']},
      tasks: [
        {
          name: 'stop',
          action: 'nova.servers_stop server=<% $.server %>',
          wait_after: 5,
          publish: {done: '<% true %>'},
          on_success: ['tell'],
        },
        {name: 'tell', workflow: {get_resource: 'workflow:w2'}, input: {text: 'it is done'}},
      ],
    },
  },
});
