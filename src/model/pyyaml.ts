/** YAML as PyYAML's safe loader reads it in Heat and its client: YAML 1.1, timestamps left as text. */
import {isMap, isScalar, parseDocument, visit, type ScalarTag, type Tags} from 'yaml';

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

/**
 * @throws Error with a message that names line and column, and quotes nothing of the text. Duplicate keys are an
 * error here, where PyYAML takes the last in silence.
 */
export function parsePyYaml(text: string): unknown {
  const document = parseDocument(text, {
    ...pyYaml,
    merge: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error !== undefined) {
    const lines = text.slice(0, error.pos[0]).split('\n');
    throw new Error(`line ${lines.length}: ${error.code.toLowerCase().replaceAll('_', ' ')}`);
  }
  // Keys are text in JSON, and so they are when the client sends them to Heat.
  visit(document, {
    Pair: (_, pair) => {
      if (isMap(pair.key)) throw new Error('a mapping is used as a key');
      if (isScalar(pair.key) && typeof pair.key.value !== 'string') pair.key.value = String(pair.key.value);
    },
  });
  try {
    return document.toJS({maxAliasCount: 100}) as unknown;
  } catch {
    // Its own message quotes the alias: a secret that begins with `*`, perhaps.
    throw new Error('an alias (*) has no anchor, or there are too many');
  }
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
