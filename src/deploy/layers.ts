/** A bundle of several templates: a stack for each, fed by the outputs of those that it needs. */
import type {Session} from '../cloud/types.ts';
import type {Feed, LoadedBundle, LoadedLayer} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import {openHeat, type StackEvent, type StackOutput} from '../heat/index.ts';
import {type Fields, fields} from '../model/json.ts';
import {inTurns} from './at-once.ts';
import {deploy, type Deployment, type DeployOptions, type Plan, resourceCount} from './deploy.ts';
import {quoted, refuse} from './check/finding.ts';
import {checkQuota} from './check/quota.ts';
import {mendHint} from './check/resolved.ts';
import {targetOf} from './check/target.ts';
import {isNothing} from './forecast/index.ts';
import {checkMap, renamingsOf} from './mapping/apply.ts';
import {type Finding, preflight, type Preflight, type PreflightOptions} from './preflight.ts';

export interface LayersOptions extends Omit<DeployOptions, 'onPlan' | 'onEvent'> {
  /** Everything is checked, and nothing changed yet: what throws here stops it. Again where more turns out to be at stake. */
  readonly onPlan?: ((plans: readonly Plan[]) => Promise<void> | void) | undefined;
  readonly onEvent?: ((event: StackEvent, stack: string) => void) | undefined;
  /** A layer's turn has come. */
  readonly onLayer?: ((stack: string, bundle: LoadedBundle) => void) | undefined;
}

export interface CheckedLayer {
  readonly stack: string;
  readonly bundle: LoadedBundle;
  readonly checked: Preflight;
  /** Of its findings those about all layers together. */
  readonly short?: readonly Finding[];
}

type Layers = readonly [LoadedLayer, ...LoadedLayer[]];

/** Name of a layer's stack; Heat takes 255 characters. */
export function stackOf(stack: string, layer: string): string {
  return layer === '' ? stack : `${stack}-${layer}`;
}

/** Checks all layers, at once where none needs another. What an earlier one will answer only once it is deployed can't be checked yet. */
export async function checkLayers(
  session: Session,
  layers: Layers,
  options: PreflightOptions,
): Promise<readonly CheckedLayer[]> {
  checkGiven(layers, options.parameters);
  checkMap(
    layers.flatMap(({bundle}) => bundle.report.parameters),
    options.map ?? [],
  );
  const [only, ...others] = layers;
  if (others.length === 0) {
    const stack = stackOf(options.stack, only.name);
    const checked = await preflight(session, only.bundle, {...options, stack});
    return [{stack, bundle: checked.bundle, checked}];
  }
  const heat = await openHeat(session);
  const outputs = new Map<string, ReadonlyMap<string, StackOutput>>();
  const {done: checked, failure} = await inTurns(layers, {
    waitsFor: needs,
    async run({name, feeds, bundle}): Promise<CheckedLayer> {
      const stack = stackOf(options.stack, name);
      const known = Object.entries(feeds).map(
        ([parameter, {layer, output}]) =>
          [parameter, outputs.get(layer)?.get(output)?.value ?? undefined] as const,
      );
      const fed = Object.fromEntries(known.filter(([, value]) => value !== undefined));
      const unfed = known.filter(([, value]) => value === undefined).map(([parameter]) => parameter);
      const later = new Set([...unfed, ...(options.later ?? [])]);
      const result = await preflight(session, bundle, {
        ...options,
        stack,
        parameters: {...fed, ...ownOf(bundle, options.parameters)},
        later,
        // Each alone may fit where all of them don't.
        quota: false,
      });
      const {existing} = result;
      if (existing !== undefined) outputs.set(name, byKey(await heat.outputs(existing)));
      return {stack, bundle: result.bundle, checked: result};
    },
  });
  if (failure !== undefined) throw failure.error;
  const fresh = checked.map(layer => layer.checked.fresh);
  const short = await checkQuota(
    fresh.flatMap(({resources}) => resources),
    Object.assign({}, ...fresh.map(({values}) => values)) as Fields,
    targetOf(session, options.signal),
  );
  const [first, ...rest] = checked;
  return first === undefined
    ? checked
    : [
        {...first, checked: {...first.checked, findings: [...short, ...first.checked.findings]}, short},
        ...rest,
      ];
}

/**
 * Deploys all layers, each by creating or updating its stack; one that is as it should be is passed over, so that deploying
 * again after a failure goes on where it was. New stacks that need nothing of each other are built at the same time; an
 * update waits for all before it, and all behind it wait. Once one has failed none is begun any more.
 * @throws RekindleError as `deploy` does, with the layer that it is about
 */
