/** The table of all of Heat's types: those that are rebuilt, from the registry, and why the others are not. */
import type {AnySpec, Ignore} from '../../src/model/define.ts';
import {heatTypes, type HeatType} from '../../src/resources/heat-types.ts';
import {registry} from '../../src/resources/index.ts';
import {notBuilt, type NotBuilt} from '../../src/resources/not-built.ts';
import {byAge, readReleases} from './releases.ts';

const sections: readonly {readonly as: NotBuilt['as']; readonly title: string; readonly says: string}[] = [
  {
    as: 'parameter',
    title: 'Parameter only',
    says: "The operator's, or an image: a parameter of the template where something refers to it, otherwise the target has its own.",
  },
  {
    as: 'derived',
    title: 'Derived',
    says: 'Another service makes it, or another resource says it.',
  },
  {
    as: 'impossible',
    title: 'Not rebuildable',
    says: 'No API answers what Heat would need to make it again.',
  },
  {
    as: 'gone',
    title: 'Gone',
    says: 'Removed from OpenStack, or an old name; Heat keeps it for old templates.',
  },
];

export function typesTable(): string {
  const built = registry.filter(spec => typeof spec.heat === 'string');
  const stepped = registry.filter(spec => spec.heat === null);
  const referred = registry.filter(spec => spec.heat === undefined);
  return [
    '# Supported types',
    '',
    'Made from the registry by `npm run docs`; a test fails when it is stale.',
    '',
    ...counts(built),
    '',
    '## Rebuilt',
    '',
    '*modelled*: no cloud of ours runs the service; the type is written from its source, and tested with rows in the shape',
    'it answers. *seen on*: releases on which a clone built it that differed in nothing but the announced, as',
    '`samples/releases.json` has it from `npm run test:releases`.',
    '',
    '| Heat type | seen on | rows from | properties | fields not said by a property |',
    '| --- | --- | --- | --- | --- |',
    ...built.map(
      spec =>
        `| \`${spec.heat ?? ''}\` (${spec.kind})${spec.modelled === true ? ', *modelled*' : ''} | ${seenOn(spec)} | ${source(spec)} | ${Object.keys(spec.properties).map(code).join(' ')} | ${fields(spec)} |`,
    ),
    '',
    ...sections.flatMap(notBuiltSection),
    '## Rebuilt by steps alone: Heat has no type',
    '',
    '| kind | seen on | rows from |',
    '| --- | --- | --- |',
    ...stepped.map(spec => `| ${spec.kind} | ${seenOn(spec)} | ${source(spec)} |`),
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

function seenOn({kind}: AnySpec): string {
  const {built} = readReleases();
  const seen = Object.keys(built).filter(release => built[release]?.includes(kind));
  return seen.sort(byAge).join(', ');
}

function counts(built: readonly AnySpec[]): readonly string[] {
  const types = Object.keys(heatTypes);
  return [
    `Heat's ${types.length} types of \`OS::\`, hidden and removed ones included:`,
    '',
    `- ${new Set(built.map(spec => spec.heat)).size} rebuilt`,
    ...sections.map(({as, title}) => `- ${typesAs(as).length} ${title.toLowerCase()}`),
  ];
}

function typesAs(as: NotBuilt['as']): readonly string[] {
  return Object.keys(notBuilt)
    .filter(type => notBuilt[type]?.as === as)
    .sort();
}

function notBuiltSection({as, title, says}: (typeof sections)[number]): readonly string[] {
  return [
    `## ${title}`,
    '',
    says,
    '',
    '| Heat type | in Heat | why |',
    '| --- | --- | --- |',
    ...typesAs(as).map(
      type => `| ${code(type)} | ${inHeat(heatTypes[type])} | ${notBuilt[type]?.why ?? ''} |`,
    ),
    '',
  ];
}

function inHeat(type: HeatType | undefined): string {
  if (type?.of !== undefined) return `old name of ${code(type.of)}`;
  return [type?.status, ...(type?.since === undefined ? [] : ['since', type.since])].join(' ');
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
