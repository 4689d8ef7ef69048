/** A bundle read as Heat reads it: groups written out, and things called as where nothing is folded. */
import type {Bundle, Report} from '../../src/model/bundle.ts';
import {expand} from '../../src/model/expand.ts';
import {type Fields, fields, texts} from '../../src/model/json.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';

export interface Read {
  readonly template: Fields;
  /** Names of groups. */
  readonly groups: readonly string[];
}

export function readFlat({bundle, report}: {readonly bundle: Bundle; readonly report: Report}): Read {
  const files = Object.fromEntries(bundle.map(({path, text}) => [path, text]));
  const {template, groups} = expand(fields(parsePyYaml(files['template.yaml'] ?? '')), files);
  const flat = new Map(report.resources.map(({name, flat: other = name}) => [name, other]));
  const resources = Object.entries(fields(template['resources'])).map(([name, raw]) => [
    flat.get(name) ?? name,
    renamed(raw, flat),
  ]);
  return {
    template: {
      ...template,
      resources: Object.fromEntries(resources),
      outputs: renamed(template['outputs'], flat),
    },
    groups: [...groups.keys()],
  };
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map(item => renamed(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const {get_resource: resource, get_attr: attribute} = value as Fields;
  if (Object.keys(value).length === 1) {
    if (typeof resource === 'string') return {get_resource: names.get(resource) ?? resource};
    if (Array.isArray(attribute)) {
      const [name, ...path] = attribute as readonly unknown[];
      return {get_attr: [names.get(String(name)) ?? name, ...path]};
    }
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const waits = typeof item === 'string' ? [item] : texts(item);
      return key === 'depends_on'
        ? [key, waits.map(name => names.get(name) ?? name).sort()]
        : [key, renamed(item, names)];
    }),
  );
}

/** Without the order that no reference says: a group waits as a whole. */
export function withoutOrder(template: Fields): Fields {
  const resources = Object.entries(fields(template['resources'])).map(([name, raw]) => {
    const {depends_on: _order, ...rest} = fields(raw);
    return [name, rest];
  });
  return {...template, resources: Object.fromEntries(resources)};
}
