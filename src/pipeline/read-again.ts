/** The project of a bundle's stack, or the bundle's own, as it is now: read with all that the bundle was made of. */
import type {Session} from '../cloud/types.ts';
import {discover, type DiscoverOptions} from '../discover/index.ts';
import type {LoadedBundle} from '../model/bundle.ts';
import type {Inventory} from '../model/inventory.ts';
import {word} from '../model/json.ts';
import {shapeOf} from '../model/report.ts';
import {detailsOf} from '../model/shape.ts';

export async function readAgain(
  session: Session,
  {report, parameters}: Pick<LoadedBundle, 'report' | 'parameters'>,
  {signal, logger}: Pick<DiscoverOptions, 'signal' | 'logger'>,
): Promise<Inventory> {
  // What Heat was given may come back in what it says.
  for (const {name, role} of report.parameters)
    if (role === 'secret') session.secrets?.keep(word(parameters[name]));
  return discover(session, {details: detailsOf(shapeOf(report)), signal, logger});
}
