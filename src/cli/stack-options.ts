/** Options about the stack that `check`, `deploy` and `verify` share, and what they come down to. */
import type {Argv} from 'yargs';
import {RekindleError} from '../model/errors.ts';
import {isPlainObject} from '../model/value.ts';
import type {Context} from './command.ts';
import {list, text} from './option-kinds.ts';

type Values = Readonly<Record<string, unknown>>;

export interface ValueArgs {
  readonly parameter?: readonly string[] | undefined;
  readonly 'parameter-file'?: readonly string[] | undefined;
  readonly environment?: readonly string[] | undefined;
}

export function withStack<Args>(cli: Argv<Args>): Argv<Args & {stack: string | undefined}> {
  return cli.option('stack', text('Name of the stack; default: named after the source project'));
}

export function withValues<Args>(cli: Argv<Args>): Argv<Args & ValueArgs> {
  return cli
    .option('parameter', list('NAME=VALUE of a template parameter; repeat for more', 'P'))
    .option('parameter-file', list('NAME=FILE: the text of the file is the value; repeat for more'))
    .option('environment', list("File with parameters that beat the bundle's; repeat for more", 'e'));
}

/** Heat's rule: a letter, then letters, digits and `_.-`. */
export function stackName(given: string | undefined, project: string): string {
  if (given !== undefined) return given;
  const name = project
    .replaceAll(/[^a-zA-Z0-9_.-]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 200);
  return /^[a-zA-Z]/.test(name) ? name : `stack-${name}`.replace(/-$/, '');
}

/** Environments first, in their order, then --parameter, then --parameter-file. @throws RekindleError 'usage' or 'input' */
export async function valuesOf(args: ValueArgs, context: Context): Promise<Values> {
  const values: Values[] = [];
  for (const file of args.environment ?? []) values.push(await readValues(context.path(file)));
  values.push(parametersOf(args.parameter ?? []));
  for (const word of args['parameter-file'] ?? []) values.push(await parameterFile(word, context));
  return Object.assign({}, ...values) as Values;
}

async function parameterFile(word: string, context: Context): Promise<Values> {
  const at = word.indexOf('=');
  if (at < 1)
    throw new RekindleError('usage', `--parameter-file takes NAME=FILE, not ${JSON.stringify(word)}`);
  const {readText} = await import('../store/text.ts');
  return {[word.slice(0, at)]: await readText(context.path(word.slice(at + 1)), 1024 * 1024)};
}

/** As python-heatclient `format_parameters`: a lone one may hold several, and a repeated name makes a list. */
export function parametersOf(given: readonly string[]): Values {
  const [first, ...others] = given;
  const split = first !== undefined && others.length === 0 ? first.split(';') : given;
  // A value with a semicolon of its own is no list of parameters.
  const words = split.every(word => /^[^=]+=/.test(word)) ? split : given;
  const values = new Map<string, string | string[]>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw new RekindleError('usage', `--parameter takes NAME=VALUE, not ${JSON.stringify(word)}`);
    const [name, value] = [word.slice(0, at), word.slice(at + 1)];
    const before = values.get(name);
    values.set(name, before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]);
  }
  return Object.fromEntries(values);
}

async function readValues(path: string): Promise<Values> {
  const [{readText}, {parsePyYaml}] = await Promise.all([
    import('../store/text.ts'),
    import('../model/pyyaml.ts'),
  ]);
  const text = await readText(path, 1024 * 1024);
  let data: unknown;
  try {
    data = parsePyYaml(text) ?? {};
  } catch (error) {
    throw new RekindleError('input', `${path} is no YAML: ${(error as Error).message}`);
  }
  if (!isPlainObject(data))
    throw new RekindleError('input', `${path} is no Heat environment: it is no mapping`);
  const others = Object.keys(data).filter(section => section !== 'parameters');
  if (others.length > 0) {
    throw new RekindleError('input', `${path} has sections beside parameters: ${others.join(', ')}`, {
      hint: 'only parameters are taken from an environment file',
    });
  }
  const parameters = data['parameters'] ?? {};
  if (!isPlainObject(parameters)) throw new RekindleError('input', `${path}: parameters is no mapping`);
  return parameters;
}
