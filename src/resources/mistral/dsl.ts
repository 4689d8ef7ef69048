/** Mistral's workflow language, as far as Heat's properties can say the same. Pure. */
import {parseDocument} from 'yaml';
import {isPlainObject} from '../../model/value.ts';

export interface Task {
  readonly name: string;
  readonly [property: string]: unknown;
}

/** The workflow as Heat wants it, `workflow` of a task by name. */
export interface Said {
  readonly type: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly input?: Readonly<Record<string, ''>>;
  readonly output?: Readonly<Record<string, unknown>>;
  readonly task_defaults?: Readonly<Record<string, unknown>>;
  readonly tasks: readonly Task[];
}

/** Something that Heat has no property for, or one of another type. */
class Unsaid extends Error {}

type Read = (value: unknown, path: string) => unknown;

const text: Read = (value, path) => {
  if (typeof value === 'string') return value;
  throw new Unsaid(`${path} is no text`);
};
const whole: Read = (value, path) => {
  if (Number.isInteger(value)) return value;
  throw new Unsaid(`${path} is no whole number`);
};
const yesOrNo: Read = (value, path) => {
  if (typeof value === 'boolean') return value;
  throw new Unsaid(`${path} is neither true nor false`);
};
const map: Read = (value, path) => {
  if (isPlainObject(value)) return plain(value, path);
  throw new Unsaid(`${path} is no map`);
};
/** One next task may stand without a list around it. */
const tasks: Read = (value, path) => {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) throw new Unsaid(`${path} is no list`);
  return plain(value, path);
};
/** Heat makes text of a number, which Mistral refuses. */
const join: Read = (value, path) => {
  if (value === 'all' || value === 'one') return value;
  throw new Unsaid(`${path} is a number`);
};

/** Proof: heat `engine/resources/openstack/mistral/workflow.py`, `_TASKS_KEYS` and `build_tasks`. */
const TASK: ReadonlyMap<string, Read> = new Map([
  ['description', text],
  ['action', text],
  ['workflow', text],
  ['input', map],
  ['publish', map],
  ['on-success', tasks],
  ['on-error', tasks],
  ['on-complete', tasks],
  ['requires', tasks],
  ['retry', map],
  ['wait-before', whole],
  ['wait-after', whole],
  ['pause-before', yesOrNo],
  ['timeout', whole],
  ['with-items', text],
  ['keep-result', yesOrNo],
  ['concurrency', whole],
  ['target', text],
  ['join', join],
]);

/** Proof: the same, `_TASKS_TASK_DEFAULTS`. */
const DEFAULTS: ReadonlyMap<string, Read> = new Map(
  [
    'on-success',
    'on-error',
    'on-complete',
    'requires',
    'retry',
    'wait-before',
    'wait-after',
    'pause-before',
    'timeout',
    'concurrency',
  ].map(key => [key, TASK.get(key) ?? text] as const),
);

/** Nothing that JSON, or Heat, has no word for. */
function plain(value: unknown, path: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => plain(item, `${path}[${index}]`));
  if (isPlainObject(value))
    return Object.fromEntries(Object.keys(value).map(key => [key, plain(value[key], `${path}.${key}`)]));
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new Unsaid(`${path} is ${value === null ? 'null' : 'no JSON'}`);
}

function properties(value: unknown, path: string, known: ReadonlyMap<string, Read>): Record<string, unknown> {
  if (!isPlainObject(value)) throw new Unsaid(`${path} is no map`);
  const said: [string, unknown][] = [];
  for (const key of Object.keys(value)) {
    const read = known.get(key);
    if (read === undefined) throw new Unsaid(`${path}.${key} has no property`);
    said.push([key.replaceAll('-', '_'), read(value[key], `${path}.${key}`)]);
  }
  return Object.fromEntries(said);
}

function inputOf(value: unknown): Readonly<Record<string, ''>> {
  if (!Array.isArray(value)) throw new Unsaid('input is no list');
  const names = value.map((item: unknown) => {
    if (typeof item === 'string') return item;
    throw new Unsaid('an input has a default');
  });
  return Object.fromEntries(names.map(name => [name, ''] as const));
}

const WORKFLOW: ReadonlyMap<string, Read> = new Map([
  ['type', text],
  ['description', text],
  ['tags', tasks],
  ['input', inputOf],
  ['output', map],
  ['task-defaults', (value, path) => properties(value, path, DEFAULTS)],
  [
    'tasks',
    (value, path) => {
      if (!isPlainObject(value)) throw new Unsaid(`${path} is no map`);
      return Object.keys(value).map(name =>
        Object.assign({name}, properties(value[name], `${path}.${name}`, TASK)),
      );
    },
  ],
] satisfies [string, Read][]);

/** @returns the workflow of that name, or why Heat can't say it. */
export function workflowOf(definition: string, name: string): Said | string {
  // Mistral reads it with PyYAML, which knows YAML 1.1.
  const document = parseDocument(definition, {version: '1.1', merge: true});
  if (document.errors.length > 0) return 'its text is no YAML';
  try {
    const all: unknown = document.toJS({maxAliasCount: 100});
    const found = isPlainObject(all) && Object.hasOwn(all, name) ? all[name] : undefined;
    if (found === undefined) return 'its text has no workflow of that name';
    const said = properties(found, name, WORKFLOW);
    if (!Array.isArray(said['tasks']) || said['tasks'].length === 0) return 'it has no tasks';
    return {type: 'direct', ...said} as unknown as Said;
  } catch (error) {
    if (error instanceof Unsaid) return error.message;
    if (error instanceof ReferenceError) return 'its text repeats itself too often';
    throw error;
  }
}
