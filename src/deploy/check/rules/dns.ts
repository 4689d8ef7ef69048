/** DNS zones and their records. Proof: designate `central/service.py`; designateclient `v2/recordsets.py`. */
import {repeatsOf} from '../topology.ts';
import {known, type Part, type View} from '../view.ts';
import {type Rule, together} from './rule.ts';

const ZONE = 'OS::Designate::Zone';
const RECORDS = 'OS::Designate::RecordSet';

const zones: Rule = function* ({view}) {
  for (const {name: resource, properties} of view.of(ZONE)) {
    const value = known(properties['name']);
    if (value === undefined || value.endsWith('.')) continue;
    yield {resource, property: 'name', value, verdict: 'lacks the dot at its end', hint: `write ${value}.`};
  }
  for (const [again, first] of repeatsOf(view.of(ZONE), ({properties}) => nameOf(properties['name'])))
    yield {
      resource: again.name,
      property: 'name',
      value: again.properties['name'],
      verdict: `is the zone of ${first.name}`,
      hint: 'a cloud has each zone once: leave one out',
    };
};

function nameOf(value: unknown): string {
  return (known(value) ?? '').toLowerCase();
}

interface Records {
  readonly part: Part;
  readonly zone: Part | undefined;
  readonly zoneName: string;
  /** In full, with its dot; '' where it isn't known. */
  readonly name: string;
  readonly type: string;
}

function recordsOf(view: View): readonly Records[] {
  return view.of(RECORDS).map(part => {
    const {zone: zoneValue, name: nameValue, type} = part.properties;
    const zone = view.target(zoneValue, ZONE);
    const zoneName = nameOf(zone === undefined ? zoneValue : zone.properties['name']);
    const said = nameOf(nameValue);
    // The client puts the zone behind a name without a dot at its end.
    const name = said === '' || said.endsWith('.') ? said : zoneName === '' ? '' : `${said}.${zoneName}`;
    return {part, zone, zoneName: zoneName.endsWith('.') ? zoneName : '', name, type: known(type) ?? ''};
  });
}

const records: Rule = function* ({view}) {
  const all = recordsOf(view);
  const children = view.of(ZONE).map(part => ({part, name: nameOf(part.properties['name'])}));
  for (const {part, zone, zoneName, name, type} of all) {
    if (name === '' || zoneName === '') continue;
    const at = {resource: part.name, property: 'name', value: part.properties['name']};
    if (name !== zoneName && !name.endsWith(`.${zoneName}`)) {
      yield {...at, verdict: `is outside its zone ${zoneName}`, hint: `end it with .${zoneName}`};
      continue;
    }
    if (name === zoneName && type === 'CNAME')
      yield {...at, verdict: 'is the zone itself, which can have no CNAME', hint: 'use A or AAAA records'};
    if (name === zoneName && ['NS', 'SOA'].includes(type))
      yield {
        ...at,
        verdict: `is the zone itself, whose ${type} records Designate makes`,
        hint: 'leave it out',
      };
    if (zone?.properties['type'] === 'SECONDARY')
      yield {
        ...at,
        property: 'zone',
        value: zone.name,
        verdict: 'is a SECONDARY zone, whose records come from its primaries',
        hint: 'leave the record out',
      };
    const child = children.find(
      other =>
        other.part !== zone &&
        other.name.length > zoneName.length &&
        other.name.endsWith(`.${zoneName}`) &&
        (name === other.name || name.endsWith(`.${other.name}`)) &&
        !view.follows(other.part.name, part.name),
    );
    if (child !== undefined)
      yield {
        ...at,
        verdict: `belongs into the zone ${child.name} (${child.part.name}) once that is there`,
        hint: `move it there, or let ${child.part.name} wait for it with depends_on`,
        ...(view.follows(part.name, child.part.name) ? {} : {severity: 'warning' as const}),
      };
  }
};

const twice: Rule = function* ({view}) {
  const all = recordsOf(view).filter(({name, zoneName}) => name !== '' && zoneName !== '');
  for (const [again, first] of repeatsOf(all, ({zoneName, name, type}) => `${zoneName} ${name} ${type}`))
    yield {
      resource: again.part.name,
      property: 'name',
      value: again.part.properties['name'],
      verdict: `has ${again.type} records already: ${first.part.name}`,
      hint: 'put all its records into one resource',
    };
  const byName = new Map<string, Records[]>();
  for (const one of all) {
    const key = `${one.zoneName} ${one.name}`;
    byName.set(key, [...(byName.get(key) ?? []), one]);
  }
  for (const group of byName.values()) {
    const alias = group.find(({type}) => type === 'CNAME');
    const other = group.find(({type}) => type !== 'CNAME');
    if (alias === undefined || other === undefined) continue;
    yield {
      resource: alias.part.name,
      property: 'name',
      value: alias.part.properties['name'],
      verdict: `is a CNAME, but has ${other.type} records too: ${other.part.name}`,
      hint: 'a CNAME stands alone: leave one out',
    };
  }
  for (const {part, type} of recordsOf(view)) {
    const list = part.properties['records'];
    if (type !== 'CNAME' || !Array.isArray(list) || list.length < 2) continue;
    yield {
      resource: part.name,
      property: 'records',
      verdict: `has ${list.length} entries, and a CNAME takes one`,
      hint: 'leave one',
    };
  }
};

export const dns: Rule = together(zones, records, twice);
