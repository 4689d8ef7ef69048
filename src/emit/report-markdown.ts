/** The fidelity ledger for people (report.md). */
import type {Report, ReportLoss, StepWord} from '../model/bundle.ts';
import {isAbsence, mergedGaps, type Gap} from '../model/inventory.ts';
import {printable} from '../model/printable.ts';

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
    '| kind | rows | resources | inside others | by steps | lost | not ours |',
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
  const {folds = [], unfolded = []} = report;
  if (folds.length > 0) lines.push('', '## Folded: what is one group', '');
  for (const {name, members} of folds)
    lines.push(`- ${name} (${members.length}): ${members.map(text).join(', ')}`);
  if (unfolded.length > 0) lines.push('', '## Not folded, though alike', '');
  for (const {members, reason} of unfolded) lines.push(`- ${members.map(text).join(', ')}: ${text(reason)}`);
  lines.push(...section('Losses: what the clone will not have', report.losses));
  lines.push(...section("Left out: not this project's to rebuild", report.skipped));
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

function gapLines(title: string, gaps: readonly Gap[]): readonly string[] {
  if (gaps.length === 0) return [];
  const lines = mergedGaps(gaps).map(
    ({kinds, service, detail}) => `- ${kinds.join(', ')} (${service}): ${text(detail)}`,
  );
  return ['', `## ${title}`, '', ...lines];
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

/** A cloud's text in Markdown: no markup of its own. */
function text(value: string): string {
  return printable(value)
    .replace(/[\\`*_{}[\]<>#|~]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;');
}
