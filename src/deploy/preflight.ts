/** Everything that would stop a deployment into this project, found before anything is created, and all at once. */
import type {Session} from '../cloud/types.ts';
import type {LoadedBundle} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import {type Finding, problem, quoted, warning} from './check/finding.ts';
import {resolveKeypairs} from './check/keypairs.ts';
import {checkLimits} from './check/limits.ts';
import {nearest} from './check/names.ts';
import {resolveOutside} from './check/outside.ts';
import {checkQuota} from './check/quota.ts';
import {checkSchema} from './check/schema.ts';
import {checkSecrets} from './check/secrets.ts';
import {resolveSwitches} from './check/switches.ts';
import {checkTaken} from './check/taken.ts';
import {targetOf} from './check/target.ts';
import {present, resourcesOf, withDefaults} from './check/template.ts';
import {type Heat, openHeat, type Stack, type StackBody} from '../heat/index.ts';
import {type Fields, fields} from '../model/json.ts';

export type {Finding} from './check/finding.ts';

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
  readonly signal?: AbortSignal | undefined;
}

export interface Preflight {
  /** What Heat is to be given. */
  readonly parameters: Fields;
  readonly findings: readonly Finding[];
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
    resolveOutside(report.parameters, declared, chosen, target),
    resolveKeypairs(report.parameters, template, declared, chosen, target),
    resolveSwitches(report.parameters, declared, chosen, template, target),
  ]);
  const parameters: Fields = {...given, ...outside.values, ...keys.values, ...switches.values};
  const values: Fields = withDefaults(template, parameters);
  const resources = resourcesOf(template, values);
  const body = stackBody(bundle, parameters, options);
  const [quota, schema, taken] = await Promise.all([
    checkQuota(resources, values, target),
    checkSchema(resources, heat, signal),
    checkTaken(report.parameters, resources, values, target),
  ]);
  const findings = [
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
  return {parameters, findings, existing};
}

/** Parameters whose value is the user's: given for this deployment, or edited in the environment. */
export function choicesOf(
  bundle: LoadedBundle,
  options: Pick<PreflightOptions, 'parameters'>,
): ReadonlySet<string> {
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

export function isStackName(name: string): boolean {
  return /^[a-zA-Z][a-zA-Z0-9_.-]{0,254}$/.test(name);
}

export function checkName(name: string): readonly Finding[] {
  if (isStackName(name)) return [];
  return [
    problem(
      'stack',
      `Heat takes no stack name ${quoted(name)}`,
      'it must begin with a letter, go on with letters, digits, "_", "." and "-", and have at most 255 of them',
    ),
  ];
}

/** Heat makes a trust for every stack. */
export function checkCredential(session: Session): readonly Finding[] {
  if (!session.identity.methods.includes('application_credential')) return [];
  return [
    warning(
      'credential',
      'many clouds let no application credential make the trust that Heat needs for a stack (it then answers 500)',
      'if the stack is refused, deploy with a password or OIDC',
    ),
  ];
}

export function checkParameters(template: Fields, given: Fields, options: Fields): readonly Finding[] {
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
