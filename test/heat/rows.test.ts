/** Resources of nested stacks are told apart by the whole way to them. */
import test from 'ava';
import {resourceOf, withPaths} from '../../src/heat/rows.ts';

const root = {name: 'app', id: 'root'};
const row = (stack: string, name: string, id: string, parent = ''): object => ({
  resource_name: name,
  physical_resource_id: id,
  ...(parent === '' ? {} : {parent_resource: parent}),
  ...(stack === '' ? {} : {links: [{rel: 'stack', href: `http://heat/v1/p/stacks/${stack}/${stack}`}]}),
});

function namesOf(...rows: readonly object[]): readonly string[] {
  return withPaths(
    rows.map(one => resourceOf(one as Readonly<Record<string, unknown>>)),
    root,
  ).map(({name}) => name);
}

test('members of two groups have the same names in Heat, and ways of their own', t => {
  t.deepEqual(
    namesOf(
      row('root', 'web', 'g1'),
      row('root', 'db', 'g2'),
      row('g1', '0', 'm1', 'web'),
      row('m1', 'port', 'p1', '0'),
      row('g2', '0', 'm2', 'db'),
      row('m2', 'port', 'p2', '0'),
    ),
    ['web', 'db', 'web.0', 'web.0.port', 'db.0', 'db.0.port'],
  );
});

test('where the way is not told, the last step of it is', t => {
  t.deepEqual(namesOf(row('', 'net', 'n'), row('gone', 'port', 'p', '0')), ['net', '0.port']);
});
