/** Over every resource type: its examples copied to another project are the same, and damage to any field is named. */
import test from 'ava';
import type {AnySpec, Example} from '../../src/model/define.ts';
import type {Row} from '../../src/model/inventory.ts';
import {isPlainObject} from '../../src/model/value.ts';
import {relate, type Related} from '../../src/relate/index.ts';
import {registry, specOf} from '../../src/resources/index.ts';
import {compareGraphs, type Comparison} from '../../src/verify/index.ts';
import {inventoryOf} from '../support/inventory.ts';

type Rows = Readonly<Record<string, readonly Row[]>>;

const built = registry.filter(spec => spec.heat !== undefined);

/** Fields whose damage no example can show, and why that is right. */
const silent: Readonly<Record<string, string>> = {
  'security_group.security_group_rules': 'rules are compared one by one, as rows of their own',
  'server.user_id': 'who made it differs by right; it tells whose key pair is meant',
  'cluster.user_id': 'as of a server',
  'cluster_template.user_id': 'as of a server',
  'cron_trigger.next_execution_time': 'the clock’s doing; it tells whether the trigger ran yet',
  'lease.status': 'it follows from the dates; it tells whether the lease has begun',
  'server.OS-EXT-SRV-ATTR:root_device_name': 'the hypervisor’s word; it tells which volume is the root',
  'stack.template': 'what it makes is compared',
  'stack.environment': 'what it makes is compared',
  'stack.files': 'what it makes is compared',
  'port_forwarding.internal_port': 'the example has ranges, which say it: see below',
  'port_forwarding.external_port': 'the example has ranges, which say it: see below',
};

function rowsOf(spec: AnySpec, example: Example<object>): Rows {
  return {...example.with, [spec.kind]: [example.row, ...(example.with?.[spec.kind] ?? [])]} as Rows;
}

/** The example's row as a row of its kind, also where it is a part of another row in real life. */
function related(spec: AnySpec, example: Example<object>, rows: Rows, project: string): Related {
  const whole = Object.entries(spec).filter(([name]) => name !== 'parts');
  const specs = registry.map(other =>
    other === spec ? (Object.fromEntries(whole) as unknown as AnySpec) : other,
  );
  const inventory = inventoryOf(
    rows,
    example.extensions === undefined ? {} : {extensions: example.extensions},
  );
  return relate(
    {...inventory, source: {...inventory.source, project: {id: project, name: project}}},
    {specs, stacks: example.stacks},
  );
}

/** Ids as clouds make them; another number, other ids. */
function renamed(rows: Rows, number: number): Rows {
  const ids = new Map([['p1', `p${number}`]]);
  for (const list of Object.values(rows)) {
    for (const {id, name} of list)
      if (typeof id === 'string' && id !== name)
        ids.set(id, `0000000${number}-0000-4000-8000-${ids.size.toString().padStart(12, '0')}`);
  }
  const change = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return key === 'name' ? value : (ids.get(value) ?? value);
    if (Array.isArray(value)) return value.map(item => change(item, key));
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, change(item, name)]));
  };
  return change(rows, '') as Rows;
}

function compare(spec: AnySpec, example: Example<object>, clone: Rows): Comparison {
  return compareGraphs(
    related(spec, example, renamed(rowsOf(spec, example), 1), 'p1'),
    related(spec, example, renamed(clone, 2), 'p2'),
  );
}

/** The value with one thing in it changed, in every way there is. */
function* damages(value: unknown): Generator {
  if (typeof value === 'string') yield value === '' ? 'damaged' : `${value}-damaged`;
  else if (typeof value === 'number') yield value + 1;
  else if (typeof value === 'boolean') yield !value;
  else if (Array.isArray(value)) {
    if (value.length > 0) yield [];
    for (const [index, item] of value.entries()) {
      yield value.toSpliced(index, 1);
      for (const damage of damages(item)) yield value.with(index, damage);
    }
  } else if (isPlainObject(value)) {
    if (Object.keys(value).length > 0) yield {};
    for (const [key, item] of Object.entries(value))
      for (const damage of damages(item)) yield {...value, [key]: damage};
  } else yield 'damaged';
}

function isCompared(spec: AnySpec, field: string): boolean {
  const ignore = Object.hasOwn(spec.ignores, field) ? spec.ignores[field] : undefined;
  return field !== 'id' && (hasCompare(spec, field) || (ignore !== 'read-only' && ignore !== 'elsewhere'));
}

function hasCompare(spec: AnySpec, field: string): boolean {
  return spec.compares !== undefined && Object.hasOwn(spec.compares, field);
}

/** For each way to damage the field: whether the thing and the field are named. */
function findings(
  spec: AnySpec,
  example: Example<object>,
  field: string,
): readonly {damage: unknown; found: boolean}[] {
  const rows = rowsOf(spec, example);
  const [row, ...others] = rows[spec.kind] ?? [];
  return [...damages(row?.[field])].map(damage => {
    const {differences} = compare(spec, example, {
      ...rows,
      [spec.kind]: [{...row, [field]: damage}, ...others],
    });
    const found = differences.some(
      difference =>
        difference.kind === spec.kind &&
        (difference.field === '*' || difference.field.split(/[.[]/)[0] === field),
    );
    return {damage, found};
  });
}

for (const spec of built) {
  const examples = [spec.example, ...(spec.moreExamples ?? [])];
  for (const [index, example] of examples.entries()) {
    test(`${spec.kind}: example ${index + 1} and its copy are the same`, t => {
      const {differences, counts} = compare(spec, example, rowsOf(spec, example));
      t.deepEqual(differences, []);
      t.true(counts.matched > 0);
    });
  }

  for (const field of new Set(examples.flatMap(({row}) => Object.keys(row)))) {
    if (!isCompared(spec, field)) continue;
    test(`${spec.kind}.${field}: damage is found and named`, t => {
      const all = examples
        .filter(({row}) => Object.hasOwn(row, field))
        .flatMap(example => findings(spec, example, field));
      const missed = all.filter(({found}) => !found).map(({damage}) => damage);
      // What a type compares in its own way need not mind everything.
      if (silent[`${spec.kind}.${field}`] !== undefined) t.is(missed.length, all.length);
      else if (hasCompare(spec, field)) t.true(missed.length < all.length);
      else t.deepEqual(missed, []);
    });
  }
}

test('port.propagate_uplink_status: the one port that differs from the others is named', t => {
  const spec = specOf('port') as AnySpec;
  const row = {...spec.example.row, propagate_uplink_status: true};
  const others = ['x7', 'x8', 'x9'].map(id => Object.assign({...row}, {id, name: id}));
  const example = {...spec.example, row, with: {...spec.example.with, port: others}};
  t.true(findings(spec, example, 'propagate_uplink_status').every(({found}) => found));
});

for (const end of ['internal', 'external']) {
  test(`port_forwarding.${end}_port_range: damage is found and named as the port`, t => {
    const spec = specOf('port_forwarding') as AnySpec;
    const rows = rowsOf(spec, spec.example);
    const row = {...spec.example.row, [`${end}_port_range`]: '1:2'};
    const {differences} = compare(spec, spec.example, {...rows, port_forwarding: [row]});
    t.deepEqual(
      differences.map(({field}) => field),
      [`${end}_port`],
    );
  });
}
