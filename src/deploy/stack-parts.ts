/** What a stack is made of: which physical thing stands behind which logical name. */
import type {Session} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import {openHeat, type StackRef} from '../heat/index.ts';

export interface StackPart {
  /** Logical name in the template. */
  readonly name: string;
  readonly type: string;
  /** Physical id, '' where it was never made. */
  readonly id: string;
  /** As `CREATE_COMPLETE`. */
  readonly status: string;
}

/** @throws RekindleError 'not-found' where the project has no such stack. */
export async function findStack(session: Session, nameOrId: string): Promise<StackRef & {status: string}> {
  const heat = await openHeat(session);
  const stack = await heat.find(nameOrId);
  if (stack !== undefined) return {name: stack.name, id: stack.id, status: stack.status};
  const project = session.identity.project?.name ?? '';
  throw new RekindleError(
    'not-found',
    `The project ${JSON.stringify(project)} has no stack ${JSON.stringify(nameOrId)}`,
    {service: 'orchestration', hint: '`rekindle stack list` shows those it has'},
  );
}

export interface StackContents {
  readonly id: string;
  /** By logical name, those of nested stacks as `outer.inner`; sorted by name. */
  readonly resources: readonly StackPart[];
  /** Values it was deployed with, as text; without the hidden ones, which Heat doesn't tell. */
  readonly parameters: Readonly<Record<string, string>>;
}

export async function stackContents(session: Session, nameOrId: string): Promise<StackContents> {
  const stack = await findStack(session, nameOrId);
  const heat = await openHeat(session);
  const [resources, shown] = await Promise.all([heat.resources(stack), heat.show(stack)]);
  const values = Object.entries(shown?.parameters ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '******',
  );
  return {
    id: stack.id,
    resources: resources
      .map(({name, type, id, status}) => ({name, type, id, status}))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    parameters: Object.fromEntries(values),
  };
}
