/** A table of rules: what trips each, and the nearest thing that doesn't. */
import test from 'ava';
import {checkRules} from '../../../src/deploy/check/rules/index.ts';
import type {Lists} from '../../../src/deploy/check/there.ts';
import {viewOf} from '../../../src/deploy/check/view.ts';
import type {Fields} from '../../../src/model/json.ts';

/** By resource name: type without `OS::`, properties, and depends_on if any. */
export type Resources = Readonly<Record<string, readonly [type: string, properties: Fields, after?: string]>>;

export interface Case {
  readonly bad: Resources;
  /** The start of each finding, `resource: property …`; a leading `~` marks a warning. */
  readonly says: readonly string[];
  readonly good: Resources;
  readonly lists?: Lists;
  readonly isAdmin?: boolean;
}

export function said(
  resources: Resources,
  {lists = {}, isAdmin = false}: Pick<Case, 'lists' | 'isAdmin'> = {},
  more: Fields = {},
  values: Fields = {},
): readonly string[] {
  const template = {
    resources: Object.fromEntries(
      Object.entries(resources).map(([name, [type, properties, after]]) => [
        name,
        {type: `OS::${type}`, properties, ...(after === undefined ? {} : {depends_on: after})},
      ]),
    ),
    ...more,
  };
  return checkRules(viewOf(template, values), {lists, project: 'p1', isAdmin}).map(
    ({severity, where, what, hint}) => {
      if (hint === '') throw new Error(`no hint: ${what}`);
      return `${severity === 'warning' ? '~' : ''}${where.replace('resource ', '')}: ${what}`;
    },
  );
}

export function table(cases: Readonly<Record<string, Case>>): void {
  for (const [title, one] of Object.entries(cases)) {
    test(title, t => {
      const found = said(one.bad, one);
      t.is(found.length, one.says.length, found.join('\n'));
      for (const [index, start] of one.says.entries())
        t.true(found[index]?.startsWith(start), `${found[index] ?? ''}\nis not\n${start}`);
      t.deepEqual(said(one.good, one), []);
    });
  }
}

export const ref = (name: string): Fields => ({get_resource: name});
