/** Parameters -> environment.yaml and secrets.yaml, grouped as in the template; what somebody wrote there stays. */
import type {EarlierBundle, ParametersFile, Report} from '../model/bundle.ts';
import {isSameJson} from '../model/json.ts';
import {printable} from '../model/printable.ts';
import type {Json, Template, TemplateParameter} from './model.ts';
import {GIVE, namedInSource, oneOfSeveral} from './parameters.ts';
import {stringify, toMap, toNode, type Entry} from './yaml.ts';

/** Above what the template has no place for any more. */
const LEFT = 'No parameters of this template:';

const environmentHeading =
  "The source's values. Where the target calls a thing by another name, change it here.";
const secretsHeading = 'Secret values: keep this file out of version control.';
const noSecretsHeading = 'No parameter of this template is secret.';

export function environmentYaml({parameters}: Template, earlier?: EarlierBundle): string {
  const file = fileOf(parameters, ({hidden}) => hidden !== true, earlier?.environment, earlier);
  return file.text(environmentHeading);
}

/** Hidden parameters; empty unless capturing them was asked for. */
export function secretsYaml({parameters}: Template, earlier?: EarlierBundle): string {
  const file = fileOf(parameters, ({hidden}) => hidden === true, earlier?.secrets, earlier);
  return file.text(file.isEmpty ? noSecretsHeading : secretsHeading);
}

/** The file that is replaced, and what was once written into it. */
interface Before {
  readonly file: ParametersFile;
  readonly written: ReadonlyMap<string, unknown>;
  /** Comments that an earlier run wrote, or this one would. */
  readonly ours: ReadonlySet<string>;
}

/** @param isHome Whether the parameter belongs into this file; others are there if somebody put them there. */
function fileOf(
  parameters: readonly TemplateParameter[],
  isHome: (parameter: TemplateParameter) => boolean,
  file: ParametersFile | undefined,
  earlier: EarlierBundle | undefined,
): {readonly isEmpty: boolean; readonly text: (heading: string) => string} {
  const before =
    file === undefined || earlier === undefined ? undefined : beforeOf(parameters, file, earlier.report);
  const entries: Entry[] = [];
  let group = '';
  for (const parameter of parameters) {
    const choice = choiceOf(parameter, isHome(parameter), before);
    if (choice === undefined) continue;
    const first = parameter.group !== group;
    group = parameter.group;
    const {above = [], beside} = before?.file.remarks.get(parameter.name) ?? {};
    entries.push({
      key: parameter.name,
      value: toNode(choice.value, 4),
      comments: [
        ...(first ? [group] : []),
        ...(choice.remark === undefined ? [] : [choice.remark]),
        ...theirs(above, before),
      ],
      beside: theirs(beside === undefined ? [] : [beside], before)[0],
      space: first && entries.length > 0,
    });
  }
  const last =
    before === undefined ? [] : [...theirs(before.file.last, before), ...leftOver(parameters, before)];
  return {
    isEmpty: entries.length === 0,
    text: heading =>
      stringify(
        toMap([{key: 'parameters', value: toMap(entries)}]),
        [heading, ...theirs(before?.file.first ?? [], before)],
        [...new Set(last)],
      ),
  };
}

function beforeOf(
  parameters: readonly TemplateParameter[],
  file: ParametersFile,
  {parameters: earlier}: Pick<Report, 'parameters'>,
): Before {
  const ours = [GIVE, environmentHeading, secretsHeading, noSecretsHeading];
  for (const {group, remark, value} of parameters) ours.push(group, sourceRemark(value), remark ?? group);
  for (const {value, source} of earlier) {
    ours.push(sourceRemark(value));
    if (source !== undefined) ours.push(namedInSource(source.name), oneOfSeveral(source.name));
  }
  return {
    file,
    written: new Map(earlier.map(({name, value}) => [name, value])),
    ours: new Set(ours.map(line => printable(line).trim())),
  };
}

/** The lines that are no words of ours. */
function theirs(lines: readonly string[], before: Before | undefined): readonly string[] {
  return lines.filter(line => line !== '' && before?.ours.has(line) !== true);
}

interface Choice {
  readonly value: Json;
  readonly remark?: string | undefined;
}

/** The source's value, or the one that somebody wrote; undefined for what is not to be in the file. */
function choiceOf(
  {name, value, hidden, remark}: TemplateParameter,
  isHome: boolean,
  before: Before | undefined,
): Choice | undefined {
  if (before === undefined) return isHome ? {value, remark} : undefined;
  const {file, written} = before;
  const isThere = Object.hasOwn(file.values, name);
  const captured = hidden === true && value !== '';
  if (!isHome && !isThere) return undefined;
  // A line taken out stays out.
  if (!isThere && written.has(name) && !captured) return undefined;
  const mine = file.values[name] as Json;
  const isNothing = hidden === true && (mine === '' || !isScalar(mine));
  const edited = isThere && !isNothing && !(written.has(name) && isSameJson(mine, written.get(name)));
  // A captured secret is newer than the one that lies there.
  if (!edited || captured) return {value, remark};
  if (remark === GIVE) return {value: mine, ...(mine === '' ? {remark} : {})};
  if (hidden === true || isSameJson(mine, value)) return {value: mine, remark};
  return {value: mine, remark: remark ?? sourceRemark(value)};
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** The source's value, for above another one. */
function sourceRemark(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > 80 ? 'another value in the source' : `${text} in the source`;
}

/** What was somebody's and is no parameter any more: as comments, since Heat refuses a parameter that it doesn't know. */
function leftOver(
  parameters: readonly TemplateParameter[],
  {file: {values}, written}: Before,
): readonly string[] {
  const here = new Set(parameters.map(({name}) => name));
  const lines = Object.keys(values)
    .filter(name => !here.has(name) && values[name] !== '')
    .filter(name => !(written.has(name) && isSameJson(values[name], written.get(name))))
    .sort()
    .map(name => `${name}: ${JSON.stringify(values[name])}`);
  return lines.length === 0 ? [] : [LEFT, ...lines];
}
