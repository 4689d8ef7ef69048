/** The registry's own examples, related as a project would be. */
import type {AnySpec, Example} from '../../src/model/define.ts';
import {relate} from '../../src/relate/index.ts';
import {registry} from '../../src/resources/index.ts';
import {inventoryOf} from './inventory.ts';

export function examplesOf(spec: AnySpec): readonly Example<object>[] {
  return [spec.example, ...(spec.moreExamples ?? [])];
}

/** The example's row as a row of its kind, also where it is a part of another row in real life. */
export function relateExample(spec: AnySpec, example: Example<object>) {
  const {parts: _parts, ...alone} = spec;
  const specs = registry.map(other => (other.kind === spec.kind ? alone : other));
  const rows = {...example.with, [spec.kind]: [example.row, ...(example.with?.[spec.kind] ?? [])]};
  return relate(inventoryOf(rows, example.extensions === undefined ? {} : {extensions: example.extensions}), {
    specs,
    stacks: example.stacks,
  });
}
