/**
 * What an update will do to each resource: Heat's own comparison (heat `engine/resource.py`, `_needs_update` and
 * `update_template_diff_properties`), made before it. Heat's preview of an update does not tell: it takes whatever refers
 * to another resource for replaced.
 */
import {templateIn} from '../../model/expand.ts';
import {type Fields, fields, text} from '../../model/json.ts';
import {compare, type References, type Verdict} from './compare.ts';
import {type Grouped, grouped} from './groups.ts';
import {propertiesOf} from './properties.ts';
import {
  failedRule,
  hasOtherReference,
  isAlwaysReplaced,
  isBeyondRepair,
  isNested,
  isReferredByName,
  looksNamesUp,
  lostInPlace,
  lostWith,
  refusing,
  replacing,
  volumesOf,
} from './rules.ts';
import type {
  Cause,
  Definition,
  Existing,
  Fate,
  Forecast,
  Forecasted,
  Knowledge,
  StackState,
} from './types.ts';
import {holds, scopeOf, settled, Unsettled} from './values.ts';

/** One resource of a template, functions worked out. */
interface Resource {
  readonly name: string;
  readonly type: string;
  readonly properties: Fields;
  /** As Heat compares them: every property, defaults filled in. */
  readonly whole: Fields;
  readonly deletionPolicy: string;
  readonly externalId: unknown;
  /** What else Heat compares. */
  readonly rest: Fields;
  /** Undefined where only Heat can tell whether it is in. */
  readonly holds: boolean | undefined;
}

/** Parts of a resource beside its properties whose change is an update, of nothing but the stack's memory. */
const otherParts = ['metadata', 'depends_on', 'deletion_policy', 'update_policy'] as const;

export function forecast(before: StackState, after: Definition, known: Knowledge): Forecast {
  const fresh = grouped(after);
  const old = grouped(before);
  const then = resourcesOf(old.definition, before.own, known, before.stored);
  const now = resourcesOf(fresh.definition, before.own, known);
  const resources = judgeAll(before, then, now, known, {...fresh, were: old.members});
  return {resources, stack: stackChanges(before, after)};
}

/** Whether Heat has nothing to do. */
export function isNothing({resources, stack}: Forecast): boolean {
  return stack.length === 0 && resources.every(({fate}) => fate === 'unchanged');
}

function resourcesOf(
  {template, parameters, files}: Definition,
  own: Fields,
  {schemas}: Knowledge,
  stored: ReadonlyMap<string, Fields> = new Map(),
): ReadonlyMap<string, Resource> {
  const scope = scopeOf(template, parameters, files, own);
  const entries = Object.entries(fields(template['resources'])).map(([name, raw]): [string, Resource] => {
    const row = fields(raw);
    const type = text(row['type']);
    const properties = stored.get(name) ?? fields(settled(fields(row['properties']), scope));
    const schema = schemas.get(type);
    const rest = otherParts.map((part): [string, unknown] => {
      const value = settled(row[part], scope);
      return [part, part === 'depends_on' && typeof value === 'string' ? [value] : value];
    });
    return [
      name,
      {
        name,
        type,
        properties,
        whole: schema === undefined ? properties : propertiesOf(schema, properties, text(row['description'])),
        deletionPolicy: text(row['deletion_policy']),
        externalId: settled(row['external_id'], scope),
        rest: Object.fromEntries(rest),
        holds: holds(row['condition'], scope),
      },
    ];
  });
  return new Map(entries);
}

