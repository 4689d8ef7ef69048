/** Template -> the stacks it is deployed as: one, or several that hand values on. Pure. */
import type {Report, ReportLayer, ReportStep} from '../../model/bundle.ts';
import {RekindleError} from '../../model/errors.ts';
import {LARGEST_BODY} from '../../model/limits.ts';
import type {EmitOptions, Template} from '../model.ts';
import {templateYaml} from '../template.ts';
import {type Cut, Cutter} from './cut.ts';
import {type Dependencies, dependenciesOf, ownersOf} from './dependencies.ts';
import {lengthsOf} from './handed-on.ts';
import {apart, plan, type Planned} from './plan.ts';
import {stepsOfLayers} from './steps.ts';
import {excess, FileSizes, limitsOf, weightsOf} from './weights.ts';

export interface Layer extends Cut {
  readonly text: string;
  readonly steps: readonly ReportStep[];
  /** Logical names of its resources. */
  readonly members: readonly string[];
  /** Names of the layers that its resources need something of, be it only to be there before. */
  readonly needs: readonly string[];
}

/** Shares of the limits that are tried in turn: what is handed on takes room as well. */
const shares = [0.9, 0.7, 0.5, 0.3];

/** Where one in so many stacks is too much, that one is taken apart; where more are, cutting all anew makes fewer of them. */
const FEW = 8;

/** What stacks hand on is weighed nearly; what is this much over the limit is too much for certain. */
const OVER = 1.02;

/**
 * The layers in the order they are deployed; undefined where one stack does.
 * @param write The whole template as text.
 * @throws RekindleError 'input' for a single resource that is more than Heat takes
 */
export function layersOf(
  template: Template,
  write: () => string,
  {resources, steps}: Pick<Report, 'resources' | 'steps'>,
  {shape = {}, earlier}: EmitOptions,
): readonly Layer[] | undefined {
  const limits = limitsOf(shape);
  const sizes = new FileSizes(template.files);
  const wasCut = earlier?.report.layers !== undefined;
  const isOne = (shape.layout ?? 'single') === 'single';
  const isOver = excess(template, write, sizes, limits) !== undefined;
  if (template.resources.length === 0 || (isOne && !wasCut && !isOver)) return undefined;

  const weights = weightsOf(template, sizes);
  const owners = ownersOf(template, resources);
  const dependencies = dependenciesOf(template, owners);
  const about = new Map(resources.map(({name, kind, id, label}) => [name, {key: `${kind}:${id}`, label}]));
  const keyOf = new Map(resources.map(({name, kind, id}) => [`${kind}:${id}`, name]));
  const cut = (planned: readonly Planned[]): readonly Layer[] => {
    const cutter = new Cutter(template, planned, owners, sizes);
    const lists = stepsOfLayers(
      steps,
      keyOf,
      dependencies,
      cutter,
      planned.map(({name}) => name),
    );
    const needs = needsOf(planned, dependencies);
    return cutter.cuts().map((one, index) => {
      // What steps need of an earlier stack is no need of a resource.
      const needed = new Set([...(needs[index] ?? []), ...Object.values(one.feeds).map(({layer}) => layer)]);
      return Object.assign(one, {
        needs: planned.map(({name}) => name).filter(name => needed.has(name)),
        text: templateYaml(one.template),
        steps: lists[index] ?? [],
        members: one.template.resources.map(({name}) => name),
      });
    });
  };
  const isTooMuch = (layer: Layer): boolean =>
    excess(layer.template, () => layer.text, sizes, limits) !== undefined;
  const longest = (planned: readonly Planned[]): ReadonlySet<number> =>
    placesOf(lengthsOf(planned, dependencies, weights), length => length > OVER * limits.size);
  const common = {
    dependencies,
    weights,
    sizes,
    limits,
    shape,
    keys: dependencies.names.map(name => about.get(name)?.key ?? ''),
    labels: dependencies.names.map(name => about.get(name)?.label ?? ''),
  };
  const [most = 1, ...less] = shares;
  // The earlier layers first; where they have become too large, anew.
  for (const before of earlier === undefined ? [undefined] : [earlier, undefined]) {
    const input = {...common, earlier: before, cut: isOver};
    let planned = plan({...input, share: most});
    const [only] = planned;
    if (planned.length === 1 && only?.name === '') return undefined;
    for (const share of [...less, undefined]) {
      // Cut it has to be where there is no other share to try, or something to be kept.
      const isNear = before === undefined && share !== undefined;
      let tooMuch = isNear ? longest(planned) : none;
      if (tooMuch.size === 0) {
        const layers = cut(planned);
        tooMuch = placesOf(layers, isTooMuch);
        if (tooMuch.size === 0) return layers;
      }
      if (before !== undefined || share === undefined) break;
      const next = {...input, share};
      planned = tooMuch.size * FEW > planned.length ? plan(next) : apart(planned, tooMuch, next);
    }
  }
  throw new RekindleError(
    'input',
    `The template can't be cut into stacks that Heat takes (${limits.resources} resources, ${limits.size} characters, ${LARGEST_BODY} bytes a request)`,
    {hint: 'raise --max-resources or --max-template-size, as far as the operator has'},
  );
}

const none: ReadonlySet<number> = new Set();

function placesOf<T>(items: readonly T[], test: (item: T) => boolean): ReadonlySet<number> {
  return new Set(items.flatMap((item, index) => (test(item) ? [index] : [])));
}

/** By stack: names of the others that its resources need. */
function needsOf(planned: readonly Planned[], {needs}: Dependencies): readonly ReadonlySet<string>[] {
  const stackOf = new Map(planned.flatMap(({name, members}) => members.map(member => [member, name])));
  return planned.map(({name, members}) => {
    const found = new Set(
      members.flatMap(member => needs[member] ?? []).map(need => stackOf.get(need) ?? name),
    );
    found.delete(name);
    return found;
  });
}

export function reportLayers(layers: readonly Layer[]): readonly ReportLayer[] {
  return layers.map(({name, needs, feeds}) => ({name, dir: name, needs, feeds}));
}
