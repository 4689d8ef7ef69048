/** What already runs, put under a stack: everything looked at first, nothing touched, proven by what it is afterwards. */
import type {Session} from '../../cloud/types.ts';
import {type Heat, openHeat, type Stack} from '../../heat/index.ts';
import type {LoadedBundle} from '../../model/bundle.ts';
import {RekindleError} from '../../model/errors.ts';
import type {Fields} from '../../model/json.ts';
import {type Finding, problem, quoted, refuse} from '../check/finding.ts';
import {checkCredential, checkName, isStackName} from '../check/given.ts';
import {isRetained} from './data.ts';
import {type AdoptPlan, planAdoption, type Present} from './plan.ts';
import {type AdoptedStack, adoptStack, type AdoptStackOptions} from './stack.ts';
import {valuesOf} from './values.ts';

export interface AdoptBundleOptions extends AdoptStackOptions {
  /** Values that the user gave: they beat the bundle's. */
  readonly parameters?: Fields | undefined;
}

/** A plan, and what Heat is to be given. */
export interface AdoptCheck extends AdoptPlan {
  readonly parameters: Fields;
}

/** Reads only. */
export async function checkAdoption(
  session: Session,
  bundle: LoadedBundle,
  present: Present,
  options: AdoptBundleOptions,
): Promise<AdoptCheck> {
  const heat = await openHeat(session);
  const {stack, signal} = options;
  const [existing, values] = await Promise.all([
    isStackName(stack) ? heat.find(stack, signal) : undefined,
    valuesOf(session, bundle, options),
  ]);
  const {parameters} = values;
  const plan = planAdoption(bundle, present, {parameters, external: options.external});
  const owned = await Promise.all(plan.owners.map(({stack: name, names}) => ownedBy(heat, name, names)));
  const findings: Finding[] = [
    ...checkName(stack),
    ...checkCredential(session),
    ...values.findings,
    ...(existing === undefined || plan.owners.some(owner => owner.stack === existing.name)
      ? []
      : [await taken(heat, existing)]),
    ...owned,
    ...plan.findings,
  ];
  return {...plan, parameters, findings};
}

async function taken(heat: Heat, stack: Stack): Promise<Finding> {
  const what = `there is already a stack ${quoted(stack.name)} (${stack.status})`;
  const rest = 'choose another name with --stack';
  return problem('stack', what, (await wayOut(heat, stack)) ?? rest);
}

/** One thing under two stacks is changed by one and deleted by the other. */
async function ownedBy(heat: Heat, name: string, names: readonly string[]): Promise<Finding> {
  const some = names.slice(0, 3).join(', ') + (names.length > 3 ? `, … (${names.length})` : '');
  const stack = await heat.find(name);
  const status = stack === undefined ? '' : ` (${stack.status})`;
  const what = `the stack ${quoted(name)}${status} has these already: ${some}`;
  const skip = 'take a new snapshot with --stacks skip, and adopt that';
  if (stack === undefined) return problem('stack', what, skip);
  const way = await wayOut(heat, stack);
  const danger = isFailed(stack) ? 'deleting it would delete them; ' : '';
  return problem('stack', what, way ?? `${danger}${skip}`);
}

function isFailed({status}: Stack): boolean {
  return /^(ADOPT|CREATE)_FAILED$/.test(status);
}

/** What an adoption of ours left behind when it failed lets go of everything; another's may not. */
async function wayOut(heat: Heat, stack: Stack): Promise<string | undefined> {
  if (!isFailed(stack) || !isRetained(await heat.template(stack))) return undefined;
  return `it keeps everything it names: remove it (rekindle stack delete ${stack.id}), and adopt again`;
}

/** @throws RekindleError 'not-deployable' with everything that stands in the way. */
export function refuseAdoption({findings}: AdoptCheck, project: string): void {
  refuse(findings, `can't be adopted in the project ${quoted(project)}`, 'nothing was touched');
}

export async function adoptChecked(
  session: Session,
  bundle: LoadedBundle,
  checked: AdoptCheck,
  options: AdoptBundleOptions,
): Promise<AdoptedStack> {
  if (checked.adopted.length === 0)
    throw new RekindleError('input', 'The bundle has no resource that could be adopted');
  return await adoptStack(await openHeat(session), bundle, checked.parameters, checked, options);
}
