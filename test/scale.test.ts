/** How work grows with a project: counted, since a time says more of the machine. */
import test from 'ava';
import type {Inventory} from '../src/model/inventory.ts';
import type {Shape} from '../src/model/shape.ts';
import {diff, render} from '../src/pipeline/index.ts';
import {inventoryText, parseInventory} from '../src/store/index.ts';
import {workOf} from './support/counted-work.ts';
import {largeCounts, largeInventory} from './support/large-inventory.ts';
import {shuffled} from './support/random-project.ts';

const sizes = [60, 120, 240] as const;

/** No limit is met. */
const whole: Shape = {maxResources: 1_000_000, maxTemplateSize: 1_000_000_000};
/** As many stacks as a project of thousands of servers has with Heat's own limit. */
const small: Shape = {maxResources: 25};

const runs: Readonly<Record<string, (inventory: Inventory) => void>> = {
  'one bundle': inventory => void render(inventory, {shape: whole}),
  'several stacks': inventory => void render(inventory, {shape: small}),
  'stacks by network': inventory => void render(inventory, {shape: {...small, layout: 'by-network'}}),
  'stacks by layer': inventory => void render(inventory, {shape: {...small, layout: 'by-layer'}}),
  'a selection': inventory => void render(inventory, {shape: {...whole, select: 'server:app-*'}}),
  'the file of the inventory': inventory => void parseInventory('x', inventoryText(inventory)),
  'the comparison of equals': inventory => void diff(inventory, inventory),
  'the comparison of a copy': inventory => void diff(inventory, elsewhere(inventory)),
};

for (const [what, run] of Object.entries(runs))
  test(`${what}: twice the project is twice the work`, t => {
    // What is known of types is found out by the first run.
    run(largeInventory(20));
    const works = sizes.map(size => {
      const inventory = largeInventory(size);
      return workOf(() => run(inventory));
    });
    t.log(works.join(' '));
    for (const [index, work] of works.entries()) {
      const before = works[index - 1];
      // A search of everything for each stack shows at these sizes, one for each thing doubles it.
      if (before !== undefined) t.true(work / before < 2.05, works.join(' '));
    }
  });

/** The same project as another cloud would have it: no id in common. */
function elsewhere(inventory: Inventory): Inventory {
  const text = JSON.stringify(inventory).replaceAll(
    /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{32}\b/g,
    id => id.replaceAll(/[0-9a-f]/g, digit => (15 - Number.parseInt(digit, 16)).toString(16)),
  );
  return JSON.parse(text) as Inventory;
}

test('a project of any size has about five resources for each server, all of them in the template', t => {
  const {report} = render(largeInventory(100));
  t.is(report.counts.kinds['server']?.resources, 100);
  t.true(report.counts.resources > 450 && report.counts.resources < 550, String(report.counts.resources));
  t.is(report.counts.kinds['volume']?.resources, largeCounts(100).volumes);
  const lost = new Set(report.losses.map(({field}) => field));
  t.deepEqual([...lost].sort(), [
    'OS-EXT-SRV-ATTR:user_data',
    'external_gateway_info.external_fixed_ips',
    'floating_ip_address',
  ]);
});

for (const [what, shape] of Object.entries({
  'one bundle': whole,
  'several stacks': small,
  'stacks by network': {...small, layout: 'by-network'},
} satisfies Record<string, Shape>))
  test(`${what}: the same rows in any order give the same bytes`, t => {
    const inventory = largeInventory(60);
    const {bundle} = render(inventory, {shape});
    for (const seed of [1, 2]) t.deepEqual(render(shuffled(inventory, seed), {shape}).bundle, bundle);
  });

test('two equal projects do not differ', t => {
  const inventory = largeInventory(60);
  t.deepEqual(diff(inventory, elsewhere(inventory)).differences, []);
});
