/** A scene as SVG: no script, no font, no address of anything outside; light and dark by the reader's choice. */
import {markupText} from '../../model/markup.ts';
import {printable} from '../../model/printable.ts';
import {crowdLabel, crowdsOf, type Crowd} from '../alike.ts';
import {rangesText} from '../labels.ts';
import {layoutsOf, sizes, type Layout, type PlacedCrowd, type PlacedLane} from '../layout.ts';
import type {Device, Scene, Thing} from '../scene-types.ts';

/** What a drawing looks like; a page has it before its own style. */
export const svgStyle = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --paper: #fff; --box: #f3f5f7; --line: #8a94a0; --bad: #c62828 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #9aa4af; --paper: #12161a; --box: #1f262d; --line: #66717d; --bad: #ff6b6b } }
text { font: 13px system-ui, sans-serif; fill: var(--ink) }
.soft, .leg { font-size: 11px; fill: var(--soft) }
.paper { fill: var(--paper) }
.box { fill: var(--box); stroke: var(--line) }
.wire { stroke: var(--line); stroke-width: 1.5; fill: none }
.serves { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 2 4; fill: none }
.outside { opacity: .55 }
.step .box { stroke-dasharray: 5 3 }
.lost .box, rect.lost { stroke: var(--bad); stroke-dasharray: 5 3 }
.lost .name { fill: var(--bad) }
`;

/** Told apart by shade as well, for those who see no colours. */
const hues = ['#2f6fb3', '#b3542f', '#3a8a4d', '#8a4fa3', '#a08a1e', '#1f8a8a', '#a33f6b', '#5a6b7d'];

const names: Readonly<Record<string, string>> = {
  router: 'router',
  server: 'server',
  load_balancer: 'load balancer',
  port: 'port',
};

/** Of the lines below the drawing. */
const lineHeight = 18;

/** A file of its own. */
export function svgText(scene: Scene): string {
  return drawn(scene, [`<style>${svgStyle}</style>`]);
}

/** The same without its style, for a document that has `svgStyle`. */
export function svgElement(scene: Scene): string {
  return drawn(scene, []);
}

/**
 * Parts have the keys of the things that they stand for in `data-keys`, a list in JSON; what belongs to a box has its
 * number (`data-box`) in `data-of`.
 */
function drawn(scene: Scene, head: readonly string[]): string {
  const crowds = crowdsOf(scene);
  const numbers: Numbers = new Map(crowds.map((crowd, index) => [crowd, index]));
  const bands = layoutsOf(scene.lanes, crowds);
  const loose = looseLines(scene.loose);
  const parts: string[] = [];
  let below = 0;
  for (const band of bands) {
    parts.push(`<g transform="translate(0 ${below})">`, ...bandOf(band, numbers), '</g>');
    below += band.height;
  }
  const width = Math.max(640, ...bands.map(band => band.width));
  const height = below + 2 * sizes.margin + loose.length * lineHeight;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">`,
    `<title id="title">${markupText(`Topology of ${scene.project}`)}</title>`,
    ...head,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...parts,
    ...loose.map((line, index) => {
      const y = below + sizes.margin + index * lineHeight;
      return `<text class="soft" x="${sizes.margin}" y="${y}">${markupText(cut(line, 150))}</text>`;
    }),
    '</svg>',
  ].join('\n')}\n`;
}

/** By crowd: what its parts call it. */
type Numbers = ReadonlyMap<Crowd, number>;

/** Wires lie below lanes, so that one that only crosses a lane does not seem to end there. */
function bandOf(band: Layout, numbers: Numbers): readonly string[] {
  const belonging = (of: Crowd, parts: readonly string[]): readonly string[] =>
    parts.length === 0 ? [] : [`<g data-of="${numbers.get(of)}">${parts.join('')}</g>`];
  const where = new Map(band.crowds.flatMap(one => one.crowd.members.map(({key}) => [key, one] as const)));
  return [
    ...band.crowds.flatMap(one => belonging(one.crowd, servesOf(one, where))),
    ...band.crowds.flatMap(one => belonging(one.crowd, wiresOf(one, band))),
    ...band.lanes.map((lane, index) => laneOf(lane, index, band)),
    ...band.crowds.map(one => boxOf(one, numbers.get(one.crowd))),
    ...band.crowds.flatMap(one => belonging(one.crowd, dotsOf(one, band))),
  ];
}

function laneOf({lane, x}: PlacedLane, index: number, {top, height, width, lanes}: Layout): string {
  const wide = (lanes[index + 1]?.x ?? width) - x > sizes.narrow + sizes.margin;
  const name = `<text class="name" x="${x}" y="${top - 34}">${markupText(cut(lane.label, wide ? 38 : 15))}</text>`;
  const ranges = `<text class="soft" x="${x}" y="${top - 18}">${markupText(cut(rangesText(lane), wide ? 44 : 17))}</text>`;
  const bar = `<rect class="${lane.standing}" x="${x}" y="${top - 8}" width="${sizes.lane}" height="${height - top - sizes.margin + 8}" rx="3" fill="${hueOf(index)}"/>`;
  return group(lane, {title: `network ${lane.label}`, keys: [lane.key], box: undefined}, [bar, name, ranges]);
}

function boxOf({crowd, x, y, height}: PlacedCrowd, box: number | undefined): string {
  const {first, members} = crowd;
  const {width} = sizes.box;
  const behind =
    members.length === 1
      ? []
      : [
          `<rect class="box" x="${x + 5}" y="${y + 5}" width="${width}" height="${height}" rx="${roundness(first)}"/>`,
        ];
  const parts = [
    ...behind,
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="${roundness(first)}"/>`,
    `<text class="name" x="${x + 10}" y="${y + 18}">${markupText(cut(crowdLabel(crowd), 20))}</text>`,
    `<text class="soft" x="${x + 10}" y="${y + 35}">${markupText(cut(underneath(first), 24))}</text>`,
  ];
  const labels = members.map(member => member.label).join(', ');
  const title = `${names[first.kind] ?? first.kind} ${labels}`;
  return group(first, {title, keys: members.map(({key}) => key), box}, parts);
}

