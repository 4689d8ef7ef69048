/** Groups of a definition, written out: what is in them is foretold like everything else. Pure. */
import {expand, type ExpandedGroup} from '../../model/expand.ts';
import {type Fields, fields} from '../../model/json.ts';
import type {Definition} from './types.ts';

export interface Grouped {
  /** The groups themselves, and what is in them. */
  readonly definition: Definition;
  readonly groups: ReadonlyMap<string, ExpandedGroup>;
  /** The group of each resource that is in one. */
  readonly members: ReadonlyMap<string, string>;
}

export function grouped(definition: Definition): Grouped {
  const {template, groups} = expand(definition.template, definition.files);
  const before = fields(definition.template['resources']);
  const resources: Fields = {
    ...Object.fromEntries([...groups.keys()].map(name => [name, before[name]])),
    ...fields(template['resources']),
  };
  return {
    definition: groups.size === 0 ? definition : {...definition, template: {...template, resources}},
    groups,
    members: new Map(
      [...groups].flatMap(([name, {resources: made}]) => made.map(one => [one, name] as const)),
    ),
  };
}
