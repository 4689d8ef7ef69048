import {define, from} from '../../model/define.ts';
import type {Ref} from '../../model/value.ts';
import {compares, exampleOf, ignores, name, physicalId, where} from './container-fields.ts';
import {secretAt} from './secret.ts';
import {containersWhere, type ContainerRow} from './secret-container.ts';

/** Taken by Heat; proof: heat `engine/resources/openstack/barbican/container.py`, `GenericContainer`. */
interface Properties {
  readonly name?: string;
  readonly secrets?: readonly {readonly name: string; readonly ref: Ref<'secret'>}[];
}

const r = from<ContainerRow>();
const others = new Set(['certificate', 'rsa']);

export const genericContainer = define<ContainerRow, Properties>()({
  kind: 'generic_container',
  section: 'Keys and certificates',
  heat: 'OS::Barbican::GenericContainer',
  // A type that is new holds secrets by name as well.
  parts: containersWhere(type => !others.has(type)),
  where,
  physicalId,
  properties: {
    name,
    secrets: r.make(['secret_refs', 'type'], ({secret_refs: refs, type}, scope) => {
      if (type !== 'generic') scope.lose('type', `Heat knows no ${type} container: it becomes a generic one`);
      // Heat wants a name of each; an empty one is none.
      return refs.length === 0
        ? undefined
        : refs.map(ref => ({name: ref.name ?? '', ref: secretAt(ref.secret_ref, scope)}));
    }),
  },
  ignores,
  compares,
  unordered: ['secret_refs'],
  example: {
    ...exampleOf('generic', {one: 's1', two: 's2'}),
    emits: {
      name: 'shop',
      secrets: [
        {name: 'one', ref: {get_resource: 'secret:s1'}},
        {name: 'two', ref: {get_resource: 'secret:s2'}},
      ],
    },
  },
});
