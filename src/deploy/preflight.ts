/** Everything that would stop a deployment into this project, found before anything is created, and all at once. */
import type {Session} from '../cloud/types.ts';
import type {LoadedBundle, ReportLoss} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import {expand} from '../model/expand.ts';
import {type Finding, note, problem, quoted, warning} from './check/finding.ts';
import {resolveKeypairs} from './check/keypairs.ts';
import {checkLimits, limitHint} from './check/limits.ts';
import {checkCredential, checkName, checkParameters, isStackName} from './check/given.ts';
import {resolveOutside} from './check/outside.ts';
import type {Match} from './check/resolved.ts';
import {checkQuota} from './check/quota.ts';
import {checkRules} from './check/rules/index.ts';
import {lackFindings} from './check/lacks.ts';
import {cutThere} from './cut/there.ts';
import type {SourceFacts} from './check/source-facts.ts';
import {checkSecrets, parametersIn} from './check/secrets.ts';
import {checkSteps} from './check/steps.ts';
import {resolveSwitches} from './check/switches.ts';
import {checkTaken} from './check/taken.ts';
import {targetOf} from './check/target.ts';
import {type CheckedResource, present, resourcesOf, withDefaults} from './check/template.ts';
import {type Forecast, foresee} from './forecast/index.ts';
import {
  changedOnly,
  forecastFindings,
  freshOf,
  keptSwitches,
  readStack,
  stackOptionChanges,
  withoutOwn,
} from './existing.ts';
import {applyMap, type Mapped} from './mapping/apply.ts';
import type {Renaming} from './mapping/language.ts';
import {readThere} from './check/there.ts';
import {viewOf} from './check/view.ts';
import {type Heat, isEngineSlow, openHeat, quotedBy, type Stack, type StackBody} from '../heat/index.ts';
import {type Fields, fields} from '../model/json.ts';
import type {Proposal} from '../model/proposal.ts';

export type {Finding} from './check/finding.ts';
export type {Match} from './check/resolved.ts';
export type {Mapped} from './mapping/apply.ts';
export type {Renaming} from './mapping/language.ts';
export {sourceFacts, type SourceFacts} from './check/source-facts.ts';

