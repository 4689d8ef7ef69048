/** The options that say how a result is printed. */
import type {Argv} from 'yargs';
import type {Context} from '../command.ts';
import {seconds} from '../numbers.ts';
import type {RowFormat, RowOptions} from './formats.ts';

const group = 'Output:';

export interface FormatArgs<Format extends string> {
  readonly format: Format;
}

export interface RowArgs<Format extends string = RowFormat> extends FormatArgs<Format> {
  readonly column?: readonly string[] | undefined;
  readonly 'sort-column'?: readonly string[] | undefined;
  readonly 'max-width'?: string | undefined;
}

export function withFormat<Args, Format extends string>(
  cli: Argv<Args>,
  formats: readonly [Format, ...Format[]],
): Argv<Args & FormatArgs<Format>> {
  return cli.option('format', {
    alias: 'f',
    type: 'string',
    nargs: 1,
    requiresArg: true,
    choices: formats,
    default: formats[0],
    describe: 'Form of the result',
    group,
  });
}

export function withRows<Args, Format extends string>(
  cli: Argv<Args>,
  formats: readonly [Format, ...Format[]],
): Argv<Args & RowArgs<Format>> {
  return withFormat(cli, formats)
    .option('column', {
      alias: 'c',
      type: 'string',
      array: true,
      nargs: 1,
      describe: 'Only this column; repeat for more',
      group,
    })
    .option('sort-column', {
      type: 'string',
      array: true,
      nargs: 1,
      describe: 'Sort by this column; repeat for more',
      group,
    })
    .option('max-width', {
      type: 'string',
      nargs: 1,
      requiresArg: true,
      describe: 'Cells that a table may be wide',
      group,
    });
}

/** A table is as wide as the terminal, or as it likes where there is none. */
export function rowOptions(args: RowArgs, {world}: Pick<Context, 'world'>): RowOptions {
  const width = seconds('max-width', args['max-width']);
  return {
    format: args.format,
    columns: args.column,
    sort: args['sort-column'],
    width: width ?? widthOf(world),
  };
}

/** Cells of the terminal; undefined where there is none, or it doesn't know its size and says 0. */
export function widthOf({stdout}: Context['world']): number | undefined {
  return stdout.isTTY === true && stdout.columns !== 0 ? stdout.columns : undefined;
}
