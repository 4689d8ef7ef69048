/** Names below zones of the project: a cloud has a zone's name only once, so what is built on it follows it. Pure. */
import type {Scope} from '../../model/define.ts';
import {Given, Joined, Ref} from '../../model/value.ts';
import {zones} from './shared.ts';

interface Zone {
  readonly id: string;
  readonly name: string;
}

interface Cut {
  /** '' for the zone itself; else it ends in a dot, or in a blank before the name. */
  readonly front: string;
  readonly zone: Zone;
}

/** The text without the name of the zone it ends in: the topmost of ours, as the names of those below it follow too. */
export function cut(text: string, scope: Scope): Cut | undefined {
  const found = zonesOf(scope).find(({name}) => endsInZone(text, name));
  return found === undefined ? undefined : {front: text.slice(0, -found.name.length), zone: found};
}

/** Shortest first. */
function zonesOf(scope: Scope): readonly Zone[] {
  return scope.memo('zones', () =>
    scope
      .rows(zones)
      .filter(({id, name}) => name !== '' && scope.place(zones, id)?.as === 'resource')
      .toSorted((a, b) => a.name.length - b.name.length),
  );
}

function endsInZone(text: string, name: string): boolean {
  const [whole, end] = [text.toLowerCase(), name.toLowerCase()];
  return whole.endsWith(end) && /^$|[.\s]$/.test(whole.slice(0, -end.length));
}

export function isBelow(name: string, zoneName: string): boolean {
  return name.length > zoneName.length && endsInZone(name, zoneName);
}

export type Name = string | Given | Joined;

/** The text with the zone's name, if it ends in one of ours, as a parameter. */
export function followed(text: string, scope: Scope): Name {
  const found = cut(text, scope);
  if (found === undefined) return text;
  const {front, zone} = found;
  const given = new Given(`zone:${zone.id}`, {
    prefix: 'zone_name',
    label: zone.name.replace(/\.$/, ''),
    description: `Name of the zone ${zone.name}: a cloud has each only once, and none below another project's`,
    value: zone.name,
  });
  return front === '' ? given : new Joined(front, given);
}

/** What of the text is the same in a clone whose zone has another name. */
export function lasting(text: string, scope: Scope): string | readonly [string, Ref] {
  const found = cut(text, scope);
  return found === undefined ? text : [found.front, new Ref(zones.kind, found.zone.id)];
}
