/** A bundle's own project put under a stack, and proved to be untouched. */
import type {Logger, Session} from '../cloud/types.ts';
import {
  adoptChecked,
  type AdoptBundleOptions,
  type AdoptCheck,
  type AdoptedStack,
  checkAdoption,
  refuseAdoption,
} from '../deploy/index.ts';
import type {LoadedBundle} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import type {Inventory} from '../model/inventory.ts';
import {fields} from '../model/json.ts';
import {parsePyYaml} from '../model/pyyaml.ts';
import {shapeOf} from '../model/report.ts';
import {relate} from '../relate/index.ts';
import {untouched, type Untouched} from '../verify/index.ts';
import {readAgain} from './read-again.ts';
import {accountOf} from './snapshot.ts';

export interface AdoptOptions extends AdoptBundleOptions {
  readonly logger?: Logger | undefined;
  /** Is told what will be adopted, with everything in the way; what it throws ends the adoption before it begins. */
  readonly onPlan?: ((plan: AdoptCheck) => void | Promise<void>) | undefined;
}

export interface Adoption extends AdoptedStack {
  readonly plan: AdoptCheck;
  /** Every row of the project before and after. */
  readonly proof: Untouched;
}

type WithInventory = LoadedBundle & {readonly inventory: Inventory};

/** What `adopt` would do; nothing is touched. */
export async function planAdoption(
  session: Session,
  bundle: WithInventory,
  options: AdoptOptions,
): Promise<AdoptCheck> {
  return (await lookBefore(session, bundle, options)).plan;
}

/**
 * Puts what the bundle was made from under a stack of its own project, without touching it.
 * @throws RekindleError 'not-deployable' where the bundle is no longer true, or something can't be adopted; 'stack-failed'
 * where Heat gave up, with the project as it was.
 */
export async function adopt(
  session: Session,
  bundle: WithInventory,
  options: AdoptOptions,
): Promise<Adoption> {
  const {plan, inventory: before} = await lookBefore(session, bundle, options);
  await options.onPlan?.(plan);
  refuseAdoption(plan, session.identity.project?.name ?? '');
  const stack = await adoptChecked(session, bundle, plan, options);
  const inventory = await readAgain(session, bundle, options);
  const {stacks, ips} = shapeOf(bundle.report);
  // Under its own stack a thing is still the same. All of the project counts, whatever the bundle has of it.
  const {graph} = relate(inventory, {stacks, ips, transparent: [stack.stack.id]});
  const first = {inventory: before, graph: relate(before, {stacks, ips}).graph};
  return {...stack, plan, proof: untouched(first, {inventory, graph})};
}

async function lookBefore(
  session: Session,
  bundle: WithInventory,
  options: AdoptOptions,
): Promise<{readonly plan: AdoptCheck; readonly inventory: Inventory}> {
  checkHome(session, bundle);
  checkUnmoved(bundle);
  const inventory = await readAgain(session, bundle, options);
  const shape = shapeOf(bundle.report);
  const {graph, report, files} = accountOf(inventory, {shape, lenient: true});
  const texts = Object.fromEntries(files.map(({path, text}) => [path, text]));
  const present = {
    graph,
    report,
    template: fields(parsePyYaml(texts['template.yaml'] ?? '')),
    parameters: Object.fromEntries(report.parameters.map(({name, value}) => [name, value])),
    files: texts,
  };
  return {inventory, plan: await checkAdoption(session, bundle, present, options)};
}

/** What was moved is no longer what runs. */
function checkUnmoved({report, dir}: WithInventory): void {
  const {ips} = shapeOf(report);
  if (typeof ips !== 'object') return;
  throw new RekindleError(
    'not-deployable',
    `The bundle's addresses are shifted (--ips shift=${ips.shift.join(',')}): it no longer says what runs in ${JSON.stringify(report.project)}, so it can't be adopted`,
    {hint: `\`rekindle render ${dir} ${dir} --ips keep\` makes it again with the addresses that are there`},
  );
}

/** Ids mean nothing in another project. */
function checkHome({identity, region}: Session, {inventory: {source}}: WithInventory): void {
  const {project} = identity;
  const other = source.region !== null && region !== undefined && region !== source.region;
  if (project?.id === source.project.id && !other) return;
  const name = JSON.stringify(source.project.name);
  const home = `${name} (${source.project.id})${other ? ` in the region ${source.region}` : ''}`;
  throw new RekindleError(
    'not-deployable',
    `The bundle is of the project ${home}, and can be adopted nowhere else: this is ${JSON.stringify(project?.name ?? '')} (${project?.id ?? 'no project'})`,
    {hint: "`rekindle deploy` builds a copy here; to adopt, use the source's own cloud entry"},
  );
}
