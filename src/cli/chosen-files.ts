/** Choices that are files: rules and names, read before anything that takes time. */
import type {Located} from '../model/located.ts';
import type {Shape} from '../model/shape.ts';
import type {Context} from './command.ts';

/** A rule more is some lines of it, a name one for each thing; nobody writes that many. */
const limits = {rules: 1024 * 1024, names: 4 * 1024 * 1024} as const;

type Files = Pick<Shape, 'rules' | 'names'>;

/**
 * The choices with those of the files that were given; a file of no rules, or of no names, takes away those there were.
 * @throws RekindleError 'input' for a file that can't be read or understood, with the line and column of every fault
 */
export async function withFiles(
  before: Shape,
  files: {readonly rules?: string | undefined; readonly names?: string | undefined},
  context: Context,
): Promise<Shape> {
  if (files.rules === undefined && files.names === undefined) return before;
  const {rules, names, ...others} = {...before, ...(await read(files, context))};
  return {
    ...others,
    ...(rules === undefined || rules.rules.length === 0 ? {} : {rules}),
    ...(names === undefined || names.names.length === 0 ? {} : {names}),
  };
}

async function read(
  {rules, names}: {readonly rules?: string | undefined; readonly names?: string | undefined},
  context: Context,
): Promise<Files> {
  const [{readText}, {readYamlTree}, {readRules}, {readNames}] = await Promise.all([
    import('../store/text.ts'),
    import('../store/yaml-tree.ts'),
    import('../shape/index.ts'),
    import('../emit/index.ts'),
  ]);
  const tree = async (file: string, limit: number): Promise<Located> =>
    readYamlTree(file, await readText(context.path(file), limit));
  return {
    ...(rules === undefined ? {} : {rules: readRules(rules, await tree(rules, limits.rules))}),
    ...(names === undefined ? {} : {names: readNames(names, await tree(names, limits.names))}),
  };
}
