/** Containers: states, sizes, names and terminals that somebody made up. */
import test from 'ava';
import {relate} from '../../../src/relate/index.ts';
import {zunContainer} from '../../../src/resources/zun/container.ts';
import {inventoryOf} from '../../support/inventory.ts';

function nodeOf(changes: object) {
  const rows = {zun_container: [{...zunContainer.spec.example.row, ...changes}]};
  return relate(inventoryOf(rows)).graph.nodes.get('zun_container:zc1');
}

for (const [status, place, verb] of [
  ['Running', 'resource', undefined],
  ['Stopped', 'resource', 'stop'],
  ['Paused', 'resource', 'pause'],
  ['Creating', 'lost', undefined],
  ['Error', 'lost', undefined],
] as const) {
  test(`zun_container: ${status}`, t => {
    const node = nodeOf({status});
    t.is(node?.place.as, place);
    t.is(node?.steps[0]?.command[1], verb);
  });
}

test('zun_container: memory is asked for in MiB, whatever it was given in', t => {
  t.is(nodeOf({memory: '512'})?.properties['memory'], 512);
  t.is(nodeOf({memory: '2g'})?.properties['memory'], 2048);
  t.is(nodeOf({memory: '131072k'})?.properties['memory'], 128);
});

test('zun_container: a host name that Docker made up is left out', t => {
  t.is(nodeOf({hostname: 'f3a1b2c3d4e5'})?.properties['hostname'], undefined);
});

test('zun_container: no terminal is said only where it would get one', t => {
  t.is(nodeOf({interactive: false, tty: false})?.properties['tty'], undefined);
  t.is(nodeOf({interactive: false, tty: true})?.properties['tty'], true);
});

test('zun_container: an image of Docker is a text', t => {
  t.is(
    nodeOf({image: 'docker.io/library/nginx:1', image_driver: 'docker'})?.properties['image'],
    'docker.io/library/nginx:1',
  );
});

test('zun_container: what is mounted in it is said not to be known', t => {
  t.true(nodeOf({})?.ledger.some(({field, fate}) => field === 'mounts' && fate === 'lost'));
});
