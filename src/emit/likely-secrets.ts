/** Places of the project's rows that look as if they held a secret, for the report: user data, and what people wrote beside things. */
import type {ReportSecret} from '../model/bundle.ts';
import type {Node} from '../model/graph.ts';
import {likelySecretOf, likelySecrets} from '../model/likely-secrets.ts';
import {printable} from '../model/printable.ts';
import {leftOut} from '../model/shape.ts';
import {isPlainObject} from '../model/value.ts';

/** Maps whose keys are the users' own words. */
const maps: ReadonlySet<string> = new Set([
  'metadata',
  'properties',
  'labels',
  'volume_image_metadata',
  'extra_specs',
  'environment',
]);

/** Files for a machine's first start, in base64. */
const userData = /(?:^|:)user_data$/;

/** Texts that people write for people. */
const texts: ReadonlySet<string> = new Set(['description', 'display_description']);

/** @returns in the order of the nodes, fields and lines. */
export function likelySecretsOf(
  nodes: Iterable<Node>,
  names: ReadonlyMap<string, string>,
): readonly ReportSecret[] {
  // A hundred servers may have one text.
  const known = new Map<string, readonly Place[]>();
  const found: ReportSecret[] = [];
  for (const node of nodes) {
    const {kind, id, label, key, place} = node;
    // What the user left out is in the inventory all the same; what isn't the project's own is not its to keep.
    if (place.as === 'skipped' && !chosen.has(place.reason)) continue;
    const resource = names.get(key);
    for (const one of placesOf(node, known))
      found.push({kind, id, label, ...(resource === undefined ? {} : {resource}), ...one});
  }
  return found;
}

const chosen: ReadonlySet<string> = new Set(Object.values(leftOut));

type Place = Pick<ReportSecret, 'field' | 'line' | 'why'>;

function* placesOf({row}: Node, known: Map<string, readonly Place[]>): Generator<Place> {
  for (const field of Object.keys(row).filter(isLookedAt).sort()) {
    const value = row[field];
    if (typeof value === 'string') {
      if (userData.test(field)) yield* inUserData(field, value, known);
      else if (texts.has(field)) for (const {why} of likelySecrets(value)) yield {field, why};
    } else if (maps.has(field)) yield* inMap(field, value);
    else if (field === 'headers') yield* inHeaders(field, value);
  }
}

function isLookedAt(field: string): boolean {
  return maps.has(field) || texts.has(field) || field === 'headers' || userData.test(field);
}

function inUserData(field: string, encoded: string, known: Map<string, readonly Place[]>): readonly Place[] {
  const key = `${field} ${encoded}`;
  const places =
    known.get(key) ??
    likelySecrets(Buffer.from(encoded, 'base64').toString('utf8')).map(({line, why}) => ({field, line, why}));
  known.set(key, places);
  return places;
}

function* inMap(field: string, value: unknown): Generator<Place> {
  if (!isPlainObject(value)) return;
  for (const [key, inner] of sorted(value)) {
    if (isPlainObject(inner)) yield* inMap(`${field}.${printable(key)}`, inner);
    else if (typeof inner === 'string' || typeof inner === 'number') {
      const why = likelySecretOf(key, String(inner));
      if (why !== undefined) yield {field: `${field}.${printable(key)}`, why};
    }
  }
}

/** Swift keeps metadata in headers. */
function* inHeaders(field: string, value: unknown): Generator<Place> {
  if (!isPlainObject(value)) return;
  for (const [name, inner] of sorted(value)) {
    if (!/^x-(?:account|container|object)-meta-/.test(name) || typeof inner !== 'string') continue;
    const why = likelySecretOf(name, inner);
    if (why !== undefined) yield {field: `${field}.${printable(name)}`, why};
  }
}

/** Whatever order a service writes its keys in. */
function sorted(map: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}
