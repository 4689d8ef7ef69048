/** What `adopt` prints: the plan before, the proof after. */
import type {AdoptCheck} from '../deploy/index.ts';
import {mergedGaps} from '../model/inventory.ts';
import {printable} from '../model/printable.ts';
import type {Adoption} from '../pipeline/index.ts';
import {exit} from './exit.ts';
import {dataText, rowsText, type RowOptions} from './format/formats.ts';

export type AdoptFormat = 'table' | 'json' | 'yaml';

export async function planText(plan: AdoptCheck, options: RowOptions): Promise<string> {
  const {format} = options;
  if (format === 'json' || format === 'yaml') return await dataText(planData(plan), format);
  const {adopted, leftOut, findings} = plan;
  const parts = [
    await rowsText(
      {
        columns: [
          {key: 'name', title: 'Resource'},
          {key: 'type', title: 'Type'},
          {key: 'id', title: 'Id'},
          {key: 'what', title: 'What'},
        ],
        rows: [
          ...adopted.map(({name, type, physicalId: id}) => ({name, type, id, what: 'adopted'})),
          ...leftOut.map(({name, type, reason}) => ({name, type, id: '', what: `left out: ${reason}`})),
        ],
      },
      options,
    ),
  ];
  if (findings.length > 0) {
    const columns = [
      {key: 'severity', title: 'Severity'},
      {key: 'where', title: 'Where'},
      {key: 'what', title: 'What'},
      {key: 'hint', title: 'What to do'},
    ];
    parts.push(await rowsText({columns, rows: findings.map(finding => ({...finding}))}, options));
  }
  const errors = findings.filter(({severity}) => severity === 'error').length;
  const count = `${resources(adopted.length)} adopted, ${leftOut.length} left out`;
  const verdict =
    errors === 0
      ? `It can be adopted: ${count}`
      : `It can't be adopted: ${errors} ${errors === 1 ? 'error' : 'errors'}`;
  return `${parts.join('')}${verdict}\n`;
}

/** The plan without parameters: hidden ones are nobody's to print. */
function planData({adopted, leftOut, findings}: AdoptCheck): object {
  return {
    adopted: adopted.map(({name, type, physicalId: id, label}) => ({name, type, id, label})),
    left_out: leftOut.map(({name, type, label, reason}) => ({name, type, label, reason})),
    findings,
  };
}

export async function adoptionText(adoption: Adoption, format: AdoptFormat): Promise<string> {
  const {stack, status, plan, check, update, moved, proof} = adoption;
  if (format !== 'table') {
    const {touched, blind, ...counts} = proof;
    const rows = {...counts, changed: touched, not_read: blind};
    return await dataText({stack: {...stack, status}, ...planData(plan), check, update, moved, rows}, format);
  }
  const {adopted, leftOut} = plan;
  const left = leftOut.length === 0 ? '' : `, ${leftOut.length} left out`;
  const changed = update.done ? update.updated.length : 0;
  const lines = [
    `Stack ${stack.name} (${stack.id}): ${status}, ${resources(adopted.length)} adopted${left}`,
    `Heat's check: ${check.done ? check.status : `left out: ${check.why}`}`,
    `Update with the same template: ${update.done ? `${update.status}, ${resources(changed)} changed` : `left out: ${update.why}`}`,
    `The project before and after: ${proof.rows} rows, ${proof.fields} fields compared, ${proof.touched.length} changed`,
    ...moved.map(name => `Known to Heat by another id than it was given: ${name}`),
    ...(update.done ? update.updated : []).map(name => `Changed by the update: ${name}`),
    ...proof.touched.map(({kind, id, field, what}) =>
      what === 'changed' ? `Changed meanwhile: ${kind} ${id} ${field}` : `Meanwhile ${what}: ${kind} ${id}`,
    ),
    ...mergedGaps(proof.blind).map(({kinds, detail}) => `Not compared: ${kinds.join(', ')}: ${detail}`),
  ];
  return lines.map(line => `${printable(line)}\n`).join('');
}

function resources(count: number): string {
  return `${count} ${count === 1 ? 'resource' : 'resources'}`;
}

/** 4 where something changed or Heat is not content, 3 where not all could be compared. */
export function adoptionExit({check, update, moved, proof}: Adoption): number {
  const isContent =
    (!check.done || check.status === 'CHECK_COMPLETE') &&
    (!update.done || (update.status === 'UPDATE_COMPLETE' && update.updated.length === 0));
  if (!isContent || moved.length > 0 || proof.touched.length > 0) return exit.different;
  return proof.blind.length > 0 ? exit.partial : exit.done;
}
