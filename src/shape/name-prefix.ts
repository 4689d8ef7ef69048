/** One parameter before the names of all that is made: many environments of one template in one project. Pure. */
import type {Graph, LedgerEntry, Node, Step, Word} from '../model/graph.ts';
import type {Shape} from '../model/shape.ts';
import {Given, Joined, type RowField, type Value} from '../model/value.ts';
import {fixedNames} from './value-classes.ts';

/** Heat makes up a name where there is none, so that a blank stands for none. */
function isName(value: Value | undefined): value is string | Given {
  return value instanceof Given || (typeof value === 'string' && value.trim() !== '');
}

/** True for what is called by a name of ours: a resource, or what a step makes. */
function isNamed({kind, name, place, properties}: Node): boolean {
  if (fixedNames.has(kind)) return false;
  if (place.as === 'resource') return isName(properties['name']);
  return place.as === 'step' && name.trim() !== '';
}

/** @returns the graph with a `Given` before every name, in properties and in the words of steps. */
export function prefixNames(graph: Graph, {namePrefix}: Shape): Graph {
  if (namePrefix !== true) return graph;
  const named = [...graph.nodes.values()].filter(isNamed);
  const sets: RowField[] = named.map(({kind, id}) => ({kind, id, field: 'name'}));
  const prefix = new Given('name prefix', {
    prefix: 'name_prefix',
    label: '',
    description: 'Stands before the name of everything that is created, as dev-',
    value: '',
    sets,
    role: 'name-prefix',
    group: 'Naming',
  });
  const keys = new Set(named.map(({key}) => key));
  /** What steps make is found by its name, in other steps too. */
  const stepNames = new Set(named.filter(({place}) => place.as === 'step').map(({name}) => name));
  const nodes = new Map<string, Node>();
  for (const [key, node] of graph.nodes) {
    const {name} = node.properties;
    const isOwn = keys.has(key);
    const own = isOwn && node.place.as === 'step' ? node.name : undefined;
    const steps = node.steps.map(step => withPrefix(step, own, stepNames, prefix));
    nodes.set(
      key,
      isOwn && node.place.as === 'resource' && isName(name)
        ? {
            ...node,
            steps,
            properties: {...node.properties, name: new Joined(prefix, name)},
            ledger: node.ledger.map(asParameter),
          }
        : {...node, steps},
    );
  }
  return {...graph, nodes};
}

function asParameter(entry: LedgerEntry): LedgerEntry {
  return entry.field === 'name' && entry.fate === 'exact' ? {field: 'name', fate: 'parameter'} : entry;
}

/** @param own Name of what the step makes or renames. @param named Names that steps find things by. */
function withPrefix(step: Step, own: string | undefined, named: ReadonlySet<string>, prefix: Given): Step {
  if (!step.command.some(word => typeof word === 'string' && (word === own || named.has(word)))) return step;
  const command = step.command.map((word, index, words): Word => {
    const before = words[index - 1];
    if (typeof word !== 'string' || typeof before !== 'string') return word;
    const isIts = word === own && before !== '--description';
    const isAnothers = before === '--remote-address-group' && named.has(word);
    return isIts || isAnothers ? new Joined(prefix, word) : word;
  });
  return {...step, command};
}
