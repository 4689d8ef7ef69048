import {RekindleError} from '../../model/errors.ts';
import type {Inventory} from '../../model/inventory.ts';
import {shapeOf} from '../../model/report.ts';
import type {Shape} from '../../model/shape.ts';
import type {Choices} from '../../pipeline/index.ts';
import type {Picked} from '../../shape/index.ts';
import {makeCommand, type Context} from '../command.ts';
import {exit} from '../exit.ts';
import {dataText} from '../format/formats.ts';
import {withFormat} from '../format/options.ts';
import {warnOfGaps} from '../gaps.ts';
import type {GlobalArgs} from '../globals.ts';
import {flag, text} from '../option-kinds.ts';
import {renderTo} from '../rendering.ts';
import {onlySelection, selectionOf, withSelectFile, type Wanted} from '../select-options.ts';
import {withShape, type ShapeArgs} from '../shape-options.ts';
import {commandWord, shellWord} from '../shell.ts';
import {checkFolder} from '../taking.ts';
import {readSource, reportOf, sourceHelp} from '../sources.ts';

interface SelectArgs extends GlobalArgs, ShapeArgs {
  readonly source: string;
  readonly output?: string | undefined;
  readonly render?: string | undefined;
  readonly force?: boolean | undefined;
  readonly 'to-edit'?: boolean | undefined;
  readonly explain?: boolean | undefined;
  readonly format: 'text' | 'json' | 'yaml';
}

type Chosen = Pick<Shape, 'select' | 'exclude'>;

export const select = makeCommand<SelectArgs>({
  examples: [
    'rekindle select out                                             look, pick, and print the expression',
    'rekindle snapshot web --select "$(rekindle select cloud:prod)"   pick on the terminal, then take that',
    'rekindle select out --render web                                pick, then write the bundle of it',
    'rekindle select out --output web.txt                            a file for --select-file',
  ],
  notes: `On a terminal: space selects, x excludes, / searches, tab shows networks or kinds, enter is done, ? lists all keys. What
comes along with what is selected is marked, with the reason. The list is drawn on standard error, so that standard output
has the expression only.

Without a terminal, or with --to-edit, it is a file: every thing on a line of its own, commented out, with what it brings
along. Take the # away where it should be in, and give the file to --select-file.`,
  options: cli =>
    withFormat(
      withShape(cli)
        .positional('source', {type: 'string', demandOption: true, describe: sourceHelp})
        .option('output', text('Write a file for --select-file instead of printing the expression'))
        .option(
          'render',
          text('Write the bundle of what is selected to this folder, as `rekindle render` does'),
        )
        .option('to-edit', flag('Write the file to be edited on a terminal too'))
        .option('force', flag('Replace the file, or what --force of render replaces')),
      ['text', 'json', 'yaml'],
    ),
  async run(given, context) {
    const args = await withSelectFile(given, context);
    const wanted = await checked(args, context);
    const [pipeline, {isPartial}] = await Promise.all([
      import('../../pipeline/snapshot.ts'),
      import('../../model/inventory.ts'),
    ]);
    const inventory = await readSource(args.source, context);
    warnOfGaps(inventory, context.log);
    const before = await reportOf(args.source, context);
    const kept = before === undefined ? {} : shapeOf(before);
    const choices = pipeline.choices(inventory, {...kept, ...(args.stacks && {stacks: args.stacks})});
    const {chooser} = choices;
    const said = await selectionOf(args, wanted);
    // What a bundle was selected with may not be there any more.
    const isSaid = Object.keys(said).length > 0;
    const preset = chooser.picked(isSaid ? said : chosenOf(kept), {lenient: !isSaid});
    const ended = isPartial(inventory) ? exit.partial : exit.done;
    const {screen} = context.world;
    if (screen === undefined || args['to-edit'] === true) {
      await give(await fileText(choices, preset), args, context);
      return ended;
    }
    const {pick} = await import('../picker/run.ts');
    const picked = await pick({...choices, picked: preset}, screen, context);
    if (picked === undefined)
      throw new RekindleError('aborted', 'Left without a selection; nothing was written');
    if (args.render !== undefined) return renderPicked(chooser.written(picked), inventory, args, context);
    if (args.output !== undefined) await give(await fileText(choices, picked), args, context);
    else await print(chooser.written(picked), args, context);
    return ended;
  },
});

