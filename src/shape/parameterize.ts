/** Values of the classes that the user names become parameters: one for each distinct value. Pure. */
import {RekindleError} from '../model/errors.ts';
import type {Graph, LedgerEntry, Node} from '../model/graph.ts';
import type {PropertySchema} from '../model/heat-schema.ts';
import {nearest} from '../model/nearest.ts';
import type {Shape} from '../model/shape.ts';
import {
  Given,
  isPlainObject,
  isSpecial,
  type Plain,
  type ParameterForm,
  type Properties,
  type RowField,
  type Value,
} from '../model/value.ts';
import {heatSchemas} from '../resources/heat-schemas.ts';
import {specOf} from '../resources/index.ts';
import {addressUses, normalAddress, Ranges, type AddressUses} from './ranges.ts';
import {smallestSize} from './sizes.ts';
import {changedAt} from './sites.ts';
import {fixedNames, valueClasses, valueRules, type ValueRule} from './value-classes.ts';

const METADATA = 'metadata.';

/** A value that becomes a parameter, in one place. */
interface Site {
  readonly node: Node;
  readonly rule: ValueRule;
  readonly key: string;
  readonly value: Plain;
  readonly sets: readonly RowField[];
  readonly form: ParameterForm;
  /** Last key of the path, for what has keys. */
  readonly word: string;
  /** End of its description. */
  readonly where: string;
}

/** @returns the graph with a `Given` in each of these places, and fates that say so. */
export function parameterize(graph: Graph, {parameterize: wanted = []}: Shape): Graph {
  if (wanted.length === 0) return graph;
  const finder = new Finder(graph, wanted);
  const sites = new Map<string, Site[]>();
  for (const node of graph.nodes.values()) {
    for (const site of finder.sitesOf(node)) {
      const known = sites.get(site.key);
      if (known === undefined) sites.set(site.key, [site]);
      else known.push(site);
    }
  }
  const givens = new Map([...sites].map(([key, uses]) => [key, givenOf(key, uses)]));
  return finder.changed(key => givens.get(key));
}

/**
 * Whether the choices fit this project; one that it is compared with may lack what they name.
 * @throws RekindleError 'usage' for a class that there is not, for one that is frozen too, and for a metadata key that
 * nothing has
 */
export function checkParameterized(graph: Graph, {parameterize: wanted = [], freeze = []}: Shape = {}): void {
  if (wanted.length === 0) return;
  const keys = new Set<string>();
  for (const {kind, place, properties} of graph.nodes.values()) {
    if (place.as !== 'resource') continue;
    for (const rule of valueRules) {
      const held = properties[rule.property];
      if (rule.class !== 'metadata' || rule.kinds?.includes(kind) !== true || !isPlainObject(held)) continue;
      for (const key of Object.keys(held)) keys.add(key);
    }
  }
  for (const word of wanted) {
    if (freeze.includes(word))
      throw new RekindleError('usage', `${word} can't be both parameterized and frozen`, {
        hint: 'leave it out of one of --parameterize and --freeze',
      });
    const key = word.startsWith(METADATA) ? word.slice(METADATA.length) : undefined;
    const known = key === undefined ? valueClasses : [...keys].sort();
    if ((known as readonly string[]).includes(key ?? word)) continue;
    const near = nearest(key ?? word, known);
    const all = known.length === 0 ? 'nothing has metadata' : `there are ${known.slice(0, 12).join(', ')}`;
    const what = key === undefined ? 'no class' : 'no metadata key';
    throw new RekindleError(
      'usage',
      `--parameterize ${word}: there is ${what} ${JSON.stringify(key ?? word)}`,
      {
        hint: near === undefined ? all : `did you mean ${key === undefined ? '' : METADATA}${near}?`,
      },
    );
  }
}