export async function deployLayers(
  session: Session,
  layers: Layers,
  options: LayersOptions,
): Promise<readonly Deployment[]> {
  checkGiven(layers, options.parameters);
  checkMap(
    layers.flatMap(({bundle}) => bundle.report.parameters),
    options.map ?? [],
  );
  const [only, ...others] = layers;
  const {onPlan} = options;
  if (others.length === 0) {
    const stack = stackOf(options.stack, only.name);
    const onEvent = (event: StackEvent): void => options.onEvent?.(event, stack);
    return [
      await deploy(session, only.bundle, {...options, stack, onEvent, onPlan: plan => onPlan?.([plan])}),
    ];
  }
  const checked = await checkLayers(session, layers, options);
  for (const finding of layerFindings(checked)) options.onFinding?.(finding);
  refuse(
    layerFindings(checked),
    `can't be deployed to the project ${quoted(session.identity.project?.name ?? '')}`,
    mendHint(
      'nothing was changed',
      checked.map(({checked: one}) => one),
    ),
  );
  const plans = checked.flatMap(planOf);
  if (plans.length > 0) await onPlan?.(plans);
  const agreed = new Set(plans.flatMap(atStake));

  const updated = new Set(plans.flatMap(plan => (plan.action === 'update' ? [plan.stack.name] : [])));
  const isUpdate = ({name}: LoadedLayer): boolean => updated.has(stackOf(options.stack, name));
  const outputs = new Map<string, ReadonlyMap<string, StackOutput>>();
  const {onFinding: _, ...rest} = options;
  const {done, failure} = await inTurns(layers, {
    waitsFor: (layer, earlier) => needs(layer, earlier) || isUpdate(earlier) || isUpdate(layer),
    async run({name, feeds, bundle}) {
      const stack = stackOf(options.stack, name);
      options.onLayer?.(stack, bundle);
      const made = await deploy(session, bundle, {
        ...rest,
        stack,
        map: renamingsOf(bundle.report.parameters, options.map ?? []),
        parameters: {...fedBy(feeds, outputs, options.stack), ...ownOf(bundle, options.parameters)},
        onEvent: event => options.onEvent?.(event, stack),
        // The outputs of the layers before it may have changed what happens to it.
        onPlan: async plan => {
          if (!atStake(plan).every(one => agreed.has(one))) await onPlan?.([plan]);
        },
      });
      outputs.set(name, byKey(made.outputs));
      return made;
    },
  });
  if (failure === undefined) return done;
  throw inLayer(failure.error, stackOf(options.stack, failure.item.name), done);
}

/** Whether its stack must be there before. */
export function needs(layer: Pick<LoadedLayer, 'needs'>, {name}: Pick<LoadedLayer, 'name'>): boolean {
  return layer.needs?.includes(name) !== false;
}

function byKey(outputs: readonly StackOutput[]): ReadonlyMap<string, StackOutput> {
  return new Map(outputs.map(output => [output.key, output]));
}

/** Of the values given for all layers those that are this one's. */
function ownOf({template}: LoadedBundle, given: Fields = {}): Fields {
  const declared = fields(template['parameters']);
  return Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(declared, name)));
}

function checkGiven(layers: Layers, given: Fields = {}): void {
  // Of a single layer the check says so, and what the name may have been meant to be.
  if (layers.length === 1) return;
  const unknown = Object.keys(given).filter(
    name => !layers.some(({bundle}) => Object.hasOwn(fields(bundle.template['parameters']), name)),
  );
  if (unknown.length === 0) return;
  throw new RekindleError(
    'input',
    `No template of the bundle has a parameter ${unknown.map(name => JSON.stringify(name)).join(', ')}`,
  );
}

function fedBy(
  feeds: Readonly<Record<string, Feed>>,
  outputs: ReadonlyMap<string, ReadonlyMap<string, StackOutput>>,
  stack: string,
): Fields {
  const entries = Object.entries(feeds).map(([parameter, {layer, output}]) => {
    const found = outputs.get(layer)?.get(output);
    const value = found?.error === undefined ? (found?.value ?? undefined) : undefined;
    if (value !== undefined) return [parameter, value] as const;
    const why = found?.error === undefined ? 'has no value' : `can't be worked out: ${found.error}`;
    throw new RekindleError(
      'not-deployable',
      `The output ${output} of the stack ${stackOf(stack, layer)} ${why}`,
      {
        hint: `the parameter ${parameter} needs it: look at the stack, or give the value with -P ${parameter}=VALUE`,
      },
    );
  });
  return Object.fromEntries(entries);
}

function planOf({stack, bundle, checked: {existing, forecast}}: CheckedLayer): readonly Plan[] {
  if (existing === undefined || forecast === undefined)
    return [{action: 'create', stack, resources: resourceCount(bundle)}];
  const isIdle = existing.status.endsWith('_COMPLETE') && isNothing(forecast);
  return isIdle ? [] : [{action: 'update', stack: existing, forecast}];
}

/** What a plan takes away. */
function atStake(plan: Plan): readonly string[] {
  if (plan.action === 'create') return [];
  return plan.forecast.resources
    .filter(({fate, loses}) => fate === 'replaced' || fate === 'deleted' || loses !== undefined)
    .map(({name}) => `${plan.stack.id} ${name}`);
}

/** All findings; of several layers each names its stack. */
export function layerFindings(checked: readonly CheckedLayer[]): readonly Finding[] {
  const one = checked.length === 1;
  return checked.flatMap(({stack, short = [], checked: {findings}}) =>
    findings.map(finding =>
      one || short.includes(finding) ? finding : {...finding, where: `${stack}: ${finding.where}`},
    ),
  );
}

function inLayer(error: unknown, stack: string, done: readonly Deployment[]): unknown {
  if (!(error instanceof RekindleError)) return error;
  const finished = done.map(({stack: {name}}) => name).join(', ');
  const {origin} = error;
  return new RekindleError(error.code, `${stack}: ${error.message}`, {
    ...origin,
    hint: [
      error.hint,
      finished === '' ? undefined : `${finished} stay as they are; deploying again goes on with ${stack}`,
    ]
      .filter(part => part !== undefined)
      .join('; '),
    cause: error,
  });
}
