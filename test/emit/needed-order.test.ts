/** Order that a template has to say, and what it costs to find out. */
import test from 'ava';
import {emit} from '../../src/emit/index.ts';
import type {Edge, Graph, Node} from '../../src/model/graph.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {fields} from '../../src/model/json.ts';
import {PROJECT} from '../support/inventory.ts';
import {workOf} from '../support/counted-work.ts';

function node(kind: string, id: string): Node {
  return {
    key: `${kind}:${id}`,
    kind,
    id,
    name: id,
    label: id,
    row: {id},
    place: {as: 'resource'},
    properties: {},
    after: [],
    under: undefined,
    ledger: [],
    steps: [],
    along: undefined,
    notes: [],
    stack: undefined,
  };
}

const gate = 'router_interface:gate-0';

/** Groups each of which refers to the one before; as many addresses that refer to the last, ten of which wait for one gate. */
function chained(length: number, more: readonly Edge[] = []): Graph {
  const numbers = Array.from({length}, (_, index) => index);
  const nodes = [
    ...[...numbers, length].map(index => node('security_group', `group-${index}`)),
    ...numbers.filter(index => index % 10 === 0).map(index => node('router_interface', `gate-${index / 10}`)),
    ...numbers.map(index => node('floating_ip', `address-${index}`)),
  ];
  const edges = numbers.flatMap((index): Edge[] => [
    {
      from: `security_group:group-${index + 1}`,
      to: `security_group:group-${index}`,
      property: 'rules[0].remote_group',
    },
    {from: `floating_ip:address-${index}`, to: `security_group:group-${length}`, property: 'port_id'},
    {
      from: `floating_ip:address-${index}`,
      to: `router_interface:gate-${Math.floor(index / 10)}`,
      property: 'depends_on',
    },
  ]);
  return {
    project: PROJECT,
    nodes: new Map(nodes.map(one => [one.key, one])),
    edges: [...edges, ...more],
    externals: new Map(),
    gaps: [],
  };
}

function orderOf(graph: Graph, resource: string): unknown {
  const text = emit(graph).bundle.find(({path}) => path === 'template.yaml')?.text ?? '';
  return fields(fields(fields(parsePyYaml(text))['resources'])[resource])['depends_on'];
}

test('order that no reference implies is said', t => {
  t.is(orderOf(chained(3), 'floating_ip_address_0'), 'router_interface_gate_0');
});

test('order that references imply, by whatever way, is left out', t => {
  const last: Edge = {from: 'security_group:group-0', to: gate, property: 'port'};
  t.is(orderOf(chained(1, [last]), 'floating_ip_address_0'), undefined);
  t.is(orderOf(chained(9, [last]), 'floating_ip_address_0'), undefined);
  const direct: Edge = {from: 'floating_ip:address-0', to: gate, property: 'port'};
  t.is(orderOf(chained(3, [direct]), 'floating_ip_address_0'), undefined);
});

test('a longer way to nowhere costs nothing for each that waits', t => {
  const [work = 0, twice = 0] = [150, 300].map(length => {
    const graph = chained(length);
    return workOf(() => void emit(graph));
  });
  t.true(twice / work < 2.2, `${work} ${twice}`);
});
