/**
 * Regular expressions whose time grows with text times pattern at most, whoever wrote them: no backtracking (the threads
 * of a Pike machine), and so no back-references and no look-around. Syntax of JavaScript and Python otherwise.
 */

/** Steps that matching may still take; shared by all of one run. */
export interface Budget {
  left: number;
}

export class PatternError extends Error {}

type Test = (character: string) => boolean;
type Assertion = 'begin' | 'end' | 'word' | 'no word';

type Tree =
  | {readonly is: 'character'; readonly test: Test}
  | {readonly is: 'assertion'; readonly what: Assertion}
  | {readonly is: 'sequence'; readonly items: readonly Tree[]}
  | {readonly is: 'choice'; readonly items: readonly Tree[]}
  | {readonly is: 'group'; readonly index: number; readonly item: Tree}
  | {
      readonly is: 'repeat';
      readonly item: Tree;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    };

type Instruction =
  | {readonly op: 'character'; readonly test: Test}
  | {readonly op: 'assertion'; readonly what: Assertion}
  | {readonly op: 'save'; readonly slot: number}
  | {op: 'split'; first: number; second: number}
  | {op: 'jump'; to: number}
  | {readonly op: 'match'};

const LONGEST_PATTERN = 500;
const LONGEST_PROGRAM = 2000;

/** More than any property takes. */
export const LONGEST_RESULT = 1024 * 1024;

interface Parsed {
  readonly tree: Tree;
  /** How many groups there are. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

export class Pattern {
  readonly #program: readonly Instruction[];
  readonly #groups: number;
  readonly #names: ReadonlyMap<string, number>;

  /** `(?i)` in front ignores case. @throws PatternError for what is no such expression, or too large */
  constructor(source: string) {
    if (source.length > LONGEST_PATTERN)
      throw new PatternError(`the expression is longer than ${LONGEST_PATTERN} characters`);
    const ignoreCase = source.startsWith('(?i)');
    const {tree, groups, names} = parse(ignoreCase ? source.slice(4) : source, ignoreCase);
    this.#groups = groups;
    this.#names = names;
    this.#program = programOf({is: 'group', index: 0, item: tree});
  }

  /** How many groups can be referred to. */
  get groups(): number {
    return this.#groups;
  }

