/** Whether a deployment may begin: asked on a terminal, and off one told by --yes where something would be taken away. */
import type {Session} from '../cloud/types.ts';
import type {Forecast} from '../deploy/index.ts';
import {RekindleError} from '../model/errors.ts';
import type {Context} from './command.ts';
import {confirm} from './confirm.ts';
import {countsOf, forecastText, hasRisk} from './forecast-out.ts';

export type Intent =
  | {readonly action: 'create'; readonly name: string; readonly resources: number}
  | {readonly action: 'update'; readonly name: string; readonly forecast: Forecast};

/** @throws RekindleError 'aborted' where the answer is no, 'usage' where there is nobody to ask. */
export async function confirmDeployment(
  intents: readonly Intent[],
  session: Session,
  yes: boolean,
  context: Context,
): Promise<void> {
  const {world, log, args, paint} = context;
  const updates = intents.filter(intent => intent.action === 'update');
  for (const {name, forecast} of updates) {
    if (args.quiet === true && !hasRisk(forecast)) continue;
    log.say(`Update of the stack ${name}:`);
    if (args.quiet !== true) world.stderr.write(forecastText(forecast, paint.err));
  }
  if (yes) return;
  const risky = updates.filter(({forecast}) => hasRisk(forecast));
  if (world.ask === undefined) {
    if (risky.length === 0) return;
    throw new RekindleError(
      'usage',
      `The update of ${risky.map(({name, forecast}) => `the stack ${name} takes something away: ${countsOf(forecast)}`).join('; ')}`,
      {hint: 'nothing was changed; --dry-run lists it, --yes says that it may'},
    );
  }
  const project = session.identity.project?.name ?? '';
  const asked = intents.map(intent => question(intent)).join(' and ');
  const otherwise = `nothing was ${updates.length === intents.length ? 'changed' : 'created'}`;
  await confirm({what: `${asked} in the project ${project} at ${session.authHost}`, yes, otherwise}, context);
}

function question(intent: Intent): string {
  if (intent.action === 'update') return `Update the stack ${intent.name} (${countsOf(intent.forecast)})`;
  const {name, resources} = intent;
  return `Create the stack ${name} with ${resources} ${resources === 1 ? 'resource' : 'resources'}`;
}
