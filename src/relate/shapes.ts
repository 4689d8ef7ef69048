/** What JSON type each field of a kind has, by its examples: a value of another type is read by nobody. */
import type {AnySpec} from '../model/define.ts';
import type {Row} from '../model/inventory.ts';

type Shape = 'string' | 'number' | 'boolean' | 'list' | 'map';
type Shapes = ReadonlyMap<string, ReadonlySet<Shape>>;

const cache = new WeakMap<AnySpec, Shapes>();

/** @returns why the field's value can't be used, or undefined. null and absent fit everywhere. */
export function misshapen(spec: AnySpec, row: Row, field: string): string | undefined {
  const value = shapeOf(row[field]);
  const known = shapesOf(spec).get(field);
  if (value === undefined || known === undefined || known.has(value)) return undefined;
  return `the value is a ${value}, where a ${[...known].join(' or a ')} is expected`;
}

function shapesOf(spec: AnySpec): Shapes {
  let shapes = cache.get(spec);
  if (shapes === undefined) {
    const found = new Map<string, Set<Shape>>();
    for (const {row} of [spec.example, ...(spec.moreExamples ?? [])]) {
      for (const [field, value] of Object.entries(row)) {
        const shape = shapeOf(value);
        if (shape === undefined) continue;
        const known = found.get(field);
        if (known === undefined) found.set(field, new Set([shape]));
        else known.add(shape);
      }
    }
    cache.set(spec, (shapes = found));
  }
  return shapes;
}

function shapeOf(value: unknown): Shape | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'map';
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? (typeof value as Shape)
    : undefined;
}
