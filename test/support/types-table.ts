/** The table of supported types, from the registry. */
import type {AnySpec, Ignore} from '../../src/model/define.ts';
import {registry} from '../../src/resources/index.ts';

export function typesTable(): string {
  const built = registry.filter(spec => typeof spec.heat === 'string');
  const stepped = registry.filter(spec => spec.heat === null);
  const referred = registry.filter(spec => spec.heat === undefined);
  return [
    '# Supported types',
    '',
    'Made from the registry by `npm run docs`; a test fails when it is stale.',
    '',
    '## Rebuilt',
    '',
    '| Heat type | rows from | properties | fields not said by a property |',
    '| --- | --- | --- | --- |',
    ...built.map(
      spec =>
        `| \`${spec.heat ?? ''}\` (${spec.kind}) | ${source(spec)} | ${Object.keys(spec.properties).map(code).join(' ')} | ${fields(spec)} |`,
    ),
    '',
    '## Rebuilt by steps alone: Heat has no type',
    '',
    '| kind | rows from |',
    '| --- | --- |',
    ...stepped.map(spec => `| ${spec.kind} | ${source(spec)} |`),
    '',
    '## Referred to, as parameters',
    '',
    '| kind | constraint | rows from |',
    '| --- | --- | --- |',
    ...referred.map(
      spec =>
        `| ${spec.kind} | ${spec.outside?.constraint === undefined ? '' : code(spec.outside.constraint)} | ${source(spec)} |`,
    ),
    '',
  ].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}

function source(spec: AnySpec): string {
  if (spec.parts !== undefined) return `parts of each ${spec.parts.of.kind}`;
  if (spec.list === undefined) return 'the name in the rows that refer to it';
  const {service, path, parent, only} = spec.list;
  const how =
    parent === undefined ? (only === 'referred' ? ', those referred to' : '') : `, per ${parent.kind}`;
  return `${service} ${code(`GET ${path}`)}${how}`;
}

function fields(spec: AnySpec): string {
  const lines: string[] = [];
  for (const [field, ignore] of Object.entries(spec.ignores)) {
    const text = said(ignore);
    if (text !== undefined) lines.push(`${code(field)}: ${text}`);
  }
  return lines.join('; ').replaceAll('|', String.raw`\|`);
}

function said(ignore: Ignore<never>): string | undefined {
  if (ignore === 'read-only' || ignore === 'elsewhere') return undefined;
  return 'lossy' in ignore ? `lost, ${ignore.lossy}` : 'a step';
}