class Finder {
  readonly #graph: Graph;
  readonly #rules: readonly ValueRule[];
  /** Metadata keys that are wanted; undefined: all. */
  readonly #keys: ReadonlySet<string> | undefined;
  readonly #subnets: ReadonlyMap<string, Node>;
  readonly #ranges: Ranges;
  readonly #inside: AddressUses;
  readonly #remotes: AddressUses;

  constructor(graph: Graph, wanted: readonly string[]) {
    const keys = wanted.filter(word => word.startsWith(METADATA)).map(word => word.slice(METADATA.length));
    const classes = new Set<string>([...wanted, ...(keys.length > 0 ? ['metadata'] : [])]);
    this.#graph = graph;
    this.#keys = wanted.includes('metadata') || keys.length === 0 ? undefined : new Set(keys);
    this.#rules = valueRules.filter(rule => classes.has(rule.class));
    const none: AddressUses = {of: new Map(), within: new Map()};
    this.#subnets = classes.has('cidr') ? rangesOf(graph) : new Map();
    this.#ranges = new Ranges(this.#subnets.keys());
    this.#inside = classes.has('cidr') ? addressUses(graph, this.#ranges) : none;
    const remote = new Set(['remote_ip_prefix', 'normalized_cidr']);
    this.#remotes = classes.has('remotes') ? addressUses(graph, this.#ranges, remote) : none;
  }

  *sitesOf(node: Node): Generator<Site> {
    const found: Site[] = [];
    this.#visit(node, site => {
      found.push(site);
      return undefined;
    });
    yield* found;
  }

  changed(givenOf: (key: string) => Given | undefined): Graph {
    const nodes = new Map<string, Node>();
    for (const [key, node] of this.#graph.nodes) {
      const fields = new Set<string>();
      const properties = this.#visit(node, site => {
        fields.add(fieldRead(site.rule, site.node));
        return givenOf(site.key);
      });
      nodes.set(
        key,
        fields.size === 0 ? node : {...node, properties, ledger: withParameters(node.ledger, fields)},
      );
    }
    return {...this.#graph, nodes};
  }

  #visit(node: Node, change: (site: Site) => Value | undefined): Properties {
    if (node.place.as !== 'resource') return node.properties;
    const changes: Record<string, Value> = {};
    for (const rule of this.#rules) {
      const value = changes[rule.property] ?? node.properties[rule.property];
      if (value === undefined || !fits(rule, node)) continue;
      const other = changedAt(value, rule.path ?? [], (held, keys) => {
        const site = this.#site(held, keys, rule, node);
        return site === undefined ? undefined : change(site);
      });
      if (other !== value) changes[rule.property] = other;
    }
    return {...node.properties, ...changes};
  }

  #site(value: Value, keys: readonly string[], rule: ValueRule, node: Node): Site | undefined {
    const word = keys.at(-1) ?? '';
    if (isSpecial(value)) return undefined;
    if (rule.class === 'metadata' && this.#keys?.has(word) === false) return undefined;
    const schema = schemaOf(node, rule, keys);
    const field = fieldRead(rule, node);
    const at = {kind: node.kind, id: node.id, field: rule.class === 'metadata' ? `${field}.${word}` : field};
    const common = {node, rule, word, where: '', sets: [at]};
    switch (rule.takes) {
      case 'text': {
        if (typeof value !== 'string' || value.trim() === '') return undefined;
        const key = JSON.stringify([rule.class, ...(rule.class === 'metadata' ? [word] : []), value]);
        return {...common, key, value, form: {constraints: boundsOf(schema, 'length', rule.length)}};
      }
      case 'size': {
        if (typeof value !== 'number') return undefined;
        const least = smallestSize(node, this.#graph);
        const constraints = boundsOf(schema, 'range', least === undefined ? {} : {min: least});
        const key = JSON.stringify([rule.class, value]);
        return {...common, key, value, form: {type: 'number', constraints}};
      }
      case 'list': {
        if (!isTextList(value)) return undefined;
        const key = JSON.stringify([rule.class, value]);
        // A comma would part an item in two.
        const type = value.some(item => /,|^\s|\s$/.test(item)) ? 'json' : 'comma_delimited_list';
        return {...common, key, value, form: {type}};
      }
      case 'address':
        return typeof value === 'string' ? this.#address(value, common) : undefined;
      default:
        return rule.takes satisfies never;
    }
  }

  /** HOT can't count addresses: who changes a range changes what lies in it. */
  #rangeWords(value: string, normal: string): string {
    const around = this.#ranges.holding(value).find(range => range !== normal);
    const subnet = around === undefined ? undefined : this.#subnets.get(around);
    return subnet === undefined ? '' : `, in the range of ${labelOf(subnet)}`;
  }

  #address(value: string, common: Omit<Site, 'key' | 'value' | 'form'>): Site | undefined {
    const normal = normalAddress(value);
    if (normal === undefined || normal.endsWith('/0')) return undefined;
    const isInside = common.rule.class === 'cidr';
    if (isInside && this.#ranges.holding(value).length === 0) return undefined;
    const uses = isInside ? this.#inside : this.#remotes;
    const sets = [...(uses.of.get(normal) ?? []), ...(isInside ? (uses.within.get(normal) ?? []) : [])];
    // Heat refuses ranges that are written otherwise; proof: neutron-lib `api/validators`, `validate_subnet`.
    const constraint = !value.includes('/') ? 'ip_addr' : value === normal ? 'net_cidr' : undefined;
    return {
      ...common,
      key: JSON.stringify(['address', value]),
      value,
      sets: sets.length === 0 ? common.sets : sets,
      where: isInside && common.node.kind !== 'subnet' ? this.#rangeWords(value, normal) : '',
      form: {constraints: constraint === undefined ? [] : [{custom_constraint: constraint}]},
    };
  }
}

