/** Properties of rules over random projects. */
import test from 'ava';
import fc from 'fast-check';
import {findCycle} from '../../src/model/cycles.ts';
import {RekindleError} from '../../src/model/errors.ts';
import type {Node} from '../../src/model/graph.ts';
import type {RulesChoice} from '../../src/model/shape.ts';
import {references} from '../../src/model/value.ts';
import {relate} from '../../src/relate/index.ts';
import {connect} from '../../src/relate/edges.ts';
import {registry} from '../../src/resources/index.ts';
import {compareGraphs} from '../../src/verify/index.ts';
import {shape} from '../../src/shape/index.ts';
import {text} from '../support/hostile.ts';
import {fileOf, made} from '../support/rules.ts';
import {project, shuffled} from '../support/random-project.ts';

const RUNS = {numRuns: 60, seed: 20261122};

const well = text.filter(word => word !== '' && !/\p{Cs}/u.test(word));

const set = fc.oneof(
  fc.record({when: fc.constant({kind: ['server', 'port', 'network']}), set: fc.record({name: well})}),
  fc.record({when: fc.constant({kind: 'server'}), set: fc.record({'metadata.owner': well})}),
  fc.record({when: fc.constant({kind: 'server', name: '*'}), set: fc.constant({'metadata["a.b"]': 'x'})}),
  fc.constant({when: {kind: 'subnet'}, set: {dns_nameservers: ['1.1.1.1'], tags: ['x']}}),
  fc.constant({when: {kind: 'port'}, set: {admin_state_up: {parameter: 'up'}}}),
);
const drop = fc.oneof(
  fc.constant({when: {kind: 'server'}, drop: ['networks', 'block_device_mapping_v2', 'metadata']}),
  fc.constant({when: {kind: 'port'}, drop: ['security_groups', 'fixed_ips[*].ip_address']}),
  fc.constant({when: {kind: 'router'}, drop: ['external_gateway_info', 'name']}),
  fc.constant({when: {kind: 'security_group'}, drop: ['rules']}),
  fc.constant({when: {kind: 'floating_ip'}, drop: ['port_id', 'fixed_ip_address']}),
  fc.constant({when: {kind: 'volume', size: 1}, drop: ['volume_type', 'availability_zone']}),
);
const other = fc.oneof(
  fc.record({
    when: fc.constant({kind: ['server', 'volume', 'network']}),
    replace: fc.record({name: fc.record({text: well, with: well})}),
  }),
  fc.constant({when: {kind: 'server'}, replace: {metadata: {match: '[a-z]+', with: '<$&>'}}}),
  fc.constant({when: {kind: 'volume', size: 2}, parameter: {size: 'size'}}),
  fc.constant({when: {kind: 'subnet'}, parameter: {cidr: {name: 'range', default: '10.0.0.0/24'}}}),
);

const rules: fc.Arbitrary<RulesChoice> = fc
  .array(fc.oneof(set, drop, other), {maxLength: 5})
  .map((list): RulesChoice => ({
    file: 'rules.yaml',
    parameters: {up: {default: true}},
    rules: list as RulesChoice['rules'],
  }));

test('whatever rules set and drop: references resolve, nothing goes in a circle, and edges are what properties say', t => {
  fc.assert(
    fc.property(project, rules, (inventory, choice) => {
      const {graph, scope} = shape(inventory, {rules: choice});
      for (const node of graph.nodes.values()) {
        if (node.place.as !== 'resource') continue;
        for (const {ref} of references(node.properties)) {
          const key = `${ref.kind}:${ref.id}`;
          t.true(graph.nodes.get(key)?.place.as === 'resource' || graph.externals.has(key), key);
        }
      }
      t.is(findCycle(graph.nodes.keys(), graph.edges), undefined);
      const again = connect(graph.nodes, scope, new Map(registry.map(spec => [spec.kind, spec])));
      t.deepEqual(again.edges, graph.edges);
      const {template, text: yaml} = made(inventory, {rules: choice});
      const names = new Set([...Object.keys(template.resources), ...Object.keys(template.parameters ?? {})]);
      for (const [, name = ''] of yaml.matchAll(/get_(?:resource|param): ([\w.]+) /g))
        t.true(names.has(name), name);
      return true;
    }),
    RUNS,
  );
  t.pass();
});

function sayings(node: Node | undefined): string {
  return JSON.stringify([node?.properties, node?.ledger, node?.steps, node?.place]);
}

test('what no rule is for stays as it is, and what rules change is announced', t => {
  fc.assert(
    fc.property(project, rules, (inventory, choice) => {
      const [before, after] = [relate(inventory), shape(inventory, {rules: choice})];
      const kinds = new Set(choice.rules.flatMap(({when}) => (when as {kind: string | string[]}).kind));
      for (const [key, node] of after.graph.nodes) {
        const old = before.graph.nodes.get(key);
        if (!kinds.has(node.kind)) t.is(sayings(node), sayings(old), key);
        const changed = JSON.stringify(node.properties) !== JSON.stringify(old?.properties);
        const isSaid = node.ledger.some(
          ({reason = ''}) => reason.includes('rule rules.yaml:') || reason.startsWith('parameter '),
        );
        if (changed) t.true(isSaid, `${key} ${JSON.stringify(node.properties)}`);
      }
      t.true(compareGraphs(before, after).same, 'rules change no row');
    }),
    RUNS,
  );
  t.pass();
});

test('the same rows in any order give the same bytes with rules, and so does what the report kept', t => {
  fc.assert(
    fc.property(project, rules, fc.nat(), (inventory, choice, seed) => {
      const [one, other] = [
        made(inventory, {rules: choice}),
        made(shuffled(inventory, seed), {rules: choice}),
      ];
      const kept = JSON.parse(fileOf(one, 'report.json')) as {shape?: object};
      const again = made(inventory, kept.shape ?? {});
      for (const path of ['template.yaml', 'environment.yaml', 'report.json']) {
        t.is(fileOf(other, path), fileOf(one, path), path);
        t.is(fileOf(again, path), fileOf(one, path), path);
      }
    }),
    {...RUNS, numRuns: 30},
  );
  t.pass();
});

const naming = (name: string): object => ({when: {kind: 'server'}, set: {name}});

const choose = (...list: object[]): RulesChoice => ({file: 'x', rules: list}) as unknown as RulesChoice;

test('of two rules that set one thing the later wins', t => {
  fc.assert(
    fc.property(project, well, well, (inventory, first, second) => {
      const properties = (choice: RulesChoice): unknown =>
        [...shape(inventory, {rules: choice}).graph.nodes.values()].map(node => node.properties);
      t.deepEqual(properties(choose(naming(first), naming(second))), properties(choose(naming(second))));
    }),
    {...RUNS, numRuns: 30},
  );
  t.pass();
});

test('an unusable rule never gives a bundle', t => {
  fc.assert(
    fc.property(project, inventory => {
      const choice = {
        file: 'x',
        rules: [{when: {kind: 'server'}, set: {nmae: 'x'}}],
      } as unknown as RulesChoice;
      t.throws(() => shape(inventory, {rules: choice}), {instanceOf: RekindleError, code: 'input'});
    }),
    {...RUNS, numRuns: 5},
  );
});
