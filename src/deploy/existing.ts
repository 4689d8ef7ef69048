/** A stack that is there already: whether it takes an update, and what that means for the checks. */
import type {Heat, Stack} from '../heat/index.ts';
import type {Report, ReportParameter} from '../model/bundle.ts';
import type {Fields} from '../model/json.ts';
import {type Finding, problem, quoted, warning} from './check/finding.ts';
import type {Target} from './check/target.ts';
import type {CheckedResource} from './check/template.ts';
import type {There} from './check/there.ts';
import {type Forecast, type Forecasted, type Reading, readState, type StackState} from './forecast/index.ts';

export interface ExistingStack {
  /** With its tags, timeout and the like. */
  readonly now: Stack;
  /** Undefined where it takes no update. */
  readonly reading: Reading | undefined;
  readonly findings: readonly Finding[];
}

export async function readStack(heat: Heat, existing: Stack, target: Target): Promise<ExistingStack> {
  const shown = await heat.show(existing, target.signal === undefined ? {} : {signal: target.signal});
  const now = shown ?? existing;
  const obstacle = obstacleOf(now);
  if (obstacle !== undefined) return {now, reading: undefined, findings: [obstacle]};
  return {now, reading: await readState(heat, now, target), findings: []};
}

/**
 * Why Heat, or we, won't update a stack in that status.
 * Proof: heat `engine/service.py`, `update_stack`: one that is suspended or being deleted is refused. One at work would be
 * taken, and what it is at cut short.
 */
function obstacleOf({name, status}: Stack): Finding | undefined {
  const what = `the stack ${quoted(name)} is ${status}`;
  if (status.endsWith('_IN_PROGRESS'))
    return problem('stack', `${what}: Heat is at work on it`, `wait: rekindle stack events --follow ${name}`);
  if (status.startsWith('DELETE_'))
    return problem(
      'stack',
      `${what}: Heat updates none that it has begun to delete`,
      `delete what is left (rekindle stack delete ${name}), then deploy again; or choose another name with --stack`,
    );
  if (status.startsWith('SUSPEND_'))
    return problem(
      'stack',
      `${what}: Heat updates none that is suspended`,
      `wake it first: rekindle stack resume ${name}`,
    );
  return undefined;
}

/**
 * Switches of things that the stack itself has made: seen from outside they look like somebody else's, and switching
 * them off would delete them.
 */
export function keptSwitches(
  report: Report,
  state: StackState | undefined,
  chosen: ReadonlySet<string>,
): Fields {
  if (state === undefined) return {};
  const switches = report.parameters.filter(
    ({role, name}) => role === 'optional-switch' && !chosen.has(name),
  );
  const kept = switches.filter(({name}) =>
    report.resources.some(
      resource => resource.condition === name && (state.resources.get(resource.name)?.id ?? '') !== '',
    ),
  );
  return Object.fromEntries(kept.map(({name}) => [name, true]));
}

/** What will be new in the target: resources to be made, and parameters with names that such resources take. */
export function freshOf(
  resources: readonly CheckedResource[],
  report: Report,
  forecast: Forecast | undefined,
): {readonly resources: readonly CheckedResource[]; readonly given: readonly ReportParameter[]} {
  if (forecast === undefined) return {resources, given: report.parameters};
  const kept = new Set(
    forecast.resources.filter(({fate}) => fate !== 'added' && fate !== 'replaced').map(({name}) => name),
  );
  const keptThings = new Set(
    report.resources.filter(({name}) => kept.has(name)).map(({kind, id}) => `${kind}:${id}`),
  );
  return {
    resources: resources.filter(({name}) => !kept.has(name)),
    given: report.parameters.filter(
      ({sets = []}) => !sets.some(({kind, id}) => keptThings.has(`${kind}:${id}`)),
    ),
  };
}

/** With what was asked for the stack itself. */
export function stackOptionChanges(
  forecast: Forecast,
  stack: Stack,
  {
    tags,
    timeoutMinutes,
    rollback,
  }: {
    readonly tags?: readonly string[] | undefined;
    readonly timeoutMinutes?: number | undefined;
    readonly rollback?: boolean | undefined;
  },
): Forecast {
  const changes = [
    ...(tags !== undefined && tags.join(',') !== stack.tags.join(',') ? ['tags'] : []),
    ...(timeoutMinutes !== undefined && timeoutMinutes !== stack.timeout ? ['timeout'] : []),
    ...(rollback !== undefined && rollback !== stack.rollback ? ['rollback'] : []),
  ];
  return changes.length === 0 ? forecast : {...forecast, stack: [...forecast.stack, ...changes]};
}

/** What of a forecast stands in the way, or is to be known beside it. */
export function forecastFindings(forecast: Forecast | undefined): readonly Finding[] {
  if (forecast === undefined) return [];
  const findings = forecast.resources.flatMap((one): readonly Finding[] => {
    const where = `resource ${one.name}`;
    if (one.fails !== undefined)
      return [problem(where, `Heat would fail at it: ${one.fails.why}`, one.fails.hint)];
    return wipes(one)
      ? [
          warning(
            where,
            'its rules change, and Heat then deletes all rules of the group: those of the template are made again, those made by hand are gone',
            'look at them first: openstack security group rule list ' + one.id,
          ),
        ]
      : [];
  });
  return findings;
}

function wipes({type, fate, causes}: Forecasted): boolean {
  return (
    type === 'OS::Neutron::SecurityGroup' && fate === 'updated' && causes.some(({what}) => what === 'rules')
  );
}

/** What the target has beside the stack: what the stack has is in the template. */
export function withoutOwn(there: There, state: StackState | undefined): There {
  if (state === undefined) return there;
  const own = new Set([...state.resources.values()].map(({id}) => id));
  const lists = Object.entries(there.lists).map(([name, rows]) => [
    name,
    rows.filter(({id}) => typeof id !== 'string' || !own.has(id)),
  ]);
  return {...there, lists: Object.fromEntries(lists) as There['lists']};
}

/** What is said of a resource that the update leaves alone was no obstacle to it either. */
export function changedOnly(
  findings: readonly Finding[],
  forecast: Forecast | undefined,
): readonly Finding[] {
  const same = forecast?.resources.filter(({fate}) => fate === 'unchanged') ?? [];
  const left = new Set(same.map(({name}) => `resource ${name}`));
  return findings.filter(({where}) => !left.has(where));
}
