/** Rules -> the graph with the properties they change, the ledger saying so. Pure. */
import {carriers} from '../../model/carriers.ts';
import {findCycle} from '../../model/cycles.ts';
import type {LedgerEntry, Node} from '../../model/graph.ts';
import {misfit} from '../../model/heat-schema.ts';
import {faultsError, spotText, type Fault, type Spot} from '../../model/located.ts';
import {nearest} from '../../model/nearest.ts';
import {topOf} from '../../model/path.ts';
import {PatternError, type Budget} from '../../model/pattern.ts';
import type {PropertyPath} from '../../model/property-path.ts';
import type {RulesChoice} from '../../model/shape.ts';
import {Given, isPlainObject, type Properties, type Value} from '../../model/value.ts';
import {connect} from '../../relate/edges.ts';
import type {Related} from '../../relate/index.ts';
import {registry, specOf} from '../../resources/index.ts';
import {EditFault, placesOf, put, remove, replaced, sameText, valueAt, type Place} from './edit.ts';
import {nameOfKey, parameterOf, type Use} from './parameters.ts';
import {rulesOf} from './choice.ts';
import {givensIn, placeholder, plainValue, sourceValue, withGivens} from './placeholders.ts';
import {referenceTo} from './references.ts';
import {heatKind, schemaAt, words, type HeatKind} from './schema.ts';
import {passes, valuesAt} from './tests.ts';
import {SaidParameter, SaidResource, type Operation, type Rule, type Rules, type Said} from './types.ts';

export interface Ruled {
  readonly related: Related;
  /** Rules and parts of them that changed nothing, each with its place in the file. */
  readonly warnings: readonly string[];
}

/** Work that all expressions of a file may take together: some seconds. */
const MOST_STEPS = 50_000_000;

/**
 * @throws RekindleError 'input' for rules that can't be understood, or can't be followed with these rows: every fault with
 * its line and column.
 */
export function applyRules(related: Related, choice: RulesChoice): Ruled {
  return new Application(related, rulesOf(choice), choice.file).run();
}

/** A place that an operation changed, or tried to; the last one counts. */
interface Touch {
  readonly place: Place;
  readonly operation: Operation;
  readonly rule: Rule;
}

interface Draft {
  readonly node: Node;
  readonly heat: HeatKind;
  properties: Value;
  readonly touches: Map<string, Touch>;
}

class Application {
  readonly #related: Related;
  readonly #rules: Rules;
  readonly #file: string;
  readonly #byKind = new Map<string, Node[]>();
  readonly #drafts = new Map<string, Draft>();
  readonly #faults: Fault[] = [];
  readonly #warnings: Fault[] = [];
  readonly #budget: Budget = {left: MOST_STEPS};
  readonly #failed = new Set<Operation>();
  readonly #resources = new Map<SaidResource, Value | undefined>();

  constructor(related: Related, rules: Rules, file: string) {
    this.#related = related;
    this.#rules = rules;
    this.#file = file;
    for (const node of related.graph.nodes.values()) {
      const known = this.#byKind.get(node.kind);
      if (known === undefined) this.#byKind.set(node.kind, [node]);
      else known.push(node);
    }
  }

  run(): Ruled {
    try {
      for (const rule of this.#rules.rules) this.#follow(rule);
    } catch (error) {
      // Whatever else is wrong, it would take too long to find.
      if (!(error instanceof PatternError)) throw error;
    }
    this.#refuse();
    this.#settleParameters();
    this.#checkValues();
    this.#refuse();
    const nodes = new Map(this.#related.graph.nodes);
    for (const draft of this.#drafts.values()) nodes.set(draft.node.key, this.#finished(draft));
    const {graph, scope} = this.#related;
    const specs = new Map(registry.map(spec => [spec.kind, spec]));
    const changed = {...graph, ...connect(nodes, scope, specs)};
    this.#checkCircle(changed);
    this.#refuse();
    return {
      related: {graph: changed, scope},
      warnings: this.#warnings.map(({at, what}) => `${this.#file}:${spotText(at)}: ${what}`),
    };
  }

  #refuse(): void {
    if (this.#faults.length > 0) throw faultsError(this.#file, this.#faults);
  }

  #follow(rule: Rule): void {
    const passing = rule.kinds.flatMap(kind =>
      (this.#byKind.get(kind) ?? []).filter(node => node.place.as !== 'skipped' && isMeant(rule, node)),
    );
    const nodes = passing.filter(({place}) => place.as === 'resource');
    if (nodes.length === 0) {
      this.#warnings.push({at: rule.at, what: `this rule matches nothing${this.#whyNone(rule, passing)}`});
      return;
    }
    for (const operation of rule.operations) {
      let done = 0;
      for (const node of nodes) done += this.#apply(operation, rule, this.#draftOf(node));
      if (done === 0)
        this.#warnings.push({
          at: operation.at,
          what: `${operation.does} ${operation.text} does nothing: none of ${nodes.length} has ${
            operation.does === 'replace' ? 'such a text there' : 'it'
          }`,
        });
    }
  }

  #whyNone({kinds, fields}: Rule, passing: readonly Node[]): string {
    if (passing.length > 0)
      return `: ${passing.length === 1 ? 'one thing' : `${passing.length} things`} it is for ${passing.length === 1 ? 'is' : 'are'} no resource of its own`;
    const rows = kinds.flatMap(kind => this.#byKind.get(kind) ?? []).map(({row}) => row);
    if (rows.length === 0) return `: there is no ${kinds.map(words).join(', no ')}`;
    const known = [...new Set(rows.flatMap(row => Object.keys(row)))].sort();
    for (const {text, path} of fields) {
      const [top = ''] = path;
      if (typeof top !== 'string' || known.includes(top)) continue;
      const like = nearest(top, known);
      return `: no ${kinds.map(words).join(', no ')} has a field ${JSON.stringify(text)}${like === undefined ? '' : ` (did you mean ${like}?)`}`;
    }
    return '';
  }

  #draftOf(node: Node): Draft {
    const known = this.#drafts.get(node.key);
    if (known !== undefined) return known;
    const heat = heatKind(node.kind);
    if (typeof heat === 'string') throw new Error(heat);
    const draft = {node, heat, properties: node.properties, touches: new Map<string, Touch>()};
    this.#drafts.set(node.key, draft);
    return draft;
  }

