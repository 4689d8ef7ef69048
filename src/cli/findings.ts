/** What preflight found, as `check` and `deploy --dry-run` print it. */
import type {Finding} from '../deploy/index.ts';
import {exit} from './exit.ts';
import {rowsText, type RowOptions} from './format/formats.ts';

export async function findingsText(findings: readonly Finding[], options: RowOptions): Promise<string> {
  const table = await rowsText(
    {
      columns: [
        {key: 'severity', title: 'Severity'},
        {key: 'where', title: 'Where'},
        {key: 'what', title: 'What'},
        {key: 'hint', title: 'What to do'},
      ],
      rows: findings.map(finding => ({...finding})),
    },
    options,
  );
  if (options.format !== 'table') return table;
  return `${findings.length === 0 ? '' : table}${verdict(findings)}\n`;
}

function verdict(findings: readonly Finding[]): string {
  const errors = findings.filter(({severity}) => severity === 'error').length;
  const warnings = findings.filter(({severity}) => severity === 'warning').length;
  const also = warnings === 0 ? '' : `, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  if (errors === 0) return `It can be deployed: no errors${also}`;
  return `It can't be deployed: ${errors} ${errors === 1 ? 'error' : 'errors'}${also}`;
}

export function findingsExit(findings: readonly Finding[]): number {
  return findings.some(({severity}) => severity === 'error') ? exit.different : exit.done;
}
