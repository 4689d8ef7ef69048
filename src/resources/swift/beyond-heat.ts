/**
 * Containers that Heat can't make: it keeps a container by its name, in a column of 255 characters that takes none beyond
 * U+FFFF (MySQL's `utf8`), and its stack fails at a longer or stranger one; proof: heat `db/sqlalchemy/models.py`,
 * `Resource.physical_resource_id`. The client makes them, with what it can set.
 */
import type {Scope} from '../../model/define.ts';
import type {Ask} from '../../model/value.ts';

type Headers = Readonly<Record<string, string>>;

export function isBeyondHeat(name: string): boolean {
  return /[\u{10000}-\u{10FFFF}]/u.test(name) || name.length > 255;
}

export function makeByClient(
  name: string,
  headers: Headers,
  metadata: Readonly<Record<string, string | Ask>>,
  scope: Scope,
): void {
  const open = headers['x-container-read'] === '.r:*,.rlistings';
  scope.step({
    when: 'after',
    fields: ['id'],
    title: `create the container ${name}, whose name Heat can not keep`,
    command: ['container', 'create', ...(open ? ['--public'] : []), '--', name],
  });
  // A key that signs addresses is no word for a command line.
  const plain = Object.entries(metadata).filter(
    (entry): entry is [string, string] =>
      isAscii(entry[0]) && typeof entry[1] === 'string' && isAscii(entry[1]),
  );
  if (plain.length > 0) {
    scope.step({
      when: 'after',
      fields: ['headers'],
      title: `set the properties of the container ${name}`,
      command: [
        'container',
        'set',
        ...plain.flatMap(([key, value]) => ['--property', `${key}=${value}`]),
        '--',
        name,
      ],
    });
  }
  const why = 'Heat can not make the container, and the openstack client can not set it: swift post';
  for (const list of ['x-container-read', 'x-container-write'])
    if (headers[list] !== undefined && !(open && list === 'x-container-read'))
      scope.lose(`headers.${list}`, why);
  for (const key of Object.keys(metadata))
    if (!plain.some(([other]) => other === key)) scope.lose(`headers.x-container-meta-${key}`, why);
}

/** The client's own limit; proof: openstackclient `api/object_store_v1.py`, `_set_properties`. */
function isAscii(text: string): boolean {
  return /^[\x20-\x7E]*$/.test(text);
}
