/** Steps beside a stack, as commands show them: before they are carried out, while they are, and afterwards. */
import type {StepOutcome} from '../deploy/index.ts';
import type {LoadedBundle, StepWord, WordPart} from '../model/bundle.ts';
import {exit} from './exit.ts';
import type {Log} from './logger.ts';
import {commandWord} from './shell.ts';
import {harmless} from './terminal.ts';

type StepRow = Readonly<Record<'when' | 'title' | 'label' | 'command', string>>;

/** In the order in which they would be carried out; what only the deployment knows stands in angle brackets. */
export function stepRows({report}: LoadedBundle): readonly StepRow[] {
  return report.steps.map(step => {
    const {when, title, label, command, of} = step;
    const ids = of === undefined ? '' : ` $(${commandLine(of)})`;
    return {when, title, label, command: `${commandLine(command)}${ids}`};
  });
}

/** As a person would type it. */
function commandLine(words: readonly StepWord[]): string {
  const shown = words.map(said =>
    typeof said === 'object' && 'joined' in said ? said.joined.map(shownPart).join('') : shownPart(said),
  );
  return ['openstack', ...shown.map(commandWord)].join(' ');
}

function shownPart(said: WordPart): string {
  if (typeof said === 'string') return said;
  return `<${'resource' in said ? said.resource : said.parameter}>`;
}

export function stepsText(bundle: LoadedBundle): string {
  const rows = stepRows(bundle);
  if (rows.length === 0) return '';
  const lines = rows.map(({when, command}) => `  ${when.padEnd(6)}  ${command}`);
  return ['Steps, where they are not done already:', ...lines, ''].join('\n');
}

/** What is done shows among the events; what was so already is no news. @param verb As `Step` or `Undone`. */
export function sayStep({step, state, reason}: StepOutcome, verb: string, log: Log): void {
  const what = harmless(`${step.title} (${step.label})`).replaceAll('\n', ' ');
  if (state === 'done') log.say(`${verb}: ${what}`);
  if (state === 'failed') log.log('warn', `${verb} failed: ${what}: ${harmless(reason)}`);
}

/** Fields are part of the interface. */
export function stepData(steps: readonly StepOutcome[]): readonly object[] {
  return steps.map(({step: {title, label}, state, reason}) => ({title, label, state, reason}));
}

/** The stack is as it should be; what is beside it may not be. */
export function stepsExit(steps: readonly StepOutcome[]): number {
  return steps.some(({state}) => state === 'failed') ? exit.partial : exit.done;
}
