/**
 * Text -> expression. Grammar, loosest first:
 *
 *     or   := and ( '|' and )*          and  := unary ( '&' unary )*          unary := '!' unary | '(' or ')' | term
 *     term := kind [ ':' value ] | field ( '=' | '!=' ) value
 *
 * `and`, `or` and `not` are the same as their signs; a kind may be several words (`security group`).
 */
import {nearest} from '../../model/nearest.ts';
import {fieldNames, type Expression, type FieldName, type Term} from './expression.ts';
import {kindOf, kindWord, nearKinds} from './kinds.ts';
import {bad, said, tokensOf, type Token} from './lexer.ts';

/** Other words for the fields: the APIs', and the plural. */
const synonyms: Readonly<Record<string, FieldName>> = {
  tags: 'tag',
  property: 'metadata',
  availability_zone: 'zone',
  'availability-zone': 'zone',
};

/** Whether the word stands before `=` in a term. */
export function isField(word: string): boolean {
  return fieldOf(word) !== undefined;
}

function fieldOf(word: string): FieldName | undefined {
  const name = word.toLowerCase();
  return (Object.hasOwn(synonyms, name) ? synonyms[name] : undefined) ?? fieldNames.find(one => one === name);
}

/** No person nests deeper, and a program must not end in a stack overflow. */
const deepest = 50;

/**
 * @param kinds Kinds of the registry.
 * @throws RekindleError 'usage': one sentence with the column and what was expected there
 */
export function parseSelection(text: string, kinds: readonly string[]): Expression {
  const parser = new Parser(text, kinds);
  return parser.whole();
}

class Parser {
  readonly #text: string;
  readonly #kinds: readonly string[];
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string, kinds: readonly string[]) {
    this.#text = text;
    this.#kinds = kinds;
    this.#tokens = tokensOf(text);
  }

  whole(): Expression {
    const expression = this.#or();
    if (this.#next.is !== 'end') throw this.#expected('"&", "|" or the end');
    return expression;
  }

  get #next(): Token {
    const token = this.#tokens[this.#at] ?? this.#tokens.at(-1);
    if (token === undefined) throw new Error('a text without tokens');
    return token;
  }

  #take(): Token {
    const token = this.#next;
    this.#at += 1;
    return token;
  }

  #or(): Expression {
    return this.#joined('or', '|', () => this.#joined('and', '&', () => this.#unary()));
  }

  #joined(is: 'and' | 'or', sign: '&' | '|', part: () => Expression): Expression {
    const first = part();
    const of = [first];
    while (this.#next.is === sign) {
      this.#take();
      of.push(part());
    }
    return of.length === 1 ? first : {is, of};
  }

  #unary(): Expression {
    const {is, at} = this.#next;
    if (is !== '!' && is !== '(') return this.#term();
    this.#depth += 1;
    if (this.#depth > deepest) throw bad(this.#text, at, `nested more than ${deepest} deep`);
    this.#take();
    let found: Expression;
    if (is === '!') found = {is: 'not', of: this.#unary()};
    else {
      found = this.#or();
      if (this.#next.is !== ')') throw this.#expected(`"&", "|" or the ")" for column ${at}`);
      this.#take();
    }
    this.#depth -= 1;
    return found;
  }

  #term(): Term {
    const first = this.#next;
    if (first.is !== 'word') throw this.#expected('a kind, a field, "not" or "("');
    const words: Token[] = [];
    while (this.#next.is === 'word') words.push(this.#take());
    // A key of metadata that is no plain word: metadata."my key".
    const last = words.at(-1);
    const key =
      this.#next.is === 'quoted' &&
      words.length === 1 &&
      last?.text.endsWith('.') &&
      last.end === this.#next.at
        ? this.#take()
        : undefined;
    const {is} = this.#next;
    if (is === '=' || is === '!=') return this.#field(words, key, is === '!=');
    if (key !== undefined) throw this.#expected('"=" or "!="');
    return this.#kind(words);
  }

  #field(words: readonly Token[], quotedKey: Token | undefined, unlike: boolean): Term {
    const [first] = words;
    const {at = 1} = first ?? {};
    const word = words.map(({text}) => text).join(' ');
    const dot = word.indexOf('.');
    const name = (dot < 0 ? word : word.slice(0, dot)).toLowerCase();
    const field = fieldOf(name);
    if (field === undefined) {
      const like = nearest(name, [...fieldNames, ...Object.keys(synonyms)]);
      throw bad(
        this.#text,
        at,
        `expected a field before "${unlike ? '!=' : '='}", found ${said(word)}`,
        like === undefined ? `the fields are ${fieldNames.join(', ')}` : `did you mean ${like}?`,
      );
    }
    const key = dot < 0 ? undefined : quotedKey === undefined ? word.slice(dot + 1) : literal(quotedKey.text);
    if (key !== undefined && field !== 'metadata')
      throw bad(this.#text, at + dot, `expected "=": only metadata has keys, as in metadata.role=web`);
    if (key === '') throw bad(this.#text, at + word.length, 'expected a key after "metadata."');
    this.#take();
    const value = this.#value(unlike ? '!=' : '=');
    return {is: 'field', field, ...(key === undefined ? {} : {key}), value, unlike, at};
  }

  #kind(words: readonly Token[]): Term {
    const [first, second] = words;
    const {at = 1, text = ''} = first ?? {};
    const word = words.map(one => one.text).join(' ');
    const kind = kindOf(word, this.#kinds);
    if (kind === undefined) {
      if (second !== undefined && kindOf(text, this.#kinds) !== undefined)
        throw bad(
          this.#text,
          second.at,
          `expected ":", "&", "|" or the end after the kind ${text}, found ${said(second.text)}`,
          `by name it is ${text}:${second.text}`,
        );
      const field = fieldNames.find(one => one === word.toLowerCase());
      const near = nearKinds(word, this.#kinds);
      const hint =
        field !== undefined
          ? `a field needs a value: ${field}=…`
          : near.length > 0
            ? `did you mean ${near.join(' or ')}?`
            : `kinds are server, network, security-group and so on; "rekindle list" shows those of a project`;
      throw bad(this.#text, at, `expected a kind, found ${said(word)}`, hint);
    }
    if (this.#next.is !== ':') return {is: 'kind', kind, at};
    this.#take();
    return {is: 'kind', kind, name: this.#value(`${kindWord(kind)}:`), at};
  }

  #value(after: string): string {
    if (this.#next.is !== 'value') throw this.#expected(`a value after "${after}"`);
    return this.#take().text;
  }

  #expected(what: string) {
    const {is, at, end} = this.#next;
    const found = is === 'end' ? '' : this.#text.slice(at - 1, end - 1);
    return bad(this.#text, at, `expected ${what}, found ${said(found)}`);
  }
}

/** A quoted text that is no pattern. */
function literal(pattern: string): string {
  return pattern.replaceAll(/\\(.)/gsu, '$1');
}