/** The subnets of the template by their range; of several the oldest. */
function rangesOf({nodes}: Graph): ReadonlyMap<string, Node> {
  const found = new Map<string, Node>();
  for (const node of nodes.values()) {
    const {cidr} = node.properties;
    if (node.kind !== 'subnet' || node.place.as !== 'resource' || typeof cidr !== 'string') continue;
    const normal = normalAddress(cidr);
    if (normal !== undefined && !found.has(normal)) found.set(normal, node);
  }
  return found;
}

function fits({property, kinds, class: of}: ValueRule, {kind}: Node): boolean {
  if (kinds !== undefined) return kinds.includes(kind);
  // The name of what is optional is a parameter anyway.
  return of !== 'names' || (!fixedNames.has(kind) && specOf(kind)?.optional?.property !== property);
}

/** The field of the row that the value comes from. */
function fieldRead({property, path = []}: ValueRule, {kind}: Node): string {
  const reads = specOf(kind)?.properties[property]?.reads ?? [];
  const named = [path.at(-1), property].find(name => name !== undefined && reads.includes(name));
  return named ?? reads[0] ?? property;
}

function withParameters(ledger: readonly LedgerEntry[], fields: ReadonlySet<string>): readonly LedgerEntry[] {
  return ledger.map(entry =>
    entry.fate === 'exact' && fields.has(entry.field) ? {field: entry.field, fate: 'parameter'} : entry,
  );
}

function schemaOf(node: Node, rule: ValueRule, keys: readonly string[]): PropertySchema | undefined {
  let schema = heatSchemas[specOf(node.kind)?.heat ?? '']?.[rule.property];
  for (const key of keys) schema = schema?.items ?? schema?.keys?.[key];
  return schema;
}

type Bounds = {readonly min?: number; readonly max?: number};

/** What Heat's schema says, made narrower by what the API says. */
function boundsOf(
  schema: PropertySchema | undefined,
  name: 'length' | 'range',
  more: Bounds = {},
): readonly object[] {
  const allowed = schema?.allowed === undefined ? [] : [{allowed_values: schema.allowed}];
  const bounds = narrower(schema?.[name] ?? {}, more);
  return [...(Object.keys(bounds).length === 0 ? [] : [{[name]: bounds}]), ...allowed];
}

