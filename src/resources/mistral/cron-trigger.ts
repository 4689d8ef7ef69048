import {define, from, lossy, resource} from '../../model/define.ts';
import {Given, Ref} from '../../model/value.ts';
import {foreign, isOurs} from '../neutron/shared.ts';
import {workflow} from './workflow.ts';

/** Answered by Mistral; proof: mistral `api/controllers/v2/resources.py`, `CronTrigger`. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly workflow_id: string;
  readonly workflow_name?: string;
  readonly workflow_input?: Readonly<Record<string, unknown>> | null;
  readonly workflow_params?: Readonly<Record<string, unknown>> | null;
  readonly pattern?: string | null;
  readonly remaining_executions?: number | null;
  /** In UTC, as `2026-12-24 18:00:00`. */
  readonly first_execution_time?: string | null;
  readonly next_execution_time?: string | null;
  readonly scope?: string | null;
  readonly project_id: string;
  readonly created_at?: string;
  readonly updated_at?: string | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/mistral/cron_trigger.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly pattern?: string;
  readonly workflow: {readonly name: Ref<'workflow'>; readonly input?: Readonly<Record<string, unknown>>};
  readonly first_time?: Given;
  readonly count?: number;
}

/** When it is to run first, where it has not yet: Mistral takes no time in the past. */
function firstTime(row: Pick<Row, 'first_execution_time' | 'next_execution_time'>): string | undefined {
  const {first_execution_time: first, next_execution_time: next} = row;
  return first && first === next ? first.slice(0, 16) : undefined;
}

const r = from<Row>();

export const cronTrigger = define<Row, Properties>()({
  kind: 'cron_trigger',
  section: 'Workflows',
  heat: 'OS::Mistral::CronTrigger',
  modelled: true,
  list: {service: 'workflow', path: 'cron_triggers', key: 'cron_triggers'},
  // Proof: heat `mistral/cron_trigger.py`, `handle_create`.
  physicalId: row => row.name,
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.copy('name'),
    pattern: r.some('pattern'),
    workflow: r.make(['workflow_id', 'workflow_input'], ({workflow_id, workflow_input: input}) => ({
      name: new Ref(workflow.kind, workflow_id),
      ...(input && Object.keys(input).length > 0 ? {input} : {}),
    })),
    first_time: r.make(['first_execution_time', 'next_execution_time', 'name'], row => {
      const value = firstTime(row);
      return value === undefined
        ? undefined
        : new Given(`first_time:${row.id}`, {
            prefix: 'first_time',
            label: row.name,
            description: `When ${row.name} runs first, in UTC; must be in the future`,
            value,
          });
    }),
    count: r.some('remaining_executions'),
  },
  compares: {
    first_execution_time: firstTime,
    next_execution_time: () => undefined,
  },
  ignores: {
    workflow_name: 'elsewhere',
    workflow_params: lossy('no Heat property: openstack cron trigger create --params', {}),
    scope: lossy('no Heat property', 'private'),
    project_id: 'read-only',
    created_at: 'read-only',
    updated_at: 'read-only',
  },
  example: {
    row: {
      id: 'ct1',
      name: 'every-night',
      workflow_id: 'w1',
      workflow_name: 'nightly',
      workflow_input: {server: 'web'},
      workflow_params: {},
      pattern: '0 2 * * *',
      remaining_executions: 30,
      first_execution_time: '2026-12-24 02:00:00',
      next_execution_time: '2026-12-24 02:00:00',
      scope: 'private',
      project_id: 'p1',
      created_at: '2026-01-01 00:00:00',
      updated_at: null,
    },
    with: {
      workflow: [
        {
          id: 'w1',
          name: 'nightly',
          definition: 'version: "2.0"\nnightly:\n  tasks:\n    say:\n      action: std.noop\n',
          project_id: 'p1',
        },
      ],
    },
    emits: {
      name: 'every-night',
      pattern: '0 2 * * *',
      workflow: {name: {get_resource: 'workflow:w1'}, input: {server: 'web'}},
      first_time: {given: '2026-12-24 02:00'},
      count: 30,
    },
  },
});
