/** What alarms of all types have in common. */
import {from, parts, resource, stepwise, type Parts, type Scope, type Typed} from '../../model/define.ts';
import {redacted} from '../../model/inventory.ts';
import {Ask, Given, Ref} from '../../model/value.ts';
import {command, foreign, isOurs} from '../neutron/shared.ts';

/** Fields that every alarm has; proof: aodh `api/controllers/v2/alarms.py`, `Alarm`. */
export interface Alarm {
  readonly id: string;
  readonly alarm_id: string;
  readonly project_id: string;
  readonly user_id?: string;
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly severity: string;
  readonly repeat_actions: boolean;
  readonly alarm_actions: readonly string[];
  readonly ok_actions: readonly string[];
  readonly insufficient_data_actions: readonly string[];
  readonly time_constraints: readonly TimeConstraint[];
  readonly state?: string;
  readonly state_timestamp?: string;
  readonly state_reason?: string;
  readonly timestamp?: string;
  readonly evaluate_timestamp?: string;
}

interface TimeConstraint {
  readonly name: string;
  readonly description: string;
  readonly start: string;
  readonly duration: number;
  readonly timezone: string;
}

type Action = string | Ask | Given;

/** Taken by Heat for every type; proof: heat `engine/resources/alarm_base.py`, `common_properties_schema`. */
export interface CommonProperties {
  readonly description?: string;
  readonly enabled?: boolean;
  readonly severity?: string;
  readonly repeat_actions?: boolean;
  readonly alarm_actions?: readonly Action[];
  readonly ok_actions?: readonly Action[];
  readonly insufficient_data_actions?: readonly Action[];
  readonly time_constraints?: readonly Partial<TimeConstraint>[];
}

const idInside = /[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i;

/** What is to be called: a secret is asked for, and what names a thing of the source can be told anew. */
function action(url: string, path: string): Action {
  if (url === redacted) return new Ask('action_of', 'URL that the alarm calls', {secret: path});
  if (!idInside.test(url)) return url;
  return new Given(`action:${url}`, {
    prefix: 'alarm_action',
    label: /^[^:]*:\/\/([^/?#]*)/.exec(url)?.[1] ?? '',
    description: 'URL that alarms call: it names something of the source',
    value: url,
  });
}

const c = from<Alarm>();

function actions(field: 'alarm_actions' | 'ok_actions' | 'insufficient_data_actions') {
  return c.derive(field, urls =>
    urls.length === 0 ? undefined : urls.map((url, index) => action(url, `${field}[${index}]`)),
  );
}

export const common = {
  enabled: c.unless('enabled', true),
  severity: c.unless('severity', 'low'),
  // Heat's default; Aodh's is the other one.
  repeat_actions: c.unless('repeat_actions', true),
  alarm_actions: actions('alarm_actions'),
  ok_actions: actions('ok_actions'),
  insufficient_data_actions: actions('insufficient_data_actions'),
  time_constraints: c.derive('time_constraints', list =>
    list.length === 0
      ? undefined
      : list.map(({name, description, start, duration, timezone}) => ({
          name,
          start,
          duration,
          ...(description === '' ? {} : {description}),
          ...(timezone === '' ? {} : {timezone}),
        })),
  ),
};

/** Aodh describes an alarm that nobody described; proof: `Alarm.get_description`. */
export const description = c.make(['description', 'type'], row =>
  row.description === '' || row.description === `${row.type} alarm rule` ? undefined : row.description,
);

/** Nobody sets them, nobody compares them. */
export const serverMade = {
  alarm_id: 'read-only',
  project_id: 'read-only',
  user_id: 'read-only',
  state: 'read-only',
  state_timestamp: 'read-only',
  state_reason: 'read-only',
  timestamp: 'read-only',
  evaluate_timestamp: 'read-only',
} as const;

/**
 * Heat names every alarm itself; proof: heat `alarm_base.py` and its heirs, `physical_resource_name`.
 * @param words What the client must be told besides, or it forgets it.
 */
export function nameStep<Row extends Alarm>(
  kind: string,
  words: (row: Row, scope: Scope) => readonly (string | Ref)[] = () => [],
) {
  return stepwise<Row>((row, scope) => ({
    when: 'after',
    title: 'name the alarm',
    command: command('alarm update', [`--name=${row.name}`], words(row, scope), new Ref(kind, row.id)),
  }));
}

const alarms: Typed<'alarm', Alarm> = {kind: 'alarm'};

/** The alarms of that type. */
export function ofType<Row extends Alarm>(type: string): Parts<Row> {
  return parts<'alarm', Alarm, Row>(alarms, row => (row.type === type ? [row as Row] : []));
}

export function where(row: Alarm, scope: Scope) {
  return isOurs(row, scope) ? resource : foreign;
}

type Measured = Typed<string, {readonly id: string}>;

/** Kinds whose things are measured, told of, or balanced; their own files need nothing of ours. */
const measured: readonly Measured[] = [
  'server',
  'volume',
  'port',
  'network',
  'router',
  'load_balancer',
  'pool',
].map(kind => ({kind}));

/** The thing of ours that the text is the id of; one that is left out is asked for as any other. */
export function ownThing(id: string, scope: Scope): Ref | undefined {
  const found = measured.find(
    type =>
      scope.row(type, id) !== undefined &&
      (scope.place(type, id)?.as === 'resource' || scope.isCut(type, id)),
  );
  return found === undefined ? undefined : new Ref(found.kind, id);
}

/** A reference where it is a thing of ours; else a parameter, as a source's id means nothing elsewhere. */
export function thing(id: string, what: string, scope: Scope): Ref | Given | string {
  const own = ownThing(id, scope);
  if (own !== undefined) return own;
  if (!idInside.test(id)) return id;
  return new Given(`${what}:${id}`, {
    prefix: what.replaceAll(' ', '_'),
    label: '',
    description: `Id of a ${what}, which the template does not build`,
    value: id,
  });
}

/** What to compare of such an id. */
export function lastingThing(id: string, scope: Scope): Ref | string {
  return ownThing(id, scope) ?? id;
}
