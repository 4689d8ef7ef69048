/** A scene in Graphviz's language. https://graphviz.org/doc/info/lang.html */
import {printable} from '../../model/printable.ts';
import {legText, rangesText} from '../labels.ts';
import type {Scene, Standing} from '../scene-types.ts';

const shapes: Readonly<Record<string, string>> = {
  router: 'hexagon',
  load_balancer: 'trapezium',
  port: 'ellipse',
};

const styles: Readonly<Record<Standing, string>> = {
  inside: '',
  step: ', style=dashed',
  outside: ', style=dashed, color=gray, fontcolor=gray',
  lost: ', style=dashed, color=red',
};

export function dotText({project, lanes, devices}: Scene): string {
  const lines = [`graph ${quoted(project)} {`, '  rankdir=LR', '  node [shape=box]'];
  for (const lane of lanes) {
    const ranges = rangesText(lane);
    const label = ranges === '' ? quoted(lane.label) : quoted(lane.label, ranges);
    lines.push(`  ${quoted(lane.key)} [label=${label}, shape=box3d${styles[lane.standing]}]`);
  }
  for (const {key, kind, label, standing, nics, volumes} of devices) {
    const shape = shapes[kind] === undefined ? '' : `, shape=${shapes[kind]}`;
    lines.push(`  ${quoted(key)} [label=${quoted(label)}${shape}${styles[standing]}]`);
    for (const [index, nic] of nics.entries()) {
      const ends = kind === 'router' && index > 0 ? [key, nic.lane] : [nic.lane, key];
      lines.push(`  ${ends.map(end => quoted(end)).join(' -- ')} [label=${quoted(legText(nic))}]`);
    }
    for (const volume of volumes)
      lines.push(
        `  ${quoted(volume.key)} [label=${quoted(volume.label)}, shape=cylinder${styles[volume.standing]}]`,
        `  ${quoted(key)} -- ${quoted(volume.key)}`,
      );
  }
  for (const {key, serves} of devices)
    for (const served of serves)
      lines.push(`  ${quoted(key)} -- ${quoted(served)} [style=dotted, dir=forward]`);
  return `${lines.join('\n')}\n}\n`;
}

/** Lines of a string; a backslash would begin an escape of Graphviz's own. */
function quoted(...lines: readonly string[]): string {
  const plain = lines.map(line => printable(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"'));
  return `"${plain.join('\\n')}"`;
}
