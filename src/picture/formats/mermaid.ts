/** A scene as a Mermaid flowchart: what Markdown viewers draw. https://mermaid.js.org/syntax/flowchart.html */
import {printable} from '../../model/printable.ts';
import {rangesText, legText} from '../labels.ts';
import type {Device, Scene, Standing} from '../scene-types.ts';

/** Shapes by kind of device. */
const shapes: Readonly<Record<string, readonly [string, string]>> = {
  router: ['{{', '}}'],
  load_balancer: ['[/', '\\]'],
  port: ['(', ')'],
};

const classes: Readonly<Record<Exclude<Standing, 'inside'>, string>> = {
  outside: 'opacity:0.5,stroke-dasharray:4',
  step: 'stroke-dasharray:4',
  lost: 'stroke:#c00,stroke-dasharray:4',
};

export function mermaidText({lanes, devices}: Scene): string {
  const ids = new Ids();
  const lines = ['flowchart LR'];
  for (const lane of lanes) {
    const label = lane.subnets.length === 0 ? lane.label : `${lane.label} ${rangesText(lane)}`;
    lines.push(`  ${ids.of(lane.key)}[["${escaped(label)}"]]${classOf(lane.standing)}`);
  }
  for (const device of devices) {
    const [open, close] = shapes[device.kind] ?? ['[', ']'];
    lines.push(
      `  ${ids.of(device.key)}${open}"${escaped(device.label)}"${close}${classOf(device.standing)}`,
      ...legsOf(device, ids),
    );
    for (const volume of device.volumes)
      lines.push(`  ${ids.of(device.key)} --- ${ids.of(volume.key)}[("${escaped(volume.label)}")]`);
  }
  for (const {key, serves} of devices)
    for (const served of serves) lines.push(`  ${ids.of(key)} -.-> ${ids.of(served)}`);
  for (const [name, style] of Object.entries(classes)) lines.push(`  classDef ${name} ${style}`);
  return `${lines.join('\n')}\n`;
}

/** A router leads from an outer network to inner ones: the first leg stands before it. */
function legsOf({key, kind, nics}: Device, ids: Ids): readonly string[] {
  return nics.map((nic, index) => {
    const [lane, device] = [ids.of(nic.lane), ids.of(key)];
    const text = legText(nic);
    const line = text === '' ? '---' : `---|"${escaped(text)}"|`;
    return kind === 'router' && index > 0 ? `  ${device} ${line} ${lane}` : `  ${lane} ${line} ${device}`;
  });
}

function classOf(standing: Standing): string {
  return standing === 'inside' ? '' : `:::${standing}`;
}

/** Mermaid reads markup, its own entities and Markdown inside quotes: all but plain characters are written as codes. */
function escaped(label: string): string {
  return printable(label).replace(
    /[^\p{L}\p{N} .,:/()_-]/gu,
    character => `#${String(character.codePointAt(0))};`,
  );
}

/** Identifiers take letters, digits and _ only; `end` and the like are words of the language. */
class Ids {
  readonly #byKey = new Map<string, string>();
  readonly #taken = new Set<string>();

  of(key: string): string {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const plain = `n_${key.replace(/[^A-Za-z0-9]+/g, '_')}`;
    let id = plain;
    for (let count = 2; this.#taken.has(id); count += 1) id = `${plain}_${count}`;
    this.#taken.add(id);
    this.#byKey.set(key, id);
    return id;
  }
}
