/** YAML as PyYAML's safe loader reads it in Heat and its client: YAML 1.1, timestamps left as text. */
import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type ScalarTag,
  type Tags,
  type YAMLMap,
} from 'yaml';

/** PyYAML's own patterns (`resolver.py`). They differ from other readers' 1.1: `y`, `1e3` and `0o7` are text. */
const tags: readonly ScalarTag[] = [
  {
    tag: 'tag:yaml.org,2002:null',
    identify: value => value === null,
    default: true,
    test: /^(?:~|null|Null|NULL|)$/,
    resolve: () => null,
  },
  {
    tag: 'tag:yaml.org,2002:bool',
    identify: value => typeof value === 'boolean',
    default: true,
    test: /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/,
    resolve: text => /^(?:yes|true|on)$/i.test(text),
  },
  {
    tag: 'tag:yaml.org,2002:int',
    identify: value => typeof value === 'number',
    default: true,
    test: /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
    resolve: integer,
  },
  {
    tag: 'tag:yaml.org,2002:float',
    identify: value => typeof value === 'number',
    default: true,
    test: /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
    resolve: float,
  },
];

/** Options of the parser for the text as PyYAML takes it, without merge keys. */
export const pyYaml = {
  schema: 'failsafe',
  customTags: (base: Tags): Tags => [...base, ...tags],
} as const;

/** Each is looked up among all the others. */
const MOST_ALIASES = 1000;

/**
 * @throws Error with a message that names the line, and quotes nothing of the text. Duplicate keys are an error here,
 * where PyYAML takes the last in silence.
 */
export function parsePyYaml(text: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    ...pyYaml,
    // It compares each key with all the others: `check` does better.
    uniqueKeys: false,
    merge: true,
    lineCounter,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error !== undefined)
    throw new Error(
      `line ${lineCounter.linePos(error.pos[0]).line}: ${error.code.toLowerCase().replaceAll('_', ' ')}`,
    );
  check(document, offset => lineCounter.linePos(offset).line);
  return document.toJS({maxAliasCount: 100}) as unknown;
}

function check(document: Document.Parsed, lineOf: (offset: number) => number): void {
  let anchors = 0;
  const fail = (node: unknown, what: string): never => {
    const [offset = 0] = (isNode(node) ? node.range : undefined) ?? [];
    throw new Error(`line ${lineOf(offset)}: ${what}`);
  };
  visit(document, {
    Node: (_, node) => {
      if (node.anchor !== undefined) anchors += 1;
      if (anchors > MOST_ALIASES) fail(node, 'too many anchors');
    },
    Alias: (_, alias, path) => {
      anchors += 1;
      if (anchors > MOST_ALIASES) fail(alias, 'too many anchors');
      if (path.some(above => isNode(above) && above.anchor === alias.source))
        fail(alias, 'an anchor holds itself');
    },
    Map: (_, map: YAMLMap) => {
      const keys = new Set<string>();
      for (const {key} of map.items) {
        if (isMap(key)) fail(key, 'a mapping is used as a key');
        if (!isScalar(key)) continue;
        // Keys are text in JSON, and so they are when the client sends them to Heat.
        if (typeof key.value !== 'string') key.value = String(key.value);
        const name = key.value as string;
        // Several may be merged.
        if (keys.has(name) && name !== '<<') fail(key, 'duplicate key');
        keys.add(name);
      }
    },
  });
}

function integer(text: string): number | bigint {
  const plain = text.replaceAll('_', '');
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^[-+]/, '');
  if (digits === '0') return 0;
  if (digits.startsWith('0b')) return sign * Number.parseInt(digits.slice(2), 2);
  if (digits.startsWith('0x')) return sign * Number.parseInt(digits.slice(2), 16);
  if (digits.startsWith('0')) return sign * Number.parseInt(digits, 8);
  return sign * sixties(digits);
}

function float(text: string): number {
  const plain = text.replaceAll('_', '').toLowerCase();
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^[-+]/, '');
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY;
  if (digits === '.nan') return Number.NaN;
  return sign * sixties(digits);
}

function sixties(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
