/** What an update does to each resource; of one that refers to others it depends on what becomes of them. Pure. */
import {templateIn} from '../../model/expand.ts';
import {fields, text} from '../../model/json.ts';
import {compare, type References, type Verdict} from './compare.ts';
import type {Grouped} from './groups.ts';
import {failure, isMade} from './made.ts';
import {otherParts, type Resource} from './resources.ts';
import {
  hasOtherReference,
  isAlwaysReplaced,
  isNested,
  isReferredByName,
  looksNamesUp,
  lostInPlace,
  lostWith,
  refusing,
  replacing,
  volumesOf,
} from './rules.ts';
import {isDeepSame} from './same.ts';
import type {Cause, Existing, Fate, Forecasted, Knowledge, StackState} from './types.ts';
import {Unsettled} from './values.ts';

export interface Case {
  readonly before: StackState;
  readonly was: ReadonlyMap<string, Resource>;
  readonly now: ReadonlyMap<string, Resource>;
  readonly fresh: Grouped;
  readonly known: Knowledge;
}

/** A resource that both templates have, and that was made. */
interface Kept {
  readonly resource: Resource;
  readonly there: Existing;
  readonly old: Resource;
}

interface Changes {
  readonly causes: readonly Cause[];
  /** Properties that differ. */
  readonly changed: ReadonlySet<string>;
  /** Those and the ones that may. */
  readonly touched: ReadonlySet<string>;
}

export class Judge {
  readonly #case: Case;
  readonly #judged = new Map<string, Forecasted>();
  readonly #busy = new Set<string>();
  /** Logical names by physical id. */
  readonly #nameOf: ReadonlyMap<string, string>;
  readonly #filesDiffer: boolean;

