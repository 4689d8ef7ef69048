/** How often a snapshot asks: one list for each kind and page, and one call per thing only where no list tells it. */
import test from 'ava';
import {snapshot} from '../../src/pipeline/index.ts';
import {readSample, sampleNames} from '../support/replay/sample.ts';
import {openReplay} from '../support/replay/session.ts';

/** Asked again by id, for what rows refer to and the list of the project's own did not bring. */
const referredTo = /\/v2\.0\/(?:networks|subnets|qos\/policies)$/;

/** Swift ends a list with an empty page. */
const endless = /^GET \/object-store\/v1\/[^/]+\/$/;

/** Lists that don't agree are read once more: a server of the hard case has a volume that knows nothing of it. */
const disputed = /\/(?:servers|volumes)\/detail$/;
const odd: ReadonlySet<string> = new Set(['hard', 'admin']);

/** One call per thing: no list holds these. A share's rules are asked for by query. */
const perThing: readonly RegExp[] = [
  /\/lbaas\/pools\/[^/]+\/members$/,
  /\/lbaas\/l7policies\/[^/]+\/rules$/,
  /^GET \/object-store\/v1\/[^/]+\/[^/]+$/,
  /\/stacks\/[^/]+\/[^/]+\/resources$/,
  /\/share-access-rules$/,
  /\/floatingips\/[^/]+\/port_forwardings$/,
];

for (const name of await sampleNames()) {
  test(`${name}: every list is asked for once, things one by one only where no list tells them`, async t => {
    const {session, replay, close} = await openReplay(await readSample(name));
    t.teardown(close);
    const {inventory} = await snapshot(session);
    const single = [...replay.counts].filter(([key]) => !perThing.some(pattern => pattern.test(key)));
    for (const [key, count] of single) {
      const twice = referredTo.test(key) || endless.test(key) || (odd.has(name) && disputed.test(key));
      t.true(count <= (twice ? 2 : 1), `${key}: ${count}`);
    }
    const things = [...replay.counts].filter(([key]) => perThing.some(pattern => pattern.test(key)));
    const asked = things.reduce((sum, [, count]) => sum + count, 0);
    const rows = (kind: string): number => inventory.rows[kind]?.length ?? 0;
    const kinds = ['pool', 'l7policy', 'container', 'stack', 'share', 'floating_ip'];
    t.true(asked <= kinds.map(rows).reduce((a, b) => a + b, 0), `${asked} calls for things`);
    t.log(`${single.reduce((sum, [, count]) => sum + count, 0)} requests, and ${asked} for things`);
  });
}