/** What a box says in its second line. */
function underneath({kind, volumes, groups}: Device): string {
  const parts = [
    ...(kind === 'server' ? [] : [names[kind] ?? kind]),
    ...(volumes.length === 0 ? [] : [volumes.length === 1 ? '1 volume' : `${volumes.length} volumes`]),
    ...groups.map(({label}) => label),
  ];
  return parts.join(' · ');
}

function roundness({kind}: Device): number {
  return kind === 'router' ? 22 : kind === 'port' ? 12 : 4;
}

function wiresOf({crowd, x, legs}: PlacedCrowd, {lanes}: Layout): readonly string[] {
  return legs.flatMap(({lane, nic, y}) => {
    const at = lanes[lane]?.x ?? 0;
    const isLeft = at < x;
    const [from, to] = isLeft ? [at + sizes.lane, x] : [x + sizes.box.width, at];
    const wire = `<path class="wire ${crowd.first.standing}" d="M${from} ${y}H${to}"/>`;
    const leg = crowd.members.length > 1 ? undefined : crowd.first.nics[nic];
    if (leg === undefined) return [wire];
    const side = isLeft ? `x="${from + 6}"` : `x="${to - 6}" text-anchor="end"`;
    const inner = leg.addresses.join(', ');
    const outer = leg.floating.map(({address}) => address).join(', ');
    const said = (text: string, down: number, more = ''): readonly string[] =>
      text === ''
        ? []
        : [`<text class="leg" ${side} y="${y + down}"${more}>${markupText(cut(text, 15))}</text>`];
    const floating = ` ${keysOf(leg.floating.map(({key}) => key))}`;
    // An address from outside stands below the wire.
    return [wire, ...said(inner, -4), ...said(outer, 13, floating)];
  });
}

/** Where a leg is plugged in: a lane that it only crosses has none. */
function dotsOf({legs, x}: PlacedCrowd, {lanes}: Layout): readonly string[] {
  return legs.map(({lane, y}) => {
    const at = lanes[lane]?.x ?? 0;
    const edge = at < x ? at + sizes.lane : at;
    return `<circle cx="${edge}" cy="${y}" r="4" fill="${hueOf(lane)}"/>`;
  });
}

/** @param where Boxes of the band by their things. */
function servesOf(from: PlacedCrowd, where: ReadonlyMap<string, PlacedCrowd>): readonly string[] {
  const x = from.x + sizes.box.width / 2;
  const served = new Set(from.crowd.first.serves.flatMap(key => where.get(key) ?? []));
  return [...served].map(
    to =>
      `<path class="serves" d="M${x} ${from.y + from.height / 2}L${to.x + sizes.box.width / 2} ${to.y + to.height / 2}"/>`,
  );
}

/** What touches no network, a line for each kind. */
function looseLines(loose: readonly Thing[]): readonly string[] {
  const kinds = new Map<string, string[]>();
  for (const {kind, label} of loose) kinds.set(kind, [...(kinds.get(kind) ?? []), label]);
  return [...kinds].map(([kind, labels]) => {
    const shown = labels.slice(0, 12).join(', ');
    const more = labels.length > 12 ? `, … (${labels.length})` : '';
    return `${kind.replaceAll('_', ' ')}: ${shown}${more}`;
  });
}

function group(
  {standing}: Thing,
  {title, keys, box}: {title: string; keys: readonly string[]; box: number | undefined},
  parts: readonly string[],
): string {
  const number = box === undefined ? '' : ` data-box="${box}"`;
  return `<g class="${standing} thing" ${keysOf(keys)}${number}><title>${markupText(title)}</title>${parts.join('')}</g>`;
}

/** Keys are to be found again as they are: nothing in them is made readable, all that isn't plain is escaped. */
function keysOf(keys: readonly string[]): string {
  const json = JSON.stringify(keys).replaceAll(
    /[^ -~]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `data-keys="${json.replaceAll(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)}"`;
}

function hueOf(lane: number): string {
  return hues[lane % hues.length] ?? '#5a6b7d';
}

function cut(text: string, most: number): string {
  const plain = printable(text);
  const characters = Array.from(plain);
  return characters.length <= most ? plain : `${characters.slice(0, most - 1).join('')}…`;
}
