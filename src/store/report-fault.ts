/** What of a report.json is not as a report has it: whoever reads one further on takes it for whole. */
import {stacksModes} from '../model/define.ts';
import {layouts} from '../model/shape.ts';
import {isPlainObject} from '../model/value.ts';
import {isGap} from './inventory.ts';

type Fields = Readonly<Record<string, unknown>>;
type Test = (value: unknown) => boolean;

const thing = {kind: isText, id: isText, label: isText};
const loss = {...thing, field: isText, reason: isText, resource: optional(isText)};

/** Lists of objects, by what each of them has. */
const lists: Readonly<Record<string, Readonly<Record<string, Test>>>> = {
  resources: {
    ...thing,
    name: isText,
    type: isText,
    flat: optional(isText),
    condition: optional(isText),
    stack: optional(isText),
    layer: optional(isText),
  },
  parameters: {
    name: isText,
    role: isText,
    kind: isText,
    constraint: optional(isText),
    source: optional(value => isPlainObject(value) && isText(value['id']) && isText(value['name'])),
    pair: optional(isText),
    needs: optional(isText),
    type: optional(isText),
    sets: optional(listOf(value => holds(value, {kind: isText, id: isText, field: isText}))),
  },
  steps: {
    ...thing,
    command: listOf(isWord),
    when: oneOf('before', 'after'),
    title: isText,
    fields: listOf(isText),
    of: optional(listOf(isWord)),
  },
  losses: loss,
  skipped: loss,
};

const optionalLists: typeof lists = {
  addresses: {...loss, what: isText},
  folds: {name: isText, file: isText, members: listOf(isText)},
  unfolded: {members: listOf(isText), reason: isText},
  layers: {name: isText, dir: isText},
};

const shapeKeys: Readonly<Record<string, Test>> = {
  stacks: oneOf(...stacksModes),
  ips: value => value === 'auto' || (isPlainObject(value) && listOf(isText)(value['shift'])),
  select: isText,
  exclude: isText,
  parameterize: listOf(isText),
  freeze: listOf(isText),
  constrain: oneOf('source'),
  outputs: listOf(isText),
  namePrefix: oneOf(true),
  fold: oneOf(true),
  layout: oneOf(...layouts),
  maxResources: isCount,
  maxTemplateSize: isCount,
  rules: isRules,
  names: isNames,
};

/** @param report JSON. @returns The first thing that is wrong with it, for the end of a sentence. */
export function faultOfReport(report: Fields): string | undefined {
  const {version, project, counts, gaps, shape, stacks} = report;
  if (version !== 1) return 'version is not 1';
  if (typeof project !== 'string') return 'project is no text';
  if (!isCounts(counts)) return 'counts is not as it should be';
  if (stacks !== undefined && !oneOf(...stacksModes)(stacks)) return 'stacks is no choice there is';
  const choice = shape === undefined ? undefined : faultOfShape(shape);
  if (choice !== undefined) return choice;
  for (const [name, tests] of Object.entries(lists)) {
    const fault = faultOfList(name, report[name], tests);
    if (fault !== undefined) return fault;
  }
  for (const [name, tests] of Object.entries(optionalLists)) {
    const fault = report[name] === undefined ? undefined : faultOfList(name, report[name], tests);
    if (fault !== undefined) return fault;
  }
  return Array.isArray(gaps) && gaps.every(isGap) ? undefined : 'gaps is no list of gaps';
}

function faultOfList(name: string, list: unknown, tests: Readonly<Record<string, Test>>): string | undefined {
  if (!Array.isArray(list)) return `${name} is no list`;
  for (const [index, item] of (list as unknown[]).entries()) {
    if (!isPlainObject(item)) return `${name}[${index}] is no object`;
    const bad = Object.keys(tests).find(key => tests[key]?.(own(item, key)) !== true);
    if (bad !== undefined) return `${name}[${index}].${bad} is not as it should be`;
  }
  return undefined;
}

function isCounts(counts: unknown): boolean {
  if (!isPlainObject(counts) || !isPlainObject(counts['fields']) || !isPlainObject(counts['kinds']))
    return false;
  const numbers = [counts['resources'], counts['parameters'], ...Object.values(counts['fields'])];
  const kinds = Object.values(counts['kinds']);
  return (
    numbers.every(isNumber) && kinds.every(kind => isPlainObject(kind) && Object.values(kind).every(isNumber))
  );
}

function faultOfShape(shape: unknown): string | undefined {
  if (!isPlainObject(shape)) return 'shape is no object';
  const bad = Object.keys(shape).find(
    key => !Object.hasOwn(shapeKeys, key) || shapeKeys[key]?.(shape[key]) !== true,
  );
  return bad === undefined ? undefined : `shape.${bad} is no choice there is`;
}

function isRules(rules: unknown): boolean {
  return (
    isPlainObject(rules) &&
    isText(rules['file']) &&
    optional(isPlainObject)(own(rules, 'parameters')) &&
    listOf(isPlainObject)(rules['rules'])
  );
}

function isNames(names: unknown): boolean {
  const tests = {
    old: isText,
    new: isText,
    at: isText,
    newAt: isText,
    of: optional(isText),
    was: optional(isText),
  };
  return isPlainObject(names) && isText(names['file']) && listOf(one => holds(one, tests))(names['names']);
}

function isWord(word: unknown): boolean {
  if (typeof word === 'string') return true;
  if (isPlainObject(word) && Array.isArray(word['joined'])) return word['joined'].every(isPart);
  return isPart(word);
}

function isPart(part: unknown): boolean {
  if (typeof part === 'string') return true;
  return isPlainObject(part) && [own(part, 'resource'), own(part, 'parameter')].some(isText);
}

function holds(value: unknown, tests: Readonly<Record<string, Test>>): boolean {
  return isPlainObject(value) && Object.entries(tests).every(([key, test]) => test(own(value, key)));
}

function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function listOf(test: Test): Test {
  return value => Array.isArray(value) && value.every(item => test(item));
}

function optional(test: Test): Test {
  return value => value === undefined || test(value);
}

function oneOf(...values: readonly unknown[]): Test {
  return value => values.includes(value);
}
