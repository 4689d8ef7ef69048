/** How long templates are: ours as they were first, as they are, and a person's for the same things. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {samplesFolder} from './replay/sample.ts';

export interface Measure {
  /** With blank lines and comments. */
  readonly lines: number;
  readonly parameters: number;
  readonly resources: number;
  /** Resources that come after others by `depends_on`. */
  readonly dependsOn: number;
}

interface Template {
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, {readonly depends_on?: unknown}>>;
}

export function measure(text: string): Measure {
  const {parameters = {}, resources} = parsePyYaml(text) as Template;
  return {
    lines: text.trimEnd().split('\n').length,
    parameters: Object.keys(parameters).length,
    resources: Object.keys(resources).length,
    dependsOn: Object.values(resources).filter(one => one.depends_on !== undefined).length,
  };
}

/** As the samples' templates first were, and as they were before they were set beside one by hand; by commit. */
const FIRST: Readonly<Record<string, readonly [commit: string, measure: Measure]>> = {
  web: ['cba98ae', {lines: 344, parameters: 9, resources: 19, dependsOn: 1}],
  gaps: ['106812b', {lines: 241, parameters: 4, resources: 15, dependsOn: 1}],
  services: ['06e3208', {lines: 2353, parameters: 56, resources: 199, dependsOn: 10}],
  hard: ['106812b', {lines: 4294, parameters: 16, resources: 447, dependsOn: 9}],
  admin: ['106812b', {lines: 4279, parameters: 15, resources: 446, dependsOn: 9}],
};
const BEFORE: Readonly<Record<string, Measure>> = {
  web: {lines: 344, parameters: 9, resources: 19, dependsOn: 1},
  gaps: {lines: 241, parameters: 4, resources: 15, dependsOn: 1},
  services: {lines: 2353, parameters: 56, resources: 199, dependsOn: 10},
  hard: {lines: 4034, parameters: 16, resources: 408, dependsOn: 11},
  admin: {lines: 4019, parameters: 15, resources: 407, dependsOn: 11},
};

/** What a person says in other resources than we do: ours for the same things. */
const ALSO_OURS: Readonly<Record<string, readonly string[]>> = {
  services: ['port_web_1', 'port_web_2'],
};

const SAMPLES = ['web', 'gaps', 'services', 'hard', 'admin'];
const BY_HAND = ['web', 'services', 'hard'];

function read(...path: readonly string[]): string {
  return readFileSync(join(samplesFolder, ...path), 'utf8');
}

/** The lines of some resources, with the blank line and the comments above each, and no heading. */
function linesOf(template: string, names: ReadonlySet<string>): number {
  const [, body = ''] = template.split(/^resources:\n/m);
  const [resources = ''] = body.split(/^(?=outputs:)/m);
  let lines = 0;
  for (const block of resources.split(/^(?= {2}[\w.-]+:$)/m)) {
    const name = /^ {2}([\w.-]+):$/m.exec(block)?.[1];
    if (name !== undefined && names.has(name))
      lines += block
        .trimEnd()
        .split('\n')
        .filter(line => !/^ {2}#|^$/.test(line)).length;
  }
  return lines;
}

/** The tables of docs/readability.md. */
export function readabilityTables(): string {
  const whole = SAMPLES.map(name => {
    const [, first] = FIRST[name] ?? [];
    const now = measure(read(name, 'template.yaml'));
    const cells = (['lines', 'parameters', 'resources', 'dependsOn'] as const).map(
      key => `${first?.[key] ?? '-'} / ${BEFORE[name]?.[key] ?? '-'} / **${now[key]}**`,
    );
    return `| ${[name, ...cells].join(' | ')} |`;
  });
  const byHand = BY_HAND.map(name => {
    const hand = read('..', 'docs', 'by-hand', `${name}.yaml`);
    const ours = read(name, 'template.yaml');
    const theirs = measure(hand);
    if (name === 'web') {
      const now = measure(ours);
      return `| web, all of it | ${theirs.resources} / ${now.resources} | ${theirs.parameters} / ${now.parameters} | ${theirs.dependsOn} / ${now.dependsOn} | ${theirs.lines} / ${now.lines} |`;
    }
    const names = Object.keys((parsePyYaml(hand) as Template).resources);
    const same = new Set([...names, ...(ALSO_OURS[name] ?? [])]);
    const {resources} = parsePyYaml(ours) as Template;
    const missing = [...same].filter(one => !Object.hasOwn(resources, one));
    if (missing.length > 0) throw new Error(`${name} has no ${missing.join(', ')}`);
    const after = [...same].filter(one => resources[one]?.depends_on !== undefined).length;
    return `| a slice of ${name} | ${theirs.resources} / ${same.size} | | ${theirs.dependsOn} / ${after} | ${linesOf(hand, same)} / ${linesOf(ours, same)} |`;
  });
  return `| sample | lines | parameters | resources | with \`depends_on\` |
| --- | --- | --- | --- | --- |
${whole.join('\n')}

| by hand / ours | resources | parameters | with \`depends_on\` | lines (of a slice: of its resources) |
| --- | --- | --- | --- | --- |
${byHand.join('\n')}
`;
}

const MARKS = ['<!-- measured: npm run docs -->\n', '<!-- /measured -->'] as const;

/** The document with its tables as they are measured now. */
export function withTables(document: string): string {
  const [begin, end] = [document.indexOf(MARKS[0]), document.indexOf(MARKS[1])];
  if (begin < 0 || end < begin) throw new Error('docs/readability.md has lost its marks');
  return `${document.slice(0, begin + MARKS[0].length)}\n${readabilityTables()}\n${document.slice(end)}`;
}
