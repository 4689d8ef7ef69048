/** Everything that would stop a deployment into this project, found before anything is created, and all at once. */
import type {Session} from '../cloud/types.ts';
import type {LoadedBundle} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import {type Finding, problem, quoted, warning} from './check/finding.ts';
import {resolveKeypairs} from './check/keypairs.ts';
import {checkLimits} from './check/limits.ts';
import {nearest} from './check/names.ts';
import {type Match, resolveOutside} from './check/outside.ts';
import {checkQuota} from './check/quota.ts';
import {checkRules} from './check/rules/index.ts';
import {checkSchema} from './check/schema.ts';
import type {SourceFacts} from './check/source-facts.ts';
import {checkSecrets} from './check/secrets.ts';
import {resolveSwitches} from './check/switches.ts';
import {checkTaken} from './check/taken.ts';
import {targetOf} from './check/target.ts';
import {present, resourcesOf, withDefaults} from './check/template.ts';
import {readThere} from './check/there.ts';
import {viewOf} from './check/view.ts';
import {type Heat, openHeat, type Stack, type StackBody} from '../heat/index.ts';
import {type Fields, fields} from '../model/json.ts';

export type {Finding} from './check/finding.ts';
export type {Match} from './check/outside.ts';
export {sourceFacts, type SourceFacts} from './check/source-facts.ts';

