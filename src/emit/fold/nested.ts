/** A group's nested template -> its file. */
import type {Json} from '../model.ts';
import {HOT_VERSION, resourceEntry} from '../template.ts';
import {quoted, stringify, toMap, toNode, type Entry} from '../yaml.ts';
import type {Group} from './group.ts';

/** @param outputs What others refer to, by name. */
export function nestedYaml({name, nested, given, roles}: Group, outputs: ReadonlyMap<string, Json>): string {
  const words = roles.map(role => role.replaceAll('_', ' ')).join(', ');
  const sections: Entry[] = [
    {key: 'heat_template_version', value: quoted(HOT_VERSION)},
    {key: 'description', value: toNode(`One of ${name}: ${words}`), space: true},
  ];
  if (given.length > 0)
    sections.push({
      key: 'parameters',
      value: toMap(
        given.map(({name: key, type, description}, index) => ({
          key,
          value: toNode({type, description}),
          space: index > 0,
        })),
      ),
      space: true,
    });
  sections.push({key: 'resources', value: toMap(nested.map(resourceEntry)), space: true});
  if (outputs.size > 0)
    sections.push({
      key: 'outputs',
      value: toMap([...outputs].map(([key, value]) => ({key, value: toNode({value})}))),
      space: true,
    });
  return stringify(toMap(sections));
}
