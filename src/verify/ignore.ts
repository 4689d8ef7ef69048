/** Differences that somebody does not want to hear of: rules over kind, name and field. Pure. */
import {glob} from '../model/glob.ts';
import type {Comparison, Difference, IgnoreRule} from './types.ts';

/** The comparison without what the rules set aside; each difference goes to the first rule that matches it. */
export function ignoring(comparison: Comparison, rules: readonly IgnoreRule[]): Comparison {
  const tests = rules.map(rule => ({rule, test: testOf(rule)}));
  const used = new Set<IgnoreRule>();
  const differences: Difference[] = [];
  const ignored: Comparison['ignored'][number][] = [];
  for (const difference of comparison.differences) {
    const matching = tests.filter(({test}) => test(difference));
    for (const {rule} of matching) used.add(rule);
    const [first] = matching;
    // What was announced is no difference anyhow, and stays where people look for it.
    if (first === undefined || difference.announced !== undefined) differences.push(difference);
    else ignored.push({...difference, ignored: first.rule});
  }
  const {counts} = comparison;
  const unannounced = differences.filter(({announced}) => announced === undefined).length;
  return {
    ...comparison,
    same: unannounced === 0,
    counts: {...counts, unannounced, ignored: counts.ignored + ignored.length},
    differences,
    ignored: [...comparison.ignored, ...ignored],
    unused: [...comparison.unused, ...rules.filter(rule => !used.has(rule))],
  };
}

function testOf({kind, name, field}: IgnoreRule): (difference: Difference) => boolean {
  const [ofKind, ofName, ofField] = [kind, name, field].map(pattern =>
    pattern === undefined ? () => true : glob(pattern),
  ) as [Test, Test, Test];
  return difference =>
    ofKind(difference.kind) &&
    (ofName(difference.label) || ofName(difference.resource ?? difference.label)) &&
    (ofField(difference.field) || ofField(difference.property ?? difference.field));
}

type Test = (text: string) => boolean;
