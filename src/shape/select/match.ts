/** Expression -> a test of nodes. */
import type {Node} from '../../model/graph.ts';
import {escapedGlob} from '../../model/glob.ts';
import {textsOf} from './facts.ts';
import type {Expression, Term} from './expression.ts';
import {isOfKind} from './kinds.ts';
import type {Lookup} from './rules.ts';

export type Test = (node: Node) => boolean;

export function testOf(expression: Expression, scope: Lookup): Test {
  if (expression.is === 'kind' || expression.is === 'field') return testOfTerm(expression, scope);
  if (expression.is === 'not') {
    const inner = testOf(expression.of, scope);
    return node => !inner(node);
  }
  const parts = expression.of.map(part => testOf(part, scope));
  return expression.is === 'and'
    ? node => parts.every(part => part(node))
    : node => parts.some(part => part(node));
}

export function testOfTerm(term: Term, scope: Lookup): Test {
  if (term.is === 'kind') {
    const isNamed = term.name === undefined ? undefined : escapedGlob(term.name);
    return node => isOfKind(node.kind, term.kind) && (isNamed?.(nameOf(node)) ?? true);
  }
  const {field, key, value, unlike} = term;
  const fits = escapedGlob(field === 'status' ? value.toLowerCase() : value);
  return node => textsOf(node, field, key, scope).some(fits) !== unlike;
}

/** What a person calls it: many things have no name of their own, and what they belong to has one. */
export function nameOf({name, label}: Node): string {
  return name === '' ? label : name;
}
