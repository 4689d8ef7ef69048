/** The fidelity ledger for people (report.md). */
import type {Report, ReportAddress, ReportLoss, StepWord} from '../model/bundle.ts';
import {byAddress} from '../model/cidr.ts';
import {isAbsence, mergedGaps, type Gap} from '../model/inventory.ts';
import {printable} from '../model/printable.ts';
import {leftOut, type Shape} from '../model/shape.ts';

export function reportMarkdown(report: Report): string {
  const {fields} = report.counts;
  const lines = [
    `# What became of project ${text(report.project)}`,
    '',
    `${report.counts.resources} resources, ${report.counts.parameters} parameters, ${report.steps.length} steps, ${report.losses.length} losses.`,
    '',
    '| fields | |',
    '| --- | ---: |',
    `| exact | ${fields.exact} |`,
    `| derived: the server makes them | ${fields.derived} |`,
    `| parameter | ${fields.parameter} |`,
    `| step: one API call beside the stack | ${fields.step} |`,
    `| lost | ${fields.lost} |`,
    '',
    `| kind | rows | resources | inside others | by steps | lost | ${isChosen(report.shape) ? 'left out' : 'not ours'} |`,
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...Object.entries(report.counts.kinds).map(
      ([kind, n]) =>
        `| ${kind} | ${n.rows} | ${n.resources} | ${n.parts} | ${n.steps} | ${n.lost} | ${n.skipped} |`,
    ),
  ];
  lines.push(
    ...gapLines(
      'Gaps: what could not be read',
      report.gaps.filter(gap => !isAbsence(gap)),
    ),
  );
  if (report.steps.length > 0) {
    lines.push('', '## Steps: what one API call can do and a template cannot', '');
    for (const step of report.steps) {
      lines.push(
        `- ${step.when} the stack, ${text(step.title)} (${about(step)})`,
        '',
        `      openstack ${step.command.map(word).join(' ')}${step.of === undefined ? '' : ` $(openstack ${step.of.map(word).join(' ')})`}`,
        '',
      );
    }
  }
  lines.push(...addressLines(report));
  const {folds = [], unfolded = []} = report;
  if (folds.length > 0) lines.push('', '## Folded: what is one group', '');
  for (const {name, members} of folds)
    lines.push(`- ${name} (${members.length}): ${members.map(text).join(', ')}`);
  if (unfolded.length > 0) lines.push('', '## Not folded, though alike', '');
  for (const {members, reason} of unfolded) lines.push(`- ${members.map(text).join(', ')}: ${text(reason)}`);
  lines.push(...section('Losses: what the clone will not have', report.losses));
  const chosen = report.skipped.filter(({reason}) => reasons.has(reason));
  lines.push(...leftOutLines(report.shape, chosen));
  lines.push(
    ...section(
      "Left out: not this project's to rebuild",
      report.skipped.filter(({reason}) => !reasons.has(reason)),
    ),
  );
  const owned = report.resources.filter(resource => resource.stack !== undefined);
  if (owned.length > 0) {
    lines.push('', '## Owned by a Heat stack in the source', '');
    for (const resource of owned) lines.push(`- ${resource.name}: stack ${text(resource.stack ?? '')}`);
  }
  lines.push(...gapLines('Not there: what the source cloud lacks', report.gaps.filter(isAbsence)));
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

const reasons: ReadonlySet<string> = new Set(Object.values(leftOut));

function isChosen(shape: Shape | undefined): boolean {
  return shape?.select !== undefined || shape?.exclude !== undefined;
}

/** What the user left out, counted: it may be most of the project. */
function leftOutLines(shape: Shape | undefined, skipped: readonly ReportLoss[]): readonly string[] {
  if (!isChosen(shape)) return [];
  const lines = ['', '## Selected by the user', ''];
  if (shape?.select !== undefined) lines.push(`- selected, with what it needs: ${text(shape.select)}`);
  if (shape?.exclude !== undefined) lines.push(`- excluded: ${text(shape.exclude)}`);
  for (const reason of Object.values(leftOut)) {
    const counts = new Map<string, number>();
    for (const {kind, reason: why} of skipped)
      if (why === reason) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const words = [...counts].map(([kind, count]) => `${count} ${kind}`);
    if (words.length > 0) lines.push(`- ${reason}: ${words.join(', ')}`);
  }
  return lines;
}

function gapLines(title: string, gaps: readonly Gap[]): readonly string[] {
  if (gaps.length === 0) return [];
  const lines = mergedGaps(gaps).map(
    ({kinds, service, detail}) => `- ${kinds.join(', ')} (${service}): ${text(detail)}`,
  );
  return ['', `## ${title}`, '', ...lines];
}

function addressLines({addresses = [], shape = {}}: Report): readonly string[] {
  const moved = new Map<string, ReportAddress[]>();
  for (const one of addresses)
    if (one.what === 'moved') moved.set(one.reason, [...(moved.get(one.reason) ?? []), one]);
  const lines = typeof shape.ips === 'object' ? ['', '## Addresses that moved', ''] : [];
  if (typeof shape.ips === 'object') lines.push(`Asked for: ${text(shape.ips.shift.join(', '))}`, '');
  for (const [reason, all] of [...moved].sort(([a], [b]) => byAddress(firstNet(a), firstNet(b)))) {
    const fields = new Map<string, string[]>();
    for (const one of all) fields.set(about(one), [...(fields.get(about(one)) ?? []), text(one.field)]);
    const things = [...fields].map(([thing, names]) => `${thing} (${names.join(', ')})`);
    lines.push(`- ${text(reason)}`, `  (${all.length}) ${things.join(', ')}`);
  }
  const left = addresses.filter(({what}) => what === 'left');
  return [...lines, ...section('Addresses that stay: look at each', left)];
}

function firstNet(reason: string): string {
  return /[\d.:a-f]+(?=\/)/.exec(reason)?.[0] ?? '';
}

/** Grouped by reason, so that a hundred servers of one loss are one paragraph. */
function section(title: string, losses: readonly ReportLoss[]): readonly string[] {
  if (losses.length === 0) return [];
  const groups = new Map<string, ReportLoss[]>();
  for (const loss of losses) {
    const key = `${loss.kind}\0${loss.field}\0${loss.reason}`;
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [loss]);
    else list.push(loss);
  }
  const lines = ['', `## ${title}`, ''];
  for (const list of groups.values()) {
    const [first] = list;
    if (first === undefined) continue;
    const field = first.field === '*' ? '' : ` \`${text(first.field)}\``;
    lines.push(
      `- ${first.kind}${field}: ${text(first.reason)}`,
      `  (${list.length}) ${list.map(about).join(', ')}`,
    );
  }
  return lines;
}

function about(thing: {
  readonly kind: string;
  readonly label: string;
  readonly id: string;
  readonly resource?: string;
}): string {
  return thing.resource ?? (thing.label === '' ? `${thing.kind} ${text(thing.id)}` : text(thing.label));
}

function word(part: StepWord): string {
  if (typeof part !== 'string' && 'joined' in part) return part.joined.map(word).join('');
  if (typeof part !== 'string')
    return 'resource' in part ? `<${part.resource}>` : `<parameter ${part.parameter}>`;
  const shown = printable(part);
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", String.raw`'\''`)}'`;
}

/** A cloud's text in Markdown: no markup of its own, and no address that a reader would make a link of. */
function text(value: string): string {
  return printable(value)
    .replace(/[\\`*_{}[\]<>#|~]|:(?=\/\/)|(?<=\bwww)\./gi, String.raw`\$&`)
    .replaceAll('&', '&amp;');
}
