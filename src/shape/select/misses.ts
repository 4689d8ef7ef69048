/** A term that nothing fits: what there is instead. */
import {RekindleError} from '../../model/errors.ts';
import type {Graph, Node} from '../../model/graph.ts';
import {allNearest} from '../../model/nearest.ts';
import {escapeGlob} from '../../model/glob.ts';
import {termsOf, type Expression, type Term} from './expression.ts';
import {textsOf} from './facts.ts';
import {isOfKind, kindWord} from './kinds.ts';
import {nameOf, testOfTerm} from './match.ts';
import {printTerm} from './print.ts';
import type {Lookup} from './rules.ts';

const most = 4;

/**
 * @param nodes What can be selected.
 * @throws RekindleError 'usage' for the first term that none of them fits
 */
export function refuseEmpty(
  expression: Expression,
  option: string,
  nodes: readonly Node[],
  {graph, scope}: {readonly graph: Pick<Graph, 'nodes'>; readonly scope: Lookup},
): void {
  for (const term of termsOf(expression)) {
    const test = testOfTerm(term, scope);
    if (nodes.some(test)) continue;
    const left = [...graph.nodes.values()].find(test);
    throw new RekindleError('usage', `${option}: nothing in the project is ${printTerm(term)}`, {
      hint: left?.place.as === 'skipped' ? notOurs(left, left.place.reason) : hintFor(term, nodes, scope),
    });
  }
}

function notOurs(node: Node, reason: string): string {
  return `the ${kindWord(node.kind).replaceAll('-', ' ')} ${JSON.stringify(nameOf(node))} is not rebuilt anyway: ${reason}`;
}

function hintFor(term: Term, nodes: readonly Node[], scope: Lookup): string {
  if (term.is === 'kind') {
    const own = nodes.filter(node => isOfKind(node.kind, term.kind));
    if (own.length === 0) {
      const kinds = [...new Set(nodes.map(({kind}) => kindWord(kind)))];
      return `the project has no ${kindWord(term.kind)}; it has ${listed(kinds, 12) || 'nothing at all'}`;
    }
    const names = own.map(nameOf).filter(name => name !== '');
    return known(names, term.name ?? '', name => printTerm({...term, name: escapeGlob(name)}));
  }
  const {field, key, value} = term;
  const there = nodes.flatMap(node => textsOf(node, field, key, scope)).filter(one => one !== '');
  if (there.length === 0 && key !== undefined) {
    const keys = nodes.flatMap(node => textsOf(node, field, undefined, scope));
    return keys.length === 0
      ? 'nothing in the project has metadata'
      : known(keys, key, one => `metadata.${one}`);
  }
  if (there.length === 0) return `nothing in the project has a ${field}`;
  if (term.unlike) return `everything is ${printTerm({...term, unlike: false})}`;
  return known(there, value, one => printTerm({...term, value: escapeGlob(one)}));
}

/** The nearest, else some of what there is. */
function known(words: readonly string[], wanted: string, write: (word: string) => string): string {
  const near = allNearest(wanted, words, most);
  if (near.length > 0) return `did you mean ${near.map(write).join(' or ')}?`;
  return `there is ${listed([...new Set(words)].sort().map(write), most)}`;
}

function listed(words: readonly string[], length: number): string {
  const shown = words.slice(0, length).join(', ');
  return words.length > length ? `${shown} and ${words.length - length} more` : shown;
}
