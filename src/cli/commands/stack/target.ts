/** The stack that a command is about, and the ways in which all of them show one. */
import type {Argv} from 'yargs';
import type {Session} from '../../../cloud/types.ts';
import type {Heat, Stack} from '../../../heat/index.ts';
import {RekindleError} from '../../../model/errors.ts';
import type {Context} from '../../command.ts';
import type {GlobalArgs} from '../../globals.ts';
import type {Column, RowOf} from '../../format/formats.ts';
import {nearest} from '../../../model/nearest.ts';

export interface Target {
  readonly session: Session;
  readonly heat: Heat;
  readonly stack: Stack;
}

export function withStackOperand(cli: Argv<GlobalArgs>): Argv<GlobalArgs & {stack: string}> {
  return cli.positional('stack', {type: 'string', demandOption: true, describe: 'Name or id of the stack'});
}

export async function openOrchestration(context: Context): Promise<Omit<Target, 'stack'>> {
  const {openHeat} = await import('../../../heat/index.ts');
  const session = await context.open();
  return {session, heat: await openHeat(session)};
}

/** @throws RekindleError 'not-found' with the nearest name where the project has no such stack. */
export async function openTarget(nameOrId: string, context: Context): Promise<Target> {
  const {session, heat} = await openOrchestration(context);
  const stack = nameOrId === '' ? undefined : await heat.find(nameOrId, context.signal);
  if (stack !== undefined) return {session, heat, stack};
  const names = (await heat.list({signal: context.signal})).map(({name}) => name);
  const project = JSON.stringify(session.identity.project?.name ?? '');
  throw new RekindleError('not-found', `The project ${project} has no stack ${JSON.stringify(nameOrId)}`, {
    service: 'orchestration',
    hint: nearMiss(nameOrId, names, 'rekindle stack list shows those it has'),
  });
}

/** What somebody may have meant, or else where to look. */
export function nearMiss(word: string, names: readonly string[], otherwise: string): string {
  const like = nearest(word, names);
  return like === undefined ? otherwise : `did you mean ${like}?`;
}

/** Columns that are called in JSON as in tables, which is the openstack client's way. */
export function columnsOf(...titles: readonly string[]): readonly Column[] {
  return titles.map(title => ({key: title, title}));
}

export const stackColumns = columnsOf('ID', 'Stack Name', 'Stack Status', 'Creation Time', 'Updated Time');

export function stackRow({id, name, status, created, updated, parent}: Stack): RowOf {
  return {
    ID: id,
    'Stack Name': name,
    'Stack Status': status,
    'Creation Time': created,
    'Updated Time': updated,
    Parent: parent,
  };
}