  /** @returns how many places of the thing it found to work on. */
  #apply(operation: Operation, rule: Rule, draft: Draft): number {
    let done = 0;
    const places = placesOf(draft.properties, operation.path);
    // From the end, so that what is dropped moves nothing that is still to come.
    for (const place of operation.does === 'drop' ? places.toReversed() : places) {
      try {
        const changed = this.#changed(operation, draft, place);
        if (changed === undefined) continue;
        draft.properties = changed;
        const key = JSON.stringify(place);
        draft.touches.delete(key);
        draft.touches.set(key, {place, operation, rule});
        done += 1;
      } catch (error) {
        if (error instanceof PatternError) {
          this.#fault(operation.at, `${operation.text}: ${error.message}`);
          throw error;
        }
        if (!(error instanceof EditFault)) throw error;
        // One of them tells what is wrong.
        if (!this.#failed.has(operation))
          this.#fault(operation.at, `${nameOf(draft.node)}: ${error.message}`);
        this.#failed.add(operation);
        done += 1;
      }
    }
    return done;
  }

  /** @returns the properties, or undefined where there is nothing to do. @throws EditFault */
  #changed(operation: Operation, {properties}: Draft, place: Place): Value | undefined {
    if (operation.does === 'set') {
      const value = this.#valueOf(operation.value);
      return value === undefined ? undefined : put(properties, place, value);
    }
    const before = valueAt(properties, place);
    if (before === undefined) return undefined;
    if (operation.does === 'drop') return withoutEmpty(remove(properties, place), place);
    if (operation.does === 'replace') {
      const after = replaced(before, operation.replacements, this.#budget);
      return sameText(after) === sameText(before) ? undefined : put(properties, place, after);
    }
    const {parameter} = operation;
    return put(properties, place, placeholder(parameter, plainValue(before, operation.text)));
  }

  /** Undefined where a reference leads nowhere, which is a fault already. */
  #valueOf(said: Said): Value | undefined {
    if (said instanceof SaidParameter) return placeholder(said.name, undefined);
    if (said instanceof SaidResource) return this.#resource(said);
    if (Array.isArray(said)) {
      const items = (said as readonly Said[]).map(item => this.#valueOf(item));
      return items.every(item => item !== undefined) ? items : undefined;
    }
    if (!(said instanceof Map)) return said as string | number | boolean;
    const result = Object.create(null) as Record<string, Value>;
    for (const [key, item] of said as ReadonlyMap<string, Said>) {
      const value = this.#valueOf(item);
      if (value === undefined) return undefined;
      result[key] = value;
    }
    return result;
  }