export interface PreflightOptions {
  /** Name of the stack. */
  readonly stack: string;
  /** Values that the user gave for this deployment: they beat the bundle's. */
  readonly parameters?: Fields | undefined;
  /** Take back everything if a part fails; default: as the stack has it; a new one leaves what was built, to look at it. */
  readonly rollback?: boolean | undefined;
  /** Minutes after which Heat gives up; default: as the stack has it, a new one the cloud's. */
  readonly timeoutMinutes?: number | undefined;
  /** Default: those the stack has. */
  readonly tags?: readonly string[] | undefined;
  /** Parameters whose values are not known yet: they are not checked, and Heat's preview is left out. */
  readonly later?: ReadonlySet<string> | undefined;
  /** False leaves the bundle's steps out. */
  readonly steps?: boolean | undefined;
  /** False: somebody else adds up what is needed of the quotas. */
  readonly quota?: boolean | undefined;
  /** How long Heat's own preview may take; 0 leaves it out. */
  readonly previewSeconds?: number | undefined;
  /** What the bundle's inventory tells of the source's flavors and images, to find their like by. */
  readonly source?: SourceFacts | undefined;
  /** What the target calls the things that the source calls otherwise; values given by parameter beat it. */
  readonly map?: readonly Renaming[] | undefined;
  /** Where the target lacks what a parameter names, take what is certainly meant. */
  readonly mapAuto?: boolean | undefined;
  /** Leave out what the target can't make, instead of refusing; what that loses is announced. */
  readonly acceptLosses?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Preflight {
  /** What Heat is to be given. */
  readonly parameters: Fields;
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** For parameters whose value won't do: the one that certainly would. */
  readonly matches: readonly Match[];
  /** For each parameter that names something of the target what there is for it. */
  readonly proposals: readonly Proposal[];
  /** What stands for things that the source calls otherwise. */
  readonly mapped: readonly Mapped[];
  /** What the target can't make: lost there, if the deployment goes on without it. */
  readonly losses: readonly ReportLoss[];
  /** What is deployed: the bundle, or what is left of it. */
  readonly bundle: LoadedBundle;
  /** The stack that has the name already, which would be updated. */
  readonly existing: Stack | undefined;
  /** What an update of it would do; undefined where there is none, or where it can't be updated. */
  readonly forecast: Forecast | undefined;
  /** What would be made anew, with the values that it would be made with. */
  readonly fresh: {readonly resources: readonly CheckedResource[]; readonly values: Fields};
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

async function check(session: Session, whole: LoadedBundle, options: PreflightOptions): Promise<Preflight> {
  const heat = await openHeat(session);
  const {report} = whole;
  // What is in groups is looked at as everything else.
  const {template: written} = expand(whole.template, whole.files);
  const {signal, later = new Set<string>()} = options;
  const said = applyMap(report.parameters, options.map ?? []);
  const own: Fields = {...said.values, ...options.parameters};
  const chosen = choicesOf(whole, {parameters: own});
  const given = present({...whole.parameters, ...own});
  quotedBy(session).keep({template: whole.template, environment: {parameters: given}});
  const target = targetOf(session, signal);

  const existing = isStackName(options.stack) ? await heat.find(options.stack, signal) : undefined;
  const stack = existing === undefined ? undefined : await readStack(heat, existing, target);
  const kept = keptSwitches(report, stack?.reading?.state, chosen);
  const open = report.parameters.filter(({name}) => !Object.hasOwn(kept, name));
  const declared = withDefaults(written, {...given, ...kept});
  const [outside, keys, switches] = await Promise.all([
    resolveOutside(
      report.parameters.filter(({name}) => !later.has(name)),
      declared,
      target,
      {chosen, given: new Set(Object.keys(own)), facts: options.source, auto: options.mapAuto},
    ),
    resolveKeypairs(open, written, declared, chosen, target),
    resolveSwitches(open, declared, chosen, written, target),
  ]);
  const parameters: Fields = {...given, ...kept, ...outside.values, ...keys.values, ...switches.values};
  const values: Fields = withDefaults(written, parameters);
  const accepted = options.acceptLosses === true;
  const {lacks, losses, bundle: left} = await cutThere(whole, values, heat, target);
  const bundle = accepted ? left : whole;
  const {template} = accepted ? expand(bundle.template, bundle.files) : {template: written};
  const all = resourcesOf(template, values);
  const body = stackBody(bundle, parameters, options);
  const forecast =
    stack?.reading === undefined
      ? undefined
      : stackOptionChanges(
          await foresee(
            heat,
            stack.now,
            stack.reading,
            {template: bundle.template, parameters, files: bundle.files},
            target,
          ),
          stack.now,
          options,
        );
  // What the stack has and keeps is in the target already, and counted there.
  const {resources, given: names} = freshOf(all, bundle.report, forecast);
  const view = viewOf(template, values);
  const [quota, taken, there, steps] = await Promise.all([
    options.quota === false ? [] : checkQuota(resources, values, target),
    checkTaken(names, resources, values, target),
    readThere(view, target),
    options.steps === false ? [] : checkSteps(bundle.report, target),
  ]);
  const mapped = said.mapped.filter(({parameter}) => !Object.hasOwn(options.parameters ?? {}, parameter));
  const findings: Finding[] = [
    ...checkName(options.stack),
    ...checkCredential(session),
    ...checkParameters(written, given, options.parameters ?? {}, later),
    ...usedOnly(outside.findings, template, accepted && lacks.length > 0),
    ...keys.findings,
    ...switches.findings,
    ...checkSecrets(report.parameters, all, values),
    ...taken,
    ...quota,
    ...changedOnly(lackFindings(lacks, accepted), forecast),
    ...changedOnly(checkRules(view, withoutOwn(there, stack?.reading?.state)), forecast),
    ...steps,
    ...checkLimits(bundle, {...body, environment: {parameters: values}}, all),
    ...(stack?.findings ?? []),
    ...forecastFindings(forecast),
    ...mapNotes(mapped),
  ];
  if (later.size === 0 && !findings.some(({severity}) => severity === 'error'))
    findings.push(...(await checkPreview(heat, body, options, existing)));
  return {
    parameters,
    findings: sorted(findings),
    matches: outside.matches,
    proposals: outside.proposals,
    mapped: [...mapped, ...outside.mapped],
    losses,
    bundle,
    existing: stack?.now ?? existing,
    forecast,
    fresh: {resources, values},
  };
}

/** Errors first, notes last, else in the order of the checks; what two of them say is said once. */
function sorted(findings: readonly Finding[]): readonly Finding[] {
  const last = new Map(findings.map(finding => [`${finding.where}\n${finding.what}`, finding]));
  const once = [...last.values()];
  return ['error', 'warning', 'note'].flatMap(wanted => once.filter(({severity}) => severity === wanted));
}

/** What only things needed that are left out is needed by nothing. */
function usedOnly(findings: readonly Finding[], template: Fields, isCut: boolean): readonly Finding[] {
  if (!isCut) return findings;
  const used = new Set([...parametersIn(template['resources'])].map(name => `parameter ${name}`));
  return findings.filter(({where}) => used.has(where));
}

/** What was mapped, a line each. */
function mapNotes(mapped: readonly Mapped[]): readonly Finding[] {
  return mapped.map(({parameter, from, to, why}) =>
    note(`parameter ${parameter}`, `takes ${quoted(to)} for the source's ${quoted(from)}: ${why}`),
  );
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

/**
 * Heat's own dry run: the last word on everything that it checks before it starts. Of an update too it is that of a new
 * stack, under a name that nobody has: its preview of updates fails over things that the update itself takes.
 */
async function checkPreview(
  heat: Heat,
  body: StackBody,
  {previewSeconds = 60, signal}: PreflightOptions,
  existing: Stack | undefined,
): Promise<readonly Finding[]> {
  if (previewSeconds <= 0) return [];
  const limit = AbortSignal.timeout(previewSeconds * 1000);
  const asked = existing === undefined ? body : {...body, stack_name: `preview-${existing.id}`};
  try {
    await heat.preview(asked, signal === undefined ? limit : AbortSignal.any([signal, limit]));
    return [];
  } catch (error) {
    if (!(error instanceof RekindleError) || signal?.aborted === true) throw error;
    if (limit.aborted || error.code === 'timeout' || isEngineSlow(error) || error.origin.status === 504)
      return [warning('template', `Heat's preview took longer than ${previewSeconds} s and was given up`)];
    const {status} = error.origin;
    if (status === undefined || status === 401) throw error;
    // An update makes no stack, so it may be the last one.
    if (existing !== undefined && /maximum stacks per tenant/i.test(error.message)) return [];
    const limits = limitHint(error.message, Object.keys(fields(body.template['resources'])).length);
    if (limits !== undefined) return [problem('template', `Heat refuses it: ${error.message}`, limits)];
    const hint =
      status >= 500
        ? "a circle of references makes Heat answer so; its operator's log has the cause"
        : (error.hint ?? '');
    return [problem('template', `Heat refuses it: ${error.message}`, hint)];
  }
}
