/** What --timing prints: the requests in the order they ended, and how long they took. */
import type {Exchange} from '../cloud/types.ts';
import {printable} from '../model/printable.ts';
import {tableText} from './format/table.ts';

export function timingText(exchanges: readonly Exchange[]): string {
  const total = exchanges.reduce((sum, {milliseconds}) => sum + milliseconds, 0);
  const rows = exchanges.map(({method, service, path, status, milliseconds}) => [
    `${method} ${service} ${printable(path)}`,
    status === undefined ? 'no answer' : String(status),
    seconds(milliseconds),
  ]);
  rows.push([`Total (${exchanges.length} requests, many at once)`, '', seconds(total)]);
  return tableText({titles: ['Request', 'Status', 'Seconds'], numeric: [false, true, true], rows});
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