  /**
   * What stands for each match: `$1` and `$<name>` are groups, `$&` the whole match, `$$` a dollar.
   * @throws PatternError for a group that the expression doesn't have
   */
  replacement(text: string): Replacement {
    const parts: (string | number)[] = [];
    let plain = '';
    for (let at = 0; at < text.length;) {
      const [all, dollar, whole, number, name] =
        /^\$(?:(\$)|(&)|(\d{1,2})|<([^>]*)>)/.exec(text.slice(at, at + 100)) ?? [];
      if (all === undefined) plain += text[at++] ?? '';
      else if (dollar !== undefined) {
        plain += '$';
        at += all.length;
      } else {
        const group = whole === undefined ? (name === undefined ? Number(number) : this.#names.get(name)) : 0;
        if (group === undefined || group > this.#groups || (whole === undefined && group === 0))
          throw new PatternError(`there is no group ${all} in the expression`);
        parts.push(plain, group);
        plain = '';
        at += all.length;
      }
    }
    return {parts: [...parts, plain]};
  }

  /**
   * The text with every match replaced; the same text where there is none.
   * @throws PatternError where the budget is used up, or the text grows out of all bounds
   */
  replaceAll(text: string, {parts}: Replacement, budget: Budget): string {
    const characters = Array.from(text);
    let result = '';
    let done = 0;
    for (let from = 0; from <= characters.length;) {
      const found = this.#search(characters, from, budget);
      if (found === undefined) break;
      const [start = 0, end = 0] = found;
      result += characters.slice(done, start).join('');
      for (const part of parts)
        result +=
          typeof part === 'string'
            ? part
            : characters.slice(found[2 * part] ?? 0, found[2 * part + 1] ?? 0).join('');
      done = end;
      // An empty match takes the next character along.
      from = end > start ? end : end + 1;
      if (result.length > LONGEST_RESULT)
        throw new PatternError(`the text grows beyond ${LONGEST_RESULT} characters`);
    }
    return done === 0 && result === '' ? text : result + characters.slice(done).join('');
  }

  /** Whether the match at the beginning takes the whole text, as Heat's `allowed_pattern` asks. */
  matches(text: string, budget: Budget): boolean {
    const characters = Array.from(text);
    const [start, end] = this.#search(characters, 0, budget) ?? [];
    return start === 0 && end === characters.length;
  }

  /** The first match at or after that place, the leftmost one: where each group begins and ends. */
  #search(
    characters: readonly string[],
    from: number,
    budget: Budget,
  ): readonly (number | undefined)[] | undefined {
    const program = this.#program;
    let current: Thread[] = [];
    let found: readonly (number | undefined)[] | undefined;
    const seen = new Int32Array(program.length).fill(-1);

    /** Follows what takes no character, in order of preference. */
    const add = (list: Thread[], pc: number, at: number, slots: readonly (number | undefined)[]): void => {
      const todo: Thread[] = [{pc, slots}];
      for (let thread = todo.pop(); thread !== undefined; thread = todo.pop()) {
        if (seen[thread.pc] === at) continue;
        seen[thread.pc] = at;
        budget.left -= 1;
        const instruction = program[thread.pc];
        if (instruction === undefined) continue;
        if (instruction.op === 'jump') todo.push({pc: instruction.to, slots: thread.slots});
        else if (instruction.op === 'split')
          todo.push(
            {pc: instruction.second, slots: thread.slots},
            {pc: instruction.first, slots: thread.slots},
          );
        else if (instruction.op === 'save') {
          const kept = thread.slots.slice();
          kept[instruction.slot] = at;
          todo.push({pc: thread.pc + 1, slots: kept});
        } else if (instruction.op === 'assertion') {
          if (holds(instruction.what, characters, at)) todo.push({pc: thread.pc + 1, slots: thread.slots});
        } else list.push(thread);
      }
    };

    for (let at = from; at <= characters.length; at++) {
      if (budget.left < 0) throw new PatternError('the expressions take too long: make them simpler');
      if (found === undefined) add(current, 0, at, []);
      else if (current.length === 0) break;
      const next: Thread[] = [];
      const character = characters[at];
      for (const {pc, slots} of current) {
        budget.left -= 1;
        const instruction = program[pc];
        if (instruction?.op === 'match') {
          found = slots;
          break; // What follows is less preferred.
        }
        if (instruction?.op === 'character' && character !== undefined && instruction.test(character))
          add(next, pc + 1, at + 1, slots);
      }
      current = next;
    }
    return found;
  }
}

/** Texts, and numbers of groups. */
export interface Replacement {
  readonly parts: readonly (string | number)[];
}

interface Thread {
  readonly pc: number;
  readonly slots: readonly (number | undefined)[];
}

function holds(what: Assertion, characters: readonly string[], at: number): boolean {
  if (what === 'begin') return at === 0;
  if (what === 'end') return at === characters.length;
  const isBorder = isWord(characters[at - 1]) !== isWord(characters[at]);
  return (what === 'word') === isBorder;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /^\w$/.test(character);
}

function programOf(tree: Tree): readonly Instruction[] {
  const program: Instruction[] = [];
  const emit = (instruction: Instruction): number => {
    if (program.length >= LONGEST_PROGRAM) throw new PatternError('the expression repeats too much');
    return program.push(instruction) - 1;
  };
  const write = (item: Tree): void => {
    if (item.is === 'character') emit({op: 'character', test: item.test});
    else if (item.is === 'assertion') emit({op: 'assertion', what: item.what});
    else if (item.is === 'sequence') for (const part of item.items) write(part);
    else if (item.is === 'group') {
      emit({op: 'save', slot: 2 * item.index});
      write(item.item);
      emit({op: 'save', slot: 2 * item.index + 1});
    } else if (item.is === 'choice') writeChoice(item.items);
    else writeRepeat(item);
  };
  const writeChoice = (items: readonly Tree[]): void => {
    const ends: {op: 'jump'; to: number}[] = [];
    for (const [index, item] of items.entries()) {
      if (index === items.length - 1) {
        write(item);
        continue;
      }
      const split = {op: 'split' as const, first: program.length + 1, second: 0};
      emit(split);
      write(item);
      const end = {op: 'jump' as const, to: 0};
      emit(end);
      ends.push(end);
      split.second = program.length;
    }
    for (const end of ends) end.to = program.length;
  };
  const writeRepeat = ({item, least, most, lazy}: Extract<Tree, {is: 'repeat'}>): void => {
    const optional = (body: () => void): void => {
      const split = {op: 'split' as const, first: 0, second: 0};
      emit(split);
      const inside = program.length;
      body();
      const [first, second] = lazy ? [program.length, inside] : [inside, program.length];
      Object.assign(split, {first, second});
    };
    for (let count = 0; count < least; count++) write(item);
    if (most === Infinity) {
      const start = program.length;
      optional(() => {
        write(item);
        emit({op: 'jump', to: start});
      });
    } else for (let count = least; count < most; count++) optional(() => write(item));
  };
  write(tree);
  emit({op: 'match'});
  return program;
}

/** Characters that stand for themselves only where they are escaped. */
const special = /[\\^$.*+?()[\]{}|]/;

function parse(source: string, ignoreCase: boolean): Parsed {
  const names = new Map<string, number>();
  let groups = 0;
  let at = 0;
  const rest = (): string => source.slice(at);
  const take = (expression: RegExp): RegExpExecArray | null => {
    const found = expression.exec(rest());
    if (found !== null) at += found[0].length;
    return found;
  };

  const choice = (depth: number): Tree => {
    if (depth > 50) throw new PatternError('the expression is nested too deep');
    const items = [sequence(depth)];
    while (take(/^\|/) !== null) items.push(sequence(depth));
    return items.length === 1 ? (items[0] as Tree) : {is: 'choice', items};
  };
  const sequence = (depth: number): Tree => {
    const items: Tree[] = [];
    while (at < source.length && !/^[|)]/.test(rest())) items.push(repeated(depth));
    return {is: 'sequence', items};
  };
  const repeated = (depth: number): Tree => {
    const item = atom(depth);
    const found = take(/^(?:([*+?])|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})(\?)?/);
    if (found === null) return item;
    const [, sign, from, comma, to, lazy] = found;
    const least = sign === undefined ? Number(from) : sign === '+' ? 1 : 0;
    const most =
      sign === undefined
        ? comma === undefined
          ? least
          : to === undefined
            ? Infinity
            : Number(to)
        : sign === '?'
          ? 1
          : Infinity;
    if (most < least) throw new PatternError(`the numbers are out of order in ${found[0]}`);
    if (/^[*+?{]/.test(rest())) throw new PatternError(`nothing to repeat before ${source[at] ?? ''}`);
    return {is: 'repeat', item, least, most, lazy: lazy !== undefined};
  };
  const atom = (depth: number): Tree => {
    if (take(/^\^/) !== null) return {is: 'assertion', what: 'begin'};
    if (take(/^\$/) !== null) return {is: 'assertion', what: 'end'};
    if (take(/^\\b/) !== null) return {is: 'assertion', what: 'word'};
    if (take(/^\\B/) !== null) return {is: 'assertion', what: 'no word'};
    if (take(/^\(/) !== null) return group(depth);
    const one = take(/^(?:\.|\[\^?\]?(?:\\[^]|[^\]\\])*\]|\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[^]))/);
    if (one !== null) return {is: 'character', test: single(one[0], ignoreCase)};
    const [character = ''] = Array.from(rest());
    if (special.test(character))
      throw new PatternError(`${character} is out of place; as itself it is \\${character}`);
    at += character.length;
    return {is: 'character', test: single(character, ignoreCase)};
  };
  const group = (depth: number): Tree => {
    const [, , name] = take(/^\?(?:(:)|P?<([A-Za-z_]\w*)>)/) ?? [];
    const isPlain = source.slice(at - 2, at) === '?:';
    if (source.startsWith('?', at))
      throw new PatternError('groups are ( ), (?: ) and (?<name> ); there is no look-around');
    let index = 0;
    if (!isPlain) index = groups += 1;
    if (name !== undefined) {
      if (names.has(name)) throw new PatternError(`two groups are called ${name}`);
      names.set(name, index);
    }
    const item = choice(depth + 1);
    if (take(/^\)/) === null) throw new PatternError('a group is not closed');
    return isPlain ? item : {is: 'group', index, item};
  };

  const tree = choice(0);
  if (at < source.length) throw new PatternError('a group is closed that was not opened');
  return {tree, groups, names};
}

/** One character, by what JavaScript makes of its class or escape. */
function single(source: string, ignoreCase: boolean): Test {
  if (/^\\[1-9k]/.test(source)) throw new PatternError('there are no back-references');
  try {
    const expression = new RegExp(`^(?:${source})$`, ignoreCase ? 'iu' : 'u');
    return character => expression.test(character);
  } catch {
    throw new PatternError(`${source} is no character, class or escape that it knows`);
  }
}