function fail(what: string, hint: string): RekindleError {
  return new RekindleError('usage', what, {hint});
}

/** What can be known before anything is read. @throws RekindleError 'usage', 'exists' */
async function checked(args: SelectArgs, context: Context): Promise<Wanted> {
  const {output, render, force} = args;
  if (output !== undefined && render !== undefined)
    throw fail(
      '--output and --render exclude each other',
      'the bundle keeps the selection that it was made with',
    );
  if (render !== undefined && (context.world.screen === undefined || args['to-edit'] === true))
    throw fail(
      'There is no terminal to select on, so there is nothing to render',
      'write the file first (--output FILE), edit it, then: rekindle render SOURCE DIR --select-file FILE',
    );
  const idle = shaping.find(name => args[name] !== undefined && args[name] !== false);
  if (render === undefined && idle !== undefined)
    throw fail(`--${idle} is about a bundle, and none is written`, '--render DIR writes one');
  const wanted = await onlySelection(args);
  if (wanted.name !== undefined)
    throw fail(
      'One selection is made here, which needs no name',
      `--select ${shellWord(wanted.select ?? '')}`,
    );
  if (output !== undefined && output !== '-') {
    const {checkFreeFile} = await import('../../store/index.ts');
    await checkFreeFile(context.path(output), force === true);
  }
  if (render !== undefined) await checkFolder({dir: render, force}, [wanted], context);
  return wanted;
}

/** Options that only a bundle has a use for. */
const shaping = [
  'explain',
  'fold',
  'no-fold',
  'ips',
  'layout',
  'max-resources',
  'max-template-size',
  'rules',
  'names',
  'reshape',
  'parameterize',
  'freeze',
  'constrain',
  'outputs',
  'name-prefix',
] as const satisfies readonly (keyof SelectArgs)[];

function chosenOf({select: wanted, exclude}: Shape): Chosen {
  return {
    ...(wanted === undefined ? {} : {select: wanted}),
    ...(exclude === undefined ? {} : {exclude}),
  };
}

async function fileText({graph, chooser}: Choices, picked: Picked): Promise<string> {
  const {selectionFileText} = await import('../../shape/index.ts');
  return selectionFileText({project: graph.project.name, nodes: graph.nodes, chooser, picked});
}

/** To the file that was named, else as the result. */
async function give(written: string, {output}: SelectArgs, context: Context): Promise<void> {
  if (output === undefined || output === '-') {
    context.print(written);
    return;
  }
  const {writeText} = await import('../../store/index.ts');
  await writeText(context.path(output), written, {mode: 0o600});
  context.log.say(`${output}: take it with --select-file ${commandWord(output)}`);
}

/** Keys of the data are part of the interface. */
async function print(chosen: Chosen, {format}: SelectArgs, context: Context): Promise<void> {
  const {select: wanted, exclude} = chosen;
  if (format !== 'text') {
    context.print(await dataText({select: wanted ?? null, exclude: exclude ?? null}, format));
    return;
  }
  if (wanted !== undefined) context.print(`${wanted}\n`);
  if (exclude !== undefined)
    context.log.log('warn', `the expression is not all of it: add --exclude ${commandWord(exclude)}`);
}

async function renderPicked(
  chosen: Chosen,
  inventory: Inventory,
  args: SelectArgs,
  context: Context,
): Promise<number> {
  const {render = '', format, select: _select, exclude: _exclude, ...rest} = args;
  const options = {...rest, dir: render, format: format === 'text' ? ('table' as const) : format};
  return renderTo(
    inventory,
    options,
    [chosen.select === undefined ? {} : {select: chosen.select}],
    context,
    shape => {
      // What a bundle that was there was selected with is over.
      const {select: _before, exclude: _out, ...others} = shape;
      return {...others, ...chosen};
    },
  );
}
