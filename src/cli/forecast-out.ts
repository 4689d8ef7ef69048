/** What an update will do, as `deploy` says it before it does it. */
import type {Fate, Forecast, Forecasted} from '../deploy/index.ts';
import type {Listing} from './format/formats.ts';
import {harmless, type Paint, type Style} from './terminal.ts';

/** In the order they are told. */
const fates: readonly Fate[] = ['refused', 'deleted', 'replaced', 'updated', 'added', 'unchanged'];

const verbs: Readonly<Record<Fate, readonly [sure: string, maybe: string]>> = {
  refused: ['fails', 'fails'],
  deleted: ['delete', 'delete?'],
  replaced: ['replace', 'replace?'],
  updated: ['update', 'update?'],
  added: ['add', 'add?'],
  unchanged: ['keep', 'keep'],
};

/** Whether somebody should say yes to it: it takes something away. */
export function isRisky({fate, loses, causes, id}: Forecasted): boolean {
  if (loses !== undefined) return true;
  // What failed while it was made has nothing to lose.
  if (fate === 'replaced' && causes.some(({why = ''}) => why.startsWith('is CREATE_FAILED'))) return false;
  return (fate === 'deleted' || fate === 'replaced') && id !== '';
}

export function hasRisk({resources}: Forecast): boolean {
  return resources.some(one => isRisky(one));
}

/** As `1 deleted, 2 replaced (1 with its data), 30 unchanged`. */
export function countsOf({resources}: Forecast): string {
  const counts = fates.flatMap(fate => {
    const some = resources.filter(one => one.fate === fate);
    if (some.length === 0) return [];
    const losing = some.filter(({loses}) => loses !== undefined).length;
    return [
      `${some.length} ${fate}${losing === 0 ? '' : ` (${losing} with what ${losing === 1 ? 'it holds' : 'they hold'})`}`,
    ];
  });
  return counts.join(', ') || 'no resources';
}

/** A line for each resource that doesn't stay as it is; in red what holds something that is lost. */
export function forecastText(forecast: Forecast, paint: Paint): string {
  const told = fates.slice(0, -1).flatMap(fate => forecast.resources.filter(one => one.fate === fate));
  const lines = told.map(one => {
    const {name, type, loses, causes} = one;
    const why = causesText(causes);
    const line = harmless(
      `  ${verbs[one.fate][one.sure ? 0 : 1].padEnd(8)} ${name} (${type})${why === '' ? '' : `: ${why}`}${loses === undefined ? '' : `; LOST: ${loses}`}`,
    );
    const style = styleOf(one);
    return style === undefined ? line : paint(style, line);
  });
  if (forecast.stack.length > 0)
    lines.push(harmless(`  update   the stack itself: ${forecast.stack.join(', ')}`));
  lines.push(`Forecast: ${countsOf(forecast)}`);
  return `${lines.join('\n')}\n`;
}

function styleOf({fate, loses}: Forecasted): Style | undefined {
  if (loses !== undefined || fate === 'refused') return 'red';
  if (fate === 'deleted' || fate === 'replaced') return 'yellow';
  return fate === 'added' ? 'green' : undefined;
}

function causesText(causes: Forecasted['causes']): string {
  return causes
    .map(({what, why, maybe}) =>
      [what, maybe ? '(perhaps)' : '', why ?? ''].filter(word => word !== '').join(' '),
    )
    .join(', ');
}

/** Keys are part of the interface. */
export function forecastListing({resources}: Forecast): Listing {
  return {
    columns: [
      {key: 'fate', title: 'Fate'},
      {key: 'sure', title: 'Sure'},
      {key: 'name', title: 'Resource'},
      {key: 'type', title: 'Type'},
      {key: 'id', title: 'ID'},
      {key: 'causes', title: 'Because of'},
      {key: 'loses', title: 'Lost'},
    ],
    rows: resources.map(one => ({...one, causes: causesText(one.causes), loses: one.loses ?? ''})),
  };
}

/** For JSON and YAML. */
export function forecastData({resources, stack}: Forecast): object {
  return {
    resources: resources.map(({name, type, id, fate, sure, causes, loses}) => ({
      name,
      type,
      id: id || null,
      fate,
      sure,
      causes: causes.map(({what, why, maybe}) => ({what, maybe, why: why ?? null})),
      loses: loses ?? null,
    })),
    stack,
  };
}