function narrower(a: Bounds, b: Bounds): Bounds {
  const min = Math.max(a.min ?? -Infinity, b.min ?? -Infinity);
  const max = Math.min(a.max ?? Infinity, b.max ?? Infinity);
  return {...(min === -Infinity ? {} : {min}), ...(max === Infinity ? {} : {max})};
}

function isTextList(value: Value): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every(item => typeof item === 'string');
}

/** @param sites Oldest first. */
function givenOf(key: string, sites: readonly Site[]): Given {
  // Whose own address it is comes before who else speaks of it.
  const uses = [...sites].sort((a, b) => valueRules.indexOf(a.rule) - valueRules.indexOf(b.rule));
  const [first] = uses;
  if (first === undefined) throw new Error('a parameter of nothing');
  const {rule, word, value, node} = first;
  const keyed = (text: string): string => text.replace('*', () => plain(word));
  const users = uses.map(use =>
    rule.class === 'names' ? `the ${kindWords(use.node.kind)}` : labelOf(use.node),
  );
  const {type} = first.form;
  const own = node.label === '' ? node.kind : node.label;
  return new Given(key, {
    prefix: keyed(rule.prefix),
    // Many things of one name have descriptions.
    label: rule.class === 'description' ? `${node.kind} ${own}` : own,
    description: `${keyed(rule.what)} of ${few([...new Set(users)])}${first.where}`,
    value,
    form: {
      ...(type === undefined ? {} : {type}),
      ...(rule.takes === 'address' ? {} : labelFor(keyed(rule.what), uses)),
      constraints: together(uses),
    },
    sets: uses.flatMap(use => use.sets),
    group: rule.group,
  });
}

/** The parameter's name carries the first only; a label says of how many it is. An address is one thing's. */
function labelFor(what: string, uses: readonly Site[]): Pick<ParameterForm, 'label'> {
  const kinds = new Set(uses.map(({node}) => node.kind));
  const things = new Set(uses.map(({node}) => node.key)).size;
  const [kind] = kinds;
  if (things < 2 || kind === undefined || kinds.size > 1) return {};
  return {label: `${what} of ${things} ${kindWords(kind)}s`.replace(/ys$/, 'ies')};
}

/** Bounds that hold for all; other constraints are the same for one key. */
function together(uses: readonly Site[]): readonly object[] {
  const bounds: Record<string, Bounds> = {};
  const others = new Map<string, object>();
  for (const {form} of uses) {
    for (const constraint of form.constraints ?? []) {
      const [[name, value] = ['', undefined]] = Object.entries(constraint) as [string, unknown][];
      if (name === 'length' || name === 'range') bounds[name] = narrower(bounds[name] ?? {}, value as Bounds);
      else others.set(JSON.stringify(constraint), constraint);
    }
  }
  const [{value} = {value: ''}] = uses;
  const measured = typeof value === 'string' ? Array.from(value).length : Number(value);
  const kept = Object.entries(bounds)
    // What the source has all the same is no fault of the deployment's.
    .filter(([, {min = -Infinity, max = Infinity}]) => measured >= min && measured <= max)
    .map(([name, bound]) => ({[name]: bound}));
  return [...kept, ...others.values()];
}

function kindWords(kind: string): string {
  return kind.replaceAll('_', ' ');
}

function labelOf({label, kind}: Node): string {
  return label.trim() === '' ? `a ${kindWords(kind)} without a name` : plain(label);
}

/** Names of a project may be long, of several lines, or look like something else. */
function plain(text: string): string {
  const short = text.length > 40 ? `${Array.from(text).slice(0, 39).join('')}…` : text;
  return /^[\w.@+/-]+$/.test(short) ? short : JSON.stringify(short);
}

/** `a`, `a and b`, `a, b and c`, `a, b and 7 more`. */
function few(words: readonly string[]): string {
  const shown = words.length > 3 ? [...words.slice(0, 2), `${words.length - 2} more`] : words;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
