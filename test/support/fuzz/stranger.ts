/** Bundles as a stranger could have made them: one of ours, with files changed, cut, swapped or led astray. */
import {mkdir, rm, symlink, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import fc from 'fast-check';
import type {Bundle} from '../../../src/model/bundle.ts';
import {isPlainObject} from '../../../src/model/value.ts';
import {bait, hostileValue} from './mutate.ts';

/** What is done to one file of a bundle; numbers choose among what is there. */
export type Tampering =
  | {readonly do: 'value'; readonly file: number; readonly path: readonly number[]; readonly value: unknown}
  | {readonly do: 'line'; readonly file: number; readonly at: number; readonly text: string}
  | {readonly do: 'cut'; readonly file: number; readonly at: number}
  | {readonly do: 'swap'; readonly file: number; readonly other: number}
  | {readonly do: 'link'; readonly file: number; readonly to: string}
  | {readonly do: 'folder'; readonly file: number}
  | {readonly do: 'remove'; readonly file: number}
  | {readonly do: 'reach'; readonly at: number; readonly call: string};

const file = fc.nat(20);
const at = fc.nat(10_000);

export const tampering: fc.Arbitrary<Tampering> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('value' as const),
      file,
      path: fc.array(fc.nat(60), {minLength: 1, maxLength: 6}),
      value: hostileValue,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({do: fc.constant('line' as const), file, at, text: fc.constantFrom(...bait)}),
  },
  {weight: 2, arbitrary: fc.record({do: fc.constant('cut' as const), file, at})},
  {weight: 1, arbitrary: fc.record({do: fc.constant('swap' as const), file, other: file})},
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('link' as const),
      file,
      to: fc.constantFrom('/etc/passwd', '../outside.txt', '/dev/zero', '/', '.', 'nowhere'),
    }),
  },
  {weight: 1, arbitrary: fc.record({do: fc.constant('folder' as const), file})},
  {weight: 1, arbitrary: fc.record({do: fc.constant('remove' as const), file})},
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('reach' as const),
      at,
      call: fc.constantFrom(
        '{ get_file: ../outside.txt }',
        '{ get_file: /etc/passwd }',
        "{ get_file: 'file:///etc/passwd' }",
        "{ get_file: 'http://127.0.0.1:1/x' }",
        '{ get_file: files/../../outside.txt }',
      ),
    }),
  },
);

/** Writes the bundle as it would be found. */
export async function writeTampered(
  dir: string,
  bundle: Bundle,
  tamperings: readonly Tampering[],
): Promise<void> {
  const texts = new Map(bundle.map(({path, text}) => [path, text]));
  const paths = [...texts.keys()];
  const pick = (number: number): string => paths[number % paths.length] ?? '';
  const special: {readonly path: string; readonly how: Tampering}[] = [];
  for (const how of tamperings) {
    const path = how.do === 'reach' ? 'template.yaml' : pick(how.file);
    const text = texts.get(path) ?? '';
    if (how.do === 'value') texts.set(path, withValue(text, how.path, how.value) ?? text);
    else if (how.do === 'line') texts.set(path, withLine(text, how.at, how.text));
    else if (how.do === 'cut') texts.set(path, text.slice(0, how.at % (text.length + 1)));
    else if (how.do === 'swap') texts.set(path, texts.get(pick(how.other)) ?? '');
    else if (how.do === 'reach') texts.set(path, withCall(text, how.at, how.call));
    else special.push({path, how});
  }
  for (const [path, text] of texts) {
    await mkdir(dirname(join(dir, path)), {recursive: true});
    await writeFile(join(dir, path), text);
  }
  for (const {path, how} of special) {
    await rm(join(dir, path), {recursive: true, force: true});
    if (how.do === 'link') await symlink(how.to, join(dir, path));
    if (how.do === 'folder') await mkdir(join(dir, path));
  }
}

/** Of a JSON file one value replaced; undefined where it is none. */
function withValue(text: string, path: readonly number[], value: unknown): string | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  let at: unknown = data;
  for (const [index, number] of path.entries()) {
    if (!Array.isArray(at) && !isPlainObject(at)) break;
    const keys = Object.keys(at);
    const key = keys[number % keys.length];
    if (key === undefined) break;
    const inner: unknown = (at as Record<string, unknown>)[key];
    if (index < path.length - 1 && typeof inner === 'object' && inner !== null) at = inner;
    else {
      (at as Record<string, unknown>)[key] = value;
      break;
    }
  }
  return JSON.stringify(data);
}

/** A line in the place of one, with the same margin. */
function withLine(text: string, at: number, line: string): string {
  const lines = text.split('\n');
  const index = at % lines.length;
  const margin = /^ */.exec(lines[index] ?? '')?.[0] ?? '';
  lines.splice(index, at % 2, `${margin}${at % 3 === 0 ? 'key: ' : ''}${line}`);
  return lines.join('\n');
}

/** One value of a template replaced. */
function withCall(template: string, at: number, call: string): string {
  const lines = template.split('\n');
  const places = [...lines.keys()].filter(index => /^ {6,}\w+: \S/.test(lines[index] ?? ''));
  const index = places[at % Math.max(1, places.length)] ?? 0;
  lines[index] = (lines[index] ?? '').replace(/: .*/, () => `: ${call}`);
  return lines.join('\n');
}