export interface PreflightOptions {
  /** Name of the stack. */
  readonly stack: string;
  /** Values that the user gave for this deployment: they beat the bundle's. */
  readonly parameters?: Fields | undefined;
  /** Take back everything if a part fails; default: leave what was built, to look at it. */
  readonly rollback?: boolean | undefined;
  /** Minutes after which Heat gives up; default: the cloud's. */
  readonly timeoutMinutes?: number | undefined;
  readonly tags?: readonly string[] | undefined;
  /** How long Heat's own preview may take; 0 leaves it out. */
  readonly previewSeconds?: number | undefined;
  /** What the bundle's inventory tells of the source's flavors and images, to find their like by. */
  readonly source?: SourceFacts | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Preflight {
  /** What Heat is to be given. */
  readonly parameters: Fields;
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** For parameters whose value won't do: the one that certainly would. */
  readonly matches: readonly Match[];
  /** The stack that has the name already. */
  readonly existing: Stack | undefined;
}

/** Reads only. @throws RekindleError where the target can't be asked at all. */
export async function preflight(
  session: Session,
  bundle: LoadedBundle,
  options: PreflightOptions,
): Promise<Preflight> {
  try {
    return await check(session, bundle, options);
  } catch (error) {
    if (options.signal?.aborted !== true) throw error;
    throw new RekindleError('aborted', 'Interrupted while checking the target; nothing was created');
  }
}

async function check(session: Session, bundle: LoadedBundle, options: PreflightOptions): Promise<Preflight> {
  const heat = await openHeat(session);
  const {template, report} = bundle;
  const {signal} = options;
  const chosen = choicesOf(bundle, options);
  const given = present({...bundle.parameters, ...options.parameters});
  const target = targetOf(session, signal);

  const declared = withDefaults(template, given);
  const [existing, outside, keys, switches] = await Promise.all([
    isStackName(options.stack) ? heat.find(options.stack, signal) : undefined,
    resolveOutside(report.parameters, declared, chosen, target, options.source),
    resolveKeypairs(report.parameters, template, declared, chosen, target),
    resolveSwitches(report.parameters, declared, chosen, template, target),
  ]);
  const parameters: Fields = {...given, ...outside.values, ...keys.values, ...switches.values};
  const values: Fields = withDefaults(template, parameters);
  const resources = resourcesOf(template, values);
  const body = stackBody(bundle, parameters, options);
  const view = viewOf(template, values);
  const [quota, schema, taken, there] = await Promise.all([
    checkQuota(resources, values, target),
    checkSchema(resources, heat, signal),
    checkTaken(report.parameters, resources, values, target),
    readThere(view, target),
  ]);
  const findings: Finding[] = [
    ...checkName(options.stack),
    ...checkCredential(session),
    ...checkParameters(template, given, options.parameters ?? {}),
    ...outside.findings,
    ...keys.findings,
    ...switches.findings,
    ...checkSecrets(report.parameters, resources, values),
    ...taken,
    ...quota,
    ...schema,
    ...checkRules(view, there),
    ...checkLimits(bundle, {...body, environment: {parameters: values}}, resources),
  ];
  if (existing !== undefined) {
    findings.push(
      problem(
        'stack',
        `there is already a stack ${quoted(existing.name)} (${existing.status})`,
        'choose another name',
      ),
    );
  }
  if (!findings.some(({severity}) => severity === 'error'))
    findings.push(...(await checkPreview(heat, body, options)));
  return {parameters, findings: sorted(findings), matches: outside.matches, existing};
}

/** Errors first, else in the order of the checks; what two of them say is said once. */
function sorted(findings: readonly Finding[]): readonly Finding[] {
  const last = new Map(findings.map(finding => [`${finding.where}\n${finding.what}`, finding]));
  const once = [...last.values()];
  return ['error', 'warning'].flatMap(wanted => once.filter(({severity}) => severity === wanted));
}

/** Parameters whose value is the user's: given for this deployment, or edited in the environment. */
function choicesOf(bundle: LoadedBundle, options: PreflightOptions): ReadonlySet<string> {
  const edited = bundle.report.parameters
    .filter(({name, value}) => {
      const now = bundle.parameters[name];
      return now !== undefined && now !== null && JSON.stringify(now) !== JSON.stringify(value);
    })
    .map(({name}) => name);
  return new Set([...Object.keys(options.parameters ?? {}), ...edited]);
}

/** The body of create and preview. The template goes as an object, so that no YAML reader can change a value. */
export function stackBody(bundle: LoadedBundle, parameters: Fields, options: PreflightOptions): StackBody {
  const {timeoutMinutes, tags = []} = options;
  return {
    stack_name: options.stack,
    template: bundle.template,
    files: bundle.files,
    environment: {parameters},
    disable_rollback: options.rollback !== true,
    ...(timeoutMinutes === undefined ? {} : {timeout_mins: timeoutMinutes}),
    ...(tags.length === 0 ? {} : {tags: tags.join(',')}),
  };
}

function isStackName(name: string): boolean {
  return /^[a-zA-Z][a-zA-Z0-9_.-]{0,254}$/.test(name);
}

function checkName(name: string): readonly Finding[] {
  if (isStackName(name)) return [];
  return [
    problem(
      'stack',
      `Heat takes no stack name ${quoted(name)}`,
      'it must begin with a letter, go on with letters, digits, "_", "." and "-", and have at most 255 of them',
    ),
  ];
}

/**
 * Heat makes a trust for every stack. Keystone's token tells whether an application credential is restricted, which
 * upstream means no trust; but clouds are patched either way, so none of it is certain.
 */
function checkCredential(session: Session): readonly Finding[] {
  const {methods, restricted} = session.identity;
  if (!methods.includes('application_credential')) return [];
  const what =
    restricted === true
      ? 'is a restricted application credential: Keystone lets it make no trust, and Heat needs one for a stack (it then answers 500)'
      : 'many clouds let no application credential make the trust that Heat needs for a stack (it then answers 500)';
  const hint =
    restricted === true
      ? 'make an unrestricted one: openstack application credential create --unrestricted NAME; or deploy with a password or OIDC'
      : 'if the stack is refused, deploy with a password or OIDC';
  return [warning('credential', what, hint)];
}

function checkParameters(template: Fields, given: Fields, options: Fields): readonly Finding[] {
  const declared = fields(template['parameters']);
  const names = Object.keys(declared);
  const findings: Finding[] = [];
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(declared, name)) continue;
    const like = nearest(name, names);
    const where = Object.hasOwn(options, name) ? 'option -P' : 'environment';
    const hint = like.length === 0 ? 'leave it out' : `did you mean ${like.join(' or ')}?`;
    findings.push(problem(where, `the template has no parameter ${quoted(name)}`, hint));
  }
  for (const name of names) {
    const value = given[name] ?? fields(declared[name])['default'] ?? undefined;
    if (value !== undefined) continue;
    findings.push(problem(`parameter ${name}`, 'has no value', `give it one: -P ${name}=VALUE`));
  }
  return findings;
}

/** Heat's own dry run: the last word on everything that it checks before it starts. */
async function checkPreview(
  heat: Heat,
  body: StackBody,
  {previewSeconds = 60, signal}: PreflightOptions,
): Promise<readonly Finding[]> {
  if (previewSeconds <= 0) return [];
  const limit = AbortSignal.timeout(previewSeconds * 1000);
  try {
    await heat.preview(body, signal === undefined ? limit : AbortSignal.any([signal, limit]));
    return [];
  } catch (error) {
    if (!(error instanceof RekindleError) || signal?.aborted === true) throw error;
    if (limit.aborted || error.code === 'timeout')
      return [warning('template', `Heat's preview took longer than ${previewSeconds} s and was given up`)];
    const {status} = error.origin;
    if (status === undefined || status === 401) throw error;
    const hint =
      status >= 500
        ? "a circle of references makes Heat answer so; its operator's log has the cause"
        : (error.hint ?? '');
    return [problem('template', `Heat refuses it: ${error.message}`, hint)];
  }
}
