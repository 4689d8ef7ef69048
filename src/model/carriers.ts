/** Which fields of a row carry a property: what differs in a clone whose template says something else there. */
import {isEmpty, type AnySpec} from './define.ts';
import type {Row} from './inventory.ts';
import {isPlainObject, type Properties} from './value.ts';

/**
 * @param properties Of the thing as it was made of its row.
 * @param place Property, and keys and indexes into it.
 * @returns `own`: fields, or parts of them as `metadata.owner`, that say what stands there; `following`: those that the
 * server derives from it, since no property says them.
 */
export function carriers(
  {properties: sources}: Pick<AnySpec, 'properties'>,
  row: Row,
  properties: Properties,
  place: readonly (string | number)[],
): {readonly own: readonly string[]; readonly following: readonly string[]} {
  const top = String(place[0]);
  const own = ownFields(sources, row, properties, place);
  const following = Object.keys(sources).filter(
    property =>
      property !== top &&
      properties[property] === undefined &&
      !isEmpty(row[property]) &&
      sources[property]?.reads.includes(property) === true &&
      sources[property].reads.some(field => own.includes(field)),
  );
  return {own, following};
}

function ownFields(
  sources: AnySpec['properties'],
  row: Row,
  properties: Properties,
  place: readonly (string | number)[],
): readonly string[] {
  const [top = '', key] = place;
  const source = Object.hasOwn(sources, top) ? sources[top] : undefined;
  if (source === undefined) return Object.hasOwn(row, top) ? [String(top)] : [];
  const {reads} = source;
  // A property reads fields beside its own to look something up: those have properties of their own.
  if (reads.includes(String(top))) return [partOf(row, properties, place)];
  if (typeof key === 'string' && reads.includes(key)) return [key];
  const others = reads.filter(field => !Object.hasOwn(sources, field));
  return others.length > 0 ? others : reads;
}

/** As deep as field and property have the same keys. */
function partOf(row: Row, properties: Properties, place: readonly (string | number)[]): string {
  const names: (string | number)[] = [];
  let field: unknown = row;
  let value: unknown = properties;
  for (const part of place) {
    const isTop = names.length === 0;
    if (typeof part !== 'string' || !isPlainObject(field)) break;
    if (
      !isTop &&
      isPlainObject(value) &&
      !Object.keys(value).every(key => Object.hasOwn(field as object, key))
    )
      break;
    names.push(part);
    field = Object.hasOwn(field, part) ? field[part] : undefined;
    value = isPlainObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return names.join('.');
}