function judgeAll(
  before: StackState,
  then: ReadonlyMap<string, Resource>,
  now: ReadonlyMap<string, Resource>,
  known: Knowledge,
  {definition: {files}, groups, members, were}: Grouped & {readonly were: Grouped['members']},
): readonly Forecasted[] {
  const judged = new Map<string, Forecasted>();
  const busy = new Set<string>();
  const nameOf = new Map(
    [...before.resources].filter(([, {id}]) => id !== '').map(([name, {id}]) => [id, name]),
  );
  const filesDiffer = JSON.stringify(sorted(before.files)) !== JSON.stringify(sorted(files));

  const judge = (name: string): Forecasted | undefined => {
    const found = judged.get(name);
    const resource = now.get(name);
    // A circle is refused by Heat before anything happens.
    if (found !== undefined || resource === undefined || busy.has(name)) return found;
    busy.add(name);
    const result = judgeOne(resource);
    busy.delete(name);
    judged.set(name, result);
    return result;
  };

  const references: References = {
    resource(name) {
      const fate = judge(name);
      if (fate === undefined) return 'maybe';
      if (!isMadeAnew(fate.fate)) return 'same';
      if (isReferredByName(fate.type) && fate.fate === 'replaced') return sameName(name);
      return fate.sure ? 'changed' : 'maybe';
    },
    attribute(name) {
      const fate = judge(name);
      if (fate?.fate === 'unchanged') return 'same';
      return fate !== undefined && isMadeAnew(fate.fate) && fate.sure ? 'changed' : 'maybe';
    },
    before: name => before.resources.get(name)?.id,
    stored(value, reference) {
      const fate = judge(reference.name);
      if (fate === undefined) return 'maybe';
      if (reference.kind === 'attribute') {
        const attributes = before.attributes.get(reference.name);
        if (fate.fate !== 'unchanged' || attributes === undefined) return 'maybe';
        return compare(value, at(attributes, reference.args), references);
      }
      const verdict = references.resource(reference.name);
      if (verdict !== 'same') return verdict;
      const {id} = fate;
      return id === value ? 'same' : hasOtherReference(fate.type) ? 'maybe' : 'changed';
    },
    idOf: known.idOf,
  };

  const sameName = (name: string): Verdict =>
    compare(then.get(name)?.properties['name'], now.get(name)?.properties['name'], references);

  const judgeOne = (resource: Resource): Forecasted => {
    const {name, type, whole} = resource;
    const there = before.resources.get(name);
    const old = then.get(name);
    const base = {name, type, id: there?.id ?? '', sure: true, causes: []};
    if (resource.holds === false) {
      return {...base, ...goes(name), fate: isMade(there) ? 'deleted' : 'unchanged'};
    }
    const sure = resource.holds === true;
    if (!isMade(there)) {
      const causes = there === undefined ? [] : [because('', 'was never made')];
      return {...base, fate: 'added', sure, causes};
    }
    const anew = (causes: readonly Cause[], isSure = true): Forecasted =>
      withDangers({...base, ...goes(name), fate: 'replaced', sure: sure && isSure, causes}, resource, old);
    if (type !== there.type) return anew([because('type', `was ${there.type}`)]);
    const group = members.get(name);
    if (group !== undefined && judge(group)?.fate === 'replaced')
      return anew([because('', `goes with the group ${group}`)]);
    if (old === undefined) return anew([because('', 'the stack has it, but its template does not')], false);
    if (!isSame(old.externalId, resource.externalId)) {
      const fails = {
        why: "Heat can't change external_id",
        hint: 'give the resource another name in the template, or leave external_id as it was',
      };
      return {...base, fate: 'refused', causes: [because('external_id', 'never changes')], fails};
    }
    if (resource.externalId !== undefined) return {...base, fate: 'unchanged'};

    const broken = failure(there, type);
    if (broken !== undefined)
      return anew([because('', broken)], there.physical !== undefined || isCertain(there));
    // Newer releases hide that property.
    if (isAlwaysReplaced(type, resource.properties))
      return anew([because('replacement_policy', 'is REPLACE_ALWAYS')]);

    const schemas = known.schemas.get(type);
    const named = looksNamesUp(type) ? references : {...references, idOf: () => undefined};
    const verdicts = Object.keys(whole).map(property => ({
      property,
      verdict: compare(old.whole[property] ?? null, whole[property] ?? null, named, schemas?.get(property)),
    }));
    const causes = verdicts
      .filter(({verdict}) => verdict !== 'same')
      .map(({property, verdict}): Cause => ({what: property, maybe: verdict === 'maybe'}));
    const changed = new Set(causes.filter(({maybe}) => !maybe).map(({what}) => what));
    const touched = new Set(causes.map(({what}) => what));

    const fixed = [...changed].filter(property => schemas?.get(property)?.immutable === true);
    if (fixed.length > 0) {
      const fails = {
        why: `Heat can't change ${fixed.join(', ')} of ${type}`,
        hint: 'leave it as it is; or take the resource out of the template, deploy, put it back and deploy again',
      };
      return {...base, fate: 'refused', causes, fails};
    }
    const policy = replacing(type, changed, whole, old.whole);
    const forcing = (properties: ReadonlySet<string>): boolean =>
      schemas !== undefined &&
      [...properties].some(property => schemas.get(property)?.updateAllowed !== true);
    if (policy !== undefined || forcing(changed)) return anew(causes);
    if (forcing(touched) || replacing(type, touched, whole, old.whole) !== undefined)
      return anew(causes, false);

    const wiped = wipedBy(resource);
    if (wiped !== undefined) {
      const why = `Heat deletes it when it writes the rules of ${wiped.name}; it is made again`;
      return {...anew([because('', why)], wiped.sure), mark: true};
    }
    const refused = refusing(type, changed, whole, old.whole);
    if (refused !== undefined)
      return {...base, fate: 'refused', causes, fails: {why: refused, hint: 'leave the size as it is'}};
    const nested = groups.get(name);
    if (nested !== undefined && causes.length === 0) {
      const isAlike = isDeepSame(
        templateIn(before.files[nested.file] ?? ''),
        templateIn(files[nested.file] ?? ''),
      );
      if (isAlike) return {...base, fate: 'unchanged'};
      return {...base, fate: 'updated', causes: [because('', `${nested.file} changed`)]};
    }
    if (causes.length > 0) {
      const loses = lostInPlace(type, touched, whole);
      return {
        ...base,
        fate: 'updated',
        sure: sure && changed.size > 0 && schemas !== undefined,
        causes,
        ...(loses === undefined ? {} : {loses}),
      };
    }
    if (isNested(type)) {
      if (!filesDiffer && schemas !== undefined) return {...base, fate: 'unchanged'};
      const loses = 'whatever is replaced in its stack';
      return {
        ...base,
        fate: 'updated',
        sure: false,
        causes: [because('', 'files of the bundle changed')],
        loses,
      };
    }
    // Written another way, Heat goes through an update that comes to nothing.
    const rewritten: Cause[] = [
      ...(compare(old.properties, resource.properties, references) === 'same'
        ? []
        : [because('properties', 'are written another way, to the same effect')]),
      ...otherParts
        .filter(part => compare(old.rest[part], resource.rest[part], references) !== 'same')
        .map(part => ({what: part, maybe: false})),
    ];
    return {...base, fate: rewritten.length > 0 ? 'updated' : 'unchanged', causes: rewritten};
  };

  /** The group whose changed rules take this rule away. Proof: heat `neutron/security_group.py`, `_delete_rules`. */
  const wipedBy = ({type, properties}: Resource): Forecasted | undefined => {
    if (type !== 'OS::Neutron::SecurityGroupRule') return undefined;
    const group = properties['security_group'];
    const name =
      group instanceof Unsettled && group.kind === 'resource' ? group.name : nameOf.get(text(group));
    const fate = name === undefined ? undefined : judge(name);
    return fate?.fate === 'updated' && fate.causes.some(({what}) => what === 'rules') ? fate : undefined;
  };

  /** What is lost with a resource that goes. */
  const goes = (name: string): {readonly loses?: string} => {
    const there = before.resources.get(name);
    if (there === undefined || there.id === '') return {};
    const old = then.get(name);
    const loses = lostWith(there.type, old?.properties ?? {}, old?.deletionPolicy ?? '');
    return loses === undefined ? {} : {loses};
  };

  /** A new server can't have the disks that the old one holds, and the old one goes only when the new one is there. */
  const withDangers = (
    fate: Forecasted,
    {type, properties}: Resource,
    old: Resource | undefined,
  ): Forecasted => {
    if (type !== 'OS::Nova::Server' || old === undefined) return fate;
    const {status = 'ACTIVE'} = before.resources.get(fate.name)?.physical ?? {};
    const kept = volumesOf(properties, false).filter(
      volume =>
        volumesOf(old.properties, false)
          .map(one => nameOf.get(one) ?? one)
          .includes(volume) && !isMadeAnew(judge(volume)?.fate),
    );
    if (kept.length === 0 || status === 'ERROR' || !fate.sure) return fate;
    const why = `a new server can't be built on ${kept.join(', ')} while the old one has it, and Heat builds the new one first`;
    const going = volumesOf(old.properties, true).some(volume => kept.includes(nameOf.get(volume) ?? volume));
    const hint = `leave ${
      fate.causes
        .map(({what}) => what)
        .filter(what => what !== '')
        .join(', ') || 'it'
    } as it was; or take the server out of the template, deploy, put it back and deploy again${going ? ' (its volume has delete_on_termination and goes with it: take that out first, or back the volume up)' : ''}`;
    return {...fate, fails: {why, hint}};
  };

  const results: Forecasted[] = [];
  for (const [name, resource] of now) {
    const fate = judge(name);
    // One that its condition leaves out, before and now, is nobody's business.
    if (fate !== undefined && (resource.holds !== false || fate.fate === 'deleted')) results.push(fate);
  }
  for (const [name, there] of before.resources) {
    if (now.has(name) || !isMade(there)) continue;
    const group = were.get(name);
    // Heat alone can tell what is in it now.
    if (group !== undefined && now.has(group) && !groups.has(group)) continue;
    results.push({
      name,
      type: there.type,
      id: there.id,
      fate: 'deleted',
      sure: true,
      causes: [],
      ...goes(name),
    });
  }
  return results;
}