  constructor(one: Case) {
    this.#case = one;
    const {before, fresh} = one;
    this.#nameOf = new Map(
      [...before.resources].filter(([, {id}]) => id !== '').map(([name, {id}]) => [id, name]),
    );
    this.#filesDiffer = !isDeepSame(before.files, fresh.definition.files);
  }

  /** Undefined where the new template doesn't have it. */
  fateOf(name: string): Forecasted | undefined {
    const found = this.#judged.get(name);
    const resource = this.#case.now.get(name);
    // A circle is refused by Heat before anything happens.
    if (found !== undefined || resource === undefined || this.#busy.has(name)) return found;
    this.#busy.add(name);
    const result = this.#judge(resource);
    this.#busy.delete(name);
    this.#judged.set(name, result);
    return result;
  }

  /** What is lost with a resource that goes. */
  lossOf(name: string): {readonly loses?: string} {
    const there = this.#case.before.resources.get(name);
    if (there === undefined || there.id === '') return {};
    const old = this.#case.was.get(name);
    const loses = lostWith(there.type, old?.properties ?? {}, old?.deletionPolicy ?? '');
    return loses === undefined ? {} : {loses};
  }

  readonly #references: References = {
    resource: name => {
      const fate = this.fateOf(name);
      if (fate === undefined) return 'maybe';
      if (!isMadeAnew(fate.fate)) return 'same';
      if (isReferredByName(fate.type) && fate.fate === 'replaced') return this.#sameName(name);
      return fate.sure ? 'changed' : 'maybe';
    },
    attribute: name => {
      const fate = this.fateOf(name);
      if (fate?.fate === 'unchanged') return 'same';
      return fate !== undefined && isMadeAnew(fate.fate) && fate.sure ? 'changed' : 'maybe';
    },
    before: name => this.#case.before.resources.get(name)?.id,
    stored: (value, reference) => {
      const fate = this.fateOf(reference.name);
      if (fate === undefined) return 'maybe';
      if (reference.kind === 'attribute') {
        const attributes = this.#case.before.attributes.get(reference.name);
        if (fate.fate !== 'unchanged' || attributes === undefined) return 'maybe';
        return compare(value, at(attributes, reference.args), this.#references);
      }
      const verdict = this.#references.resource(reference.name);
      if (verdict !== 'same') return verdict;
      return fate.id === value ? 'same' : hasOtherReference(fate.type) ? 'maybe' : 'changed';
    },
    idOf: (constraint, name) => this.#case.known.idOf(constraint, name),
  };

  #sameName(name: string): Verdict {
    const {was, now} = this.#case;
    return compare(was.get(name)?.properties['name'], now.get(name)?.properties['name'], this.#references);
  }

  #judge(resource: Resource): Forecasted {
    const {name, type} = resource;
    const there = this.#case.before.resources.get(name);
    if (resource.holds === false) {
      const fate = isMade(there) ? 'deleted' : 'unchanged';
      return {...start(resource, there), ...this.lossOf(name), fate};
    }
    if (!isMade(there)) {
      const causes = there === undefined ? [] : [because('', 'was never made')];
      return {...start(resource, there), fate: 'added', sure: resource.holds === true, causes};
    }
    const old = this.#case.was.get(name);
    const anew = (cause: Cause, sure = true): Forecasted => this.#anew({resource, there, old}, [cause], sure);
    if (type !== there.type) return anew(because('type', `was ${there.type}`));
    const group = this.#case.fresh.members.get(name);
    if (group !== undefined && this.fateOf(group)?.fate === 'replaced')
      return anew(because('', `goes with the group ${group}`));
    return old === undefined
      ? anew(because('', 'the stack has it, but its template does not'), false)
      : this.#kept({resource, there, old});
  }

  #kept(kept: Kept): Forecasted {
    const {resource, there, old} = kept;
    const base = start(resource, there);
    if (!isDeepSame(old.externalId, resource.externalId)) {
      const fails = {
        why: "Heat can't change external_id",
        hint: 'give the resource another name in the template, or leave external_id as it was',
      };
      return {...base, fate: 'refused', causes: [because('external_id', 'never changes')], fails};
    }
    if (resource.externalId !== undefined) return {...base, fate: 'unchanged'};
    const broken = failure(there, resource.type);
    if (broken !== undefined) return this.#anew(kept, [because('', broken.why)], broken.sure);
    // Newer releases hide that property.
    if (isAlwaysReplaced(resource.type, resource.properties))
      return this.#anew(kept, [because('replacement_policy', 'is REPLACE_ALWAYS')]);
    return this.#changed(kept, this.#changesOf(kept));
  }

  #changesOf({resource: {type, whole}, old}: Kept): Changes {
    const schemas = this.#case.known.schemas.get(type);
    const named = looksNamesUp(type) ? this.#references : {...this.#references, idOf: () => undefined};
    const causes = Object.keys(whole).flatMap((property): Cause[] => {
      const verdict = compare(
        old.whole[property] ?? null,
        whole[property] ?? null,
        named,
        schemas?.get(property),
      );
      return verdict === 'same' ? [] : [{what: property, maybe: verdict === 'maybe'}];
    });
    return {
      causes,
      changed: new Set(causes.filter(({maybe}) => !maybe).map(({what}) => what)),
      touched: new Set(causes.map(({what}) => what)),
    };
  }

  /** By the schemas of its properties, and what its type makes of them. */
  #changed(kept: Kept, changes: Changes): Forecasted {
    const {resource, there, old} = kept;
    const {type, whole} = resource;
    const {causes, changed, touched} = changes;
    const base = start(resource, there);
    const schemas = this.#case.known.schemas.get(type);
    const fixed = [...changed].filter(property => schemas?.get(property)?.immutable === true);
    if (fixed.length > 0) {
      const fails = {
        why: `Heat can't change ${fixed.join(', ')} of ${type}`,
        hint: 'leave it as it is; or take the resource out of the template, deploy, put it back and deploy again',
      };
      return {...base, fate: 'refused', causes, fails};
    }
    const replaces = (properties: ReadonlySet<string>): boolean =>
      replacing(type, properties, whole, old.whole) !== undefined ||
      (schemas !== undefined &&
        [...properties].some(property => schemas.get(property)?.updateAllowed !== true));
    if (replaces(changed)) return this.#anew(kept, causes);
    if (replaces(touched)) return this.#anew(kept, causes, false);
    const wiped = this.#wipedBy(resource);
    if (wiped !== undefined) {
      const why = `Heat deletes it when it writes the rules of ${wiped.name}; it is made again`;
      return {...this.#anew(kept, [because('', why)], wiped.sure), mark: true};
    }
    const refused = refusing(type, changed, whole, old.whole);
    if (refused !== undefined)
      return {...base, fate: 'refused', causes, fails: {why: refused, hint: 'leave the size as it is'}};
    return this.#groupKept(kept, changes) ?? this.#inPlace(kept, changes);
  }

  /** A group whose own properties are as they were: only its nested template may differ. */
  #groupKept({resource, there}: Kept, {causes}: Changes): Forecasted | undefined {
    const {before, fresh} = this.#case;
    const nested = fresh.groups.get(resource.name);
    if (nested === undefined || causes.length > 0) return undefined;
    const base = start(resource, there);
    const [then, now] = [before.files, fresh.definition.files].map(files =>
      templateIn(files[nested.file] ?? ''),
    );
    if (isDeepSame(then, now)) return {...base, fate: 'unchanged'};
    return {...base, fate: 'updated', causes: [because('', `${nested.file} changed`)]};
  }

  #inPlace({resource, there, old}: Kept, {causes, changed, touched}: Changes): Forecasted {
    const {type, whole, holds} = resource;
    const base = start(resource, there);
    const schemas = this.#case.known.schemas.get(type);
    if (causes.length > 0) {
      const loses = lostInPlace(type, touched, whole);
      return {
        ...base,
        fate: 'updated',
        sure: holds === true && changed.size > 0 && schemas !== undefined,
        causes,
        ...(loses === undefined ? {} : {loses}),
      };
    }
    if (isNested(type)) {
      if (!this.#filesDiffer && schemas !== undefined) return {...base, fate: 'unchanged'};
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
      ...(compare(old.properties, resource.properties, this.#references) === 'same'
        ? []
        : [because('properties', 'are written another way, to the same effect')]),
      ...otherParts
        .filter(part => compare(old.rest[part], resource.rest[part], this.#references) !== 'same')
        .map(part => ({what: part, maybe: false})),
    ];
    return {...base, fate: rewritten.length > 0 ? 'updated' : 'unchanged', causes: rewritten};
  }

  #anew(
    {resource, there, old}: Omit<Kept, 'old'> & {readonly old: Resource | undefined},
    causes: readonly Cause[],
    sure = true,
  ): Forecasted {
    const fate: Forecasted = {
      ...start(resource, there),
      ...this.lossOf(resource.name),
      fate: 'replaced',
      sure: sure && resource.holds === true,
      causes,
    };
    const fails = old === undefined ? undefined : this.#heldDisks(fate, resource, old);
    return fails === undefined ? fate : {...fate, fails};
  }

  /** The group whose changed rules take this rule away. Proof: heat `neutron/security_group.py`, `_delete_rules`. */
  #wipedBy({type, properties}: Resource): Forecasted | undefined {
    if (type !== 'OS::Neutron::SecurityGroupRule') return undefined;
    const group = properties['security_group'];
    const name =
      group instanceof Unsettled && group.kind === 'resource' ? group.name : this.#nameOf.get(text(group));
    const fate = name === undefined ? undefined : this.fateOf(name);
    return fate?.fate === 'updated' && fate.causes.some(({what}) => what === 'rules') ? fate : undefined;
  }

  /** A new server can't have the disks that the old one holds, and the old one goes only when the new one is there. */
  #heldDisks(fate: Forecasted, {type, properties}: Resource, old: Resource): Forecasted['fails'] {
    if (type !== 'OS::Nova::Server' || !fate.sure) return undefined;
    const {status = 'ACTIVE'} = this.#case.before.resources.get(fate.name)?.physical ?? {};
    const held = new Set(volumesOf(old.properties, false).map(one => this.#nameOf.get(one) ?? one));
    const kept = volumesOf(properties, false).filter(
      volume => held.has(volume) && !isMadeAnew(this.fateOf(volume)?.fate),
    );
    if (kept.length === 0 || status === 'ERROR') return undefined;
    const going = volumesOf(old.properties, true).some(one => kept.includes(this.#nameOf.get(one) ?? one));
    const causes = fate.causes.map(({what}) => what).filter(what => what !== '');
    return {
      why: `a new server can't be built on ${kept.join(', ')} while the old one has it, and Heat builds the new one first`,
      hint: `leave ${causes.join(', ') || 'it'} as it was; or take the server out of the template, deploy, put it back and deploy again${going ? ' (its volume has delete_on_termination and goes with it: take that out first, or back the volume up)' : ''}`,
    };
  }
}

function start({name, type}: Resource, there: Existing | undefined): Omit<Forecasted, 'fate'> {
  return {name, type, id: there?.id ?? '', sure: true, causes: []};
}

function because(what: string, why: string): Cause {
  return {what, maybe: false, why};
}

function isMadeAnew(fate: Fate | undefined): boolean {
  return fate === 'replaced' || fate === 'added' || fate === 'deleted';
}

function at(value: unknown, path: readonly unknown[]): unknown {
  let found = value;
  for (const step of path)
    found = Array.isArray(found) ? (found as readonly unknown[])[Number(step)] : fields(found)[String(step)];
  return found;
}