  #resource(said: SaidResource): Value | undefined {
    if (this.#resources.has(said)) return this.#resources.get(said);
    const found = referenceTo(said, this.#related);
    if (typeof found === 'string') this.#fault(said.at, found);
    const value = typeof found === 'string' ? undefined : found;
    this.#resources.set(said, value);
    return value;
  }

  /** Each parameter gets its one value and form, wherever it is used. */
  #settleParameters(): void {
    const uses = new Map<string, Use[]>();
    for (const draft of this.#drafts.values()) {
      for (const {given, touch, path} of givensOf(draft)) {
        const name = nameOfKey(given.key);
        const schema = schemaAt(draft.heat, path);
        if (name === undefined || typeof schema === 'string') continue;
        const use = {
          at: touch.operation.at,
          schema,
          value: sourceValue(given),
          what: `${touch.operation.text} (${words(draft.node.kind)})`,
        };
        const known = uses.get(name);
        if (known === undefined) uses.set(name, [use]);
        else known.push(use);
      }
    }
    const settled = new Map<string, Given>();
    for (const [name, all] of uses) {
      const definition = this.#rules.definitions.get(name);
      const given = parameterOf(name, definition, all, this.#file, this.#faults);
      if (given !== undefined) settled.set(given.key, given);
    }
    for (const [name, {at}] of this.#rules.definitions)
      if (!uses.has(name)) this.#warnings.push({at, what: `the parameter ${name} is used by nothing`});
    for (const draft of this.#drafts.values()) draft.properties = withGivens(draft.properties, settled);
  }

  /** What was changed has to be what Heat takes, as a whole. */
  #checkValues(): void {
    for (const {node, heat, properties, touches} of this.#drafts.values()) {
      const last = new Map([...touches.values()].map(touch => [String(touch.place[0]), touch]));
      for (const [property, {operation}] of last) {
        const schema = heat.properties[property];
        const value = valueAt(properties, [property]);
        const reason = schema === undefined || value === undefined ? undefined : misfit(schema, value);
        if (reason !== undefined)
          this.#fault(operation.at, `${nameOf(node)}: Heat would refuse ${property}: it ${reason}`);
      }
    }
  }

  #finished({node, properties, touches}: Draft): Node {
    const spec = specOf(node.kind);
    if (spec === undefined) return node;
    const entries = new Map(node.ledger.map(entry => [entry.field, entry]));
    const gone = new Set<string>();
    for (const {place, operation, rule} of touches.values()) {
      const [before, after] = [valueAt(node.properties, place), valueAt(properties, place)];
      // Of a list that lost an item, others stand there now.
      const whole = operation.does === 'drop' ? wholeOf(place) : place;
      if (sameText(valueAt(node.properties, whole)) === sameText(valueAt(properties, whole))) continue;
      const {own, following} = carriers(spec, node.row, node.properties, place);
      if (after instanceof Given && sameText(after.value) === sameText(before)) {
        for (const field of [...own, ...following])
          note(entries, {field, fate: 'parameter', reason: `parameter ${after.exact?.name ?? ''}`});
        continue;
      }
      const where = `rule ${this.#file}:${rule.at.line}`;
      for (const field of own) {
        gone.add(field);
        note(entries, {field, fate: 'lost', reason: `${where} ${verbs[operation.does]}`});
      }
      for (const field of following)
        note(entries, {
          field,
          fate: 'lost',
          reason: `it follows from ${operation.text}, which ${where} changes`,
        });
    }
    return {
      ...node,
      properties: properties as Properties,
      ledger: [...entries.values()],
      // What is set to something else needs no step that sets it back.
      steps: node.steps.filter(({fields}) => fields.length === 0 || !fields.every(field => gone.has(field))),
    };
  }

  #checkCircle({nodes, edges}: Related['graph']): void {
    const cycle = findCycle(nodes.keys(), edges);
    if (cycle === undefined) return;
    const names = cycle.map(({from}) => nameOf(nodes.get(from) as Node));
    for (const {from, property} of cycle) {
      const touches = this.#drafts.get(from)?.touches ?? new Map<string, Touch>();
      const touch = [...touches.values()].findLast(({place}) => String(place[0]) === topOf(property));
      if (touch === undefined) continue;
      this.#fault(
        touch.operation.at,
        `the resources would refer to each other in a circle: ${[...names, names[0]].join(' -> ')}`,
      );
      return;
    }
  }

  #fault(at: Spot, what: string): void {
    this.#faults.push({at, what});
  }
}

const verbs: Readonly<Record<Operation['does'], string>> = {
  set: 'sets it',
  replace: 'changes its text',
  parameter: 'makes it a parameter with another value',
  drop: 'drops it',
};

function isMeant({name, fields}: Rule, {label, row}: Node): boolean {
  return (
    (name === undefined || name(label)) && fields.every(({path, test}) => passes(valuesAt(row, path), test))
  );
}

function nameOf({kind, label, id}: Node): string {
  return `the ${words(kind)} ${JSON.stringify(label === '' ? id : label)}`;
}

/** A property of which nothing is left says nothing. */
function withoutEmpty(properties: Value, [property = '']: Place): Value {
  const left = valueAt(properties, [property]);
  const isNothing = Array.isArray(left)
    ? left.length === 0
    : isPlainObject(left) && Object.keys(left).length === 0;
  return isNothing ? remove(properties, [property]) : properties;
}

/** The parameters inside what was touched, with the path of each, in the order of the rules. */
function givensOf(draft: Draft): readonly {given: Given; touch: Touch; path: PropertyPath}[] {
  const found = new Map<string, {given: Given; touch: Touch; path: PropertyPath}>();
  // The last to touch a place is the one that put there what is there now.
  for (const touch of draft.touches.values())
    for (const {given, place} of givensIn(valueAt(draft.properties, touch.place), touch.place))
      found.set(JSON.stringify(place), {given, touch, path: place});
  return [...found.values()];
}

/** The place of the outermost list on the way. */
function wholeOf(place: Place): Place {
  const index = place.findIndex(part => typeof part === 'number');
  return index < 0 ? place : place.slice(0, index);
}

/** What is lost already stays so, with its own reason. */
function note(entries: Map<string, LedgerEntry>, entry: LedgerEntry): void {
  if (entries.get(entry.field)?.fate !== 'lost') entries.set(entry.field, entry);
}