function because(what: string, why: string): Cause {
  return {what, maybe: false, why};
}

function isMadeAnew(fate: Fate | undefined): boolean {
  return fate === 'replaced' || fate === 'added' || fate === 'deleted';
}

/** Heat makes a resource that it never got to, or that came to nothing, without anything being replaced. */
function isMade(there: Existing | undefined): there is Existing {
  if (there === undefined) return false;
  if (there.status === 'INIT_COMPLETE' || there.status === 'DELETE_COMPLETE') return false;
  return there.id !== '' || there.status.endsWith('_COMPLETE');
}

/** Why Heat replaces it although nothing of it changed; undefined where it doesn't. */
function failure({status, physical}: Existing, type: string): string | undefined {
  if (!status.endsWith('_FAILED')) return undefined;
  // Nested stacks decide for their own resources.
  if (isNested(type)) return undefined;
  if (status === 'CHECK_FAILED') return 'is CHECK_FAILED';
  const rule = failedRule(type);
  if (rule === 'replace' || physical === undefined) return `is ${status}`;
  if (!physical.there) return `is ${status}, and gone`;
  return isBeyondRepair(rule, physical.status)
    ? `is ${status}, and ${physical.status} in its service`
    : undefined;
}

function isCertain({status}: Existing): boolean {
  return status === 'CHECK_FAILED' || status === 'CREATE_FAILED';
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

function at(value: unknown, path: readonly unknown[]): unknown {
  let found = value;
  for (const step of path)
    found = Array.isArray(found) ? (found as readonly unknown[])[Number(step)] : fields(found)[String(step)];
  return found;
}

function sorted(files: Definition['files']): readonly (readonly [string, string])[] {
  return Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Changes that touch no resource, but that the stack is to know. */
function stackChanges(before: StackState, after: Definition): readonly string[] {
  const parts = [
    'heat_template_version',
    'description',
    'outputs',
    'parameters',
    'conditions',
    'parameter_groups',
  ] as const;
  const changes: string[] = parts.filter(part => !isDeepSame(before.template[part], after.template[part]));
  const [old, fresh] = [valuesOf(before), valuesOf(after)];
  for (const name of Object.keys(fresh)) {
    if (old[name] instanceof Unsettled || isDeepSame(old[name], fresh[name])) continue;
    changes.push(`parameter ${name}`);
  }
  return changes;
}

function valuesOf({template, parameters}: Definition): Fields {
  return scopeOf(template, parameters, {}, {}).parameters;
}

/** Whatever the order of keys; empty and absent are one. */
function isDeepSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a) ?? {}) === JSON.stringify(ordered(b) ?? {});
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null || value instanceof Unsettled) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item)]));
}
