/** Steps that can't be carried out in the target: their service, its extension or its version isn't there. */
import type {Report, ReportStep, StepWord} from '../../model/bundle.ts';
import {objects, text} from '../../model/json.ts';
import {isPlainName, plainNames} from '../../model/plain-name.ts';
import {partsOfWord} from '../../model/step-word.ts';
import {commandFor, commands, pair, type Command} from '../steps/index.ts';
import {type Finding, warning} from './finding.ts';
import type {Target} from './target.ts';

/** Warnings: the stack can be made all the same. */
export async function checkSteps({steps}: Report, target: Target): Promise<readonly Finding[]> {
  const needs = new Map<string, {readonly need: Need; readonly steps: ReportStep[]}>();
  const findings: Finding[] = [];
  for (const step of steps) {
    const command = commandFor(
      step.command.filter(word => typeof word === 'string'),
      commands,
    );
    if (command === undefined) {
      findings.push(
        warning(
          `step ${step.title}`,
          'is no command that this version of rekindle can run',
          'run it by hand',
        ),
      );
      continue;
    }
    const need = {
      service: command.service,
      extension: command.extension,
      version: versionFor(step, command),
      anyName: givenTo(step, command.names).some(name => !isPlainName(name)),
    };
    const key = Object.values(need).join(' ');
    const known = needs.get(key);
    if (known === undefined) needs.set(key, {need, steps: [step]});
    else known.steps.push(step);
  }
  if (needs.size === 0) return findings;
  const extensions = await extensionsOf(target);
  for (const {need, steps: those} of needs.values()) {
    const what = await missing(need, extensions, target);
    if (what === undefined) continue;
    const count = `${those.length} ${those.length === 1 ? 'step' : 'steps'}`;
    const titles = [...new Set(those.map(({title}) => title))].join('; ');
    findings.push(
      warning('steps', `${what}, and ${count} will fail: ${titles}`, '--no-steps leaves them out'),
    );
  }
  return findings;
}

interface Need {
  readonly service: string;
  readonly extension: string | undefined;
  readonly version: string | undefined;
  /** It gives a name that only older releases of Neutron take. */
  readonly anyName: boolean;
}

/** The highest that any of its options needs. */
function versionFor(step: ReportStep, {since = {}}: Command): string | undefined {
  return Object.entries(since)
    .filter(([option, {value}]) => givenTo(step, option).some(given => value?.test(given) !== false))
    .map(([, {version}]) => version)
    .sort(byVersion)
    .at(-1);
}

/** What is known of an option's values before the deployment. */
function givenTo({command: words}: ReportStep, wanted: string | undefined): readonly string[] {
  return words.flatMap((word, index) => {
    const [option, given] = pair(knownOf(word));
    if (option !== wanted) return [];
    return [given === '' ? knownOf(words[index + 1] ?? '') : given];
  });
}

/** What of a word is known before the deployment. */
function knownOf(word: StepWord): string {
  return partsOfWord(word)
    .map(part => (typeof part === 'string' ? part : ''))
    .join('');
}

function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map(text => text.split('.').map(Number));
  return (left?.[0] ?? 0) - (right?.[0] ?? 0) || (left?.[1] ?? 0) - (right?.[1] ?? 0);
}

async function missing(
  {service, extension, version, anyName}: Need,
  extensions: ReadonlySet<string> | undefined,
  target: Target,
): Promise<string | undefined> {
  if ((await target.session.service(service)) === undefined) return `the cloud has no ${service} service`;
  const newest = version === undefined ? undefined : await newestOf(service, target);
  if (version !== undefined && newest !== undefined && byVersion(newest, version) < 0)
    return `the ${service} service there is of version ${newest}, older than ${version}`;
  if (anyName && extensions?.has(plainNames.all) === true)
    return 'the network service there takes printable names only';
  if (extension === undefined || extensions === undefined || extensions.has(extension)) return undefined;
  return `the network service there has no extension ${extension}`;
}

/** What the service's root document lists, one above its versioned address; undefined where it doesn't say. */
async function newestOf(service: string, target: Target): Promise<string | undefined> {
  const body = await target.get(service, '../');
  return objects(body?.['versions'])
    .map(({id}) => text(id).replace(/^v/, ''))
    .filter(id => /^\d+\.\d+$/.test(id))
    .sort(byVersion)
    .at(-1);
}

/** Undefined where the network service doesn't say. */
async function extensionsOf(target: Target): Promise<ReadonlySet<string> | undefined> {
  const body = await target.get('network', 'extensions');
  return body === undefined ? undefined : new Set(objects(body['extensions']).map(({alias}) => text(alias)));
}
