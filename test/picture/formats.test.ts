import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {parseInventory} from '../../src/store/index.ts';
import {picture} from '../../src/pipeline/index.ts';
import {pictureFormats, pictureText, type Device, type Scene} from '../../src/picture/index.ts';
import {crowdsOf} from '../../src/picture/alike.ts';
import {hostile} from '../support/hostile.ts';
import {largeInventory} from '../support/large-inventory.ts';
import {project} from '../support/random-project.ts';
import {sampleNames, samplesFolder} from '../support/replay/sample.ts';

async function sceneOf(sample: string): Promise<Scene> {
  const path = join(samplesFolder, sample, 'inventory.json');
  return picture(parseInventory(path, await readFile(path, 'utf8')));
}

test('every network and device of the samples is in every form, by its name', async t => {
  for (const sample of ['web', 'gaps']) {
    const scene = await sceneOf(sample);
    for (const format of pictureFormats) {
      const text = pictureText(scene, format);
      for (const {label} of [...scene.lanes, ...scene.devices])
        t.true(text.includes(label), `${sample} ${format} ${label}`);
    }
  }
});

test('the same rows in any order give the same picture', t => {
  fc.assert(
    fc.property(
      project.chain(inventory =>
        fc.tuple(
          fc.constant(inventory),
          fc.record(
            Object.fromEntries(
              Object.entries(inventory.rows).map(([kind, rows]) => [
                kind,
                fc.shuffledSubarray([...rows], {minLength: rows.length}),
              ]),
            ),
          ),
        ),
      ),
      ([inventory, rows]) => {
        for (const format of pictureFormats)
          t.is(pictureText(picture({...inventory, rows}), format), pictureText(picture(inventory), format));
      },
    ),
    {numRuns: 30},
  );
});

/** A scene whose every text is bait. */
function baited(text: string): Scene {
  const thing = {key: `server:${text}`, kind: 'server', label: text, standing: 'inside'} as const;
  const lane = `network:${text}`;
  return {
    project: text,
    lanes: [
      {
        ...thing,
        key: lane,
        kind: 'network',
        external: true,
        subnets: [{key: 'subnet:a', label: text, cidr: text}],
      },
    ],
    devices: [
      {
        ...thing,
        nics: [{lane, addresses: [text], floating: [{key: 'floating_ip:f', address: text}]}],
        volumes: [{...thing, key: `volume:${text}`, kind: 'volume'}],
        groups: [{...thing, key: 'security_group:g', kind: 'security_group'}],
        serves: [],
      },
    ],
    loose: [{...thing, kind: text}],
  };
}

const baits = [
  ...hostile,
  '</text><script>alert(1)</script>',
  ']]> <!-- "onload="x',
  'a"] --> b["c',
  'a\\',
  'a\\"; b [shape=x]',
  '\u202egnp.exe',
  '\u001b[31mred',
  '#quot;',
  '%%{init: {}}%%',
  'end',
];

test('a name of markup is text in an SVG: no element and no attribute comes of it', t => {
  const plain = tagsOf(pictureText(baited('plain'), 'svg'));
  for (const bait of baits) {
    const text = pictureText(baited(bait), 'svg');
    // Lines that say nothing are left out.
    if (bait.trim() !== '' && plainText(bait).length > 0)
      t.deepEqual(tagsOf(text).slice(0, 12), plain.slice(0, 12), bait);
    t.notRegex(text, /<script|<!--|javascript:|href/i, bait);
    t.notRegex(text.replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}]/u, bait);
  }
});

function plainText(text: string): string {
  return text.replace(/[\p{C}\p{Z}]/gu, '');
}

/** Names of elements, and of their attributes. */
function tagsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<([a-z]+)((?: [a-z-]+="[^"<>]*")*)\/?>/gi)].map(
    ([, name = '', attributes = '']) =>
      `${name} ${[...attributes.matchAll(/([a-z-]+)="[^"]*"/gi)].map(([, attribute]) => attribute).join(' ')}`,
  );
}

test('a name can end no string of Mermaid or DOT', t => {
  for (const bait of baits) {
    const mermaid = pictureText(baited(bait), 'mermaid');
    for (const line of mermaid.trimEnd().split('\n'))
      t.is([...line.matchAll(/"/g)].length % 2, 0, `${bait}: ${line}`);
    t.notRegex(mermaid.replaceAll(/"[^"]*"/g, '""'), /%%|<|>(?!\|)/, bait);
    const dot = pictureText(baited(bait), 'dot');
    for (const line of dot.trimEnd().split('\n'))
      t.notRegex(line.replaceAll(/"(?:[^"\\]|\\.)*"/g, ''), /["\\]/, `${bait}: ${line}`);
  }
});

/** That many servers, told apart by a number. */
function manyServers(count: number): Scene {
  const scene = baited('x');
  const devices: Device[] = [];
  for (const like of scene.devices)
    for (let number = 1; number <= count; number += 1)
      devices.push({...like, key: `server:${number}`, label: `web-${number}`, volumes: []});
  return {...scene, devices};
}

test('more than a few servers that differ by a number are one box', t => {
  t.regex(pictureText(manyServers(40), 'svg'), /web-1 … web-40 \(40\)/);
  const few = pictureText(manyServers(3), 'svg');
  for (const name of ['web-1', 'web-2', 'web-3']) t.true(few.includes(`>${name}<`));
});

test('the samples are drawn without a fault', async t => {
  for (const sample of await sampleNames()) {
    const scene = await sceneOf(sample);
    const svg = pictureText(scene, 'svg');
    t.notRegex(svg, /NaN|undefined|Infinity/, sample);
    t.true(svg.endsWith('</svg>\n'));
  }
});

test('a wide project goes on below: no drawing is wider than its legs make it', t => {
  const scene = baited('x');
  const lanes = Array.from({length: 60}, (_, index) => ({
    key: `network:${index}`,
    kind: 'network',
    label: `net-${index}`,
    standing: 'inside' as const,
    external: false,
    subnets: [],
  }));
  const text = pictureText({...scene, lanes, devices: []}, 'svg');
  const [, width = ''] = / width="(\d+)"/.exec(text) ?? [];
  t.true(Number(width) <= 2400, width);
  for (const {label} of lanes) t.true(text.includes(`>${label}<`), label);
});

test('of a project larger than anyone looks at, servers on the same networks are one box, and none is missing', t => {
  const scene = picture(largeInventory(1200));
  const crowds = crowdsOf(scene);
  t.deepEqual(
    crowds.flatMap(({members}) => members.map(({key}) => key)).sort(),
    scene.devices.map(({key}) => key).sort(),
  );
  const signs = crowds
    .filter(({members}) => members.length > 1)
    .map(({first: {kind, standing, nics}}) => JSON.stringify([kind, standing, nics.map(({lane}) => lane)]));
  t.is(new Set(signs).size, signs.length);
  t.true(crowds.length < scene.devices.length / 2);
});
