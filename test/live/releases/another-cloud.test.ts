/**
 * A project of what only its own cloud has (an image, a flavor, a volume type), cloned to a cloud of another release:
 * proposals, names, and the image copied through, interrupted on the way.
 */
import {randomBytes} from 'node:crypto';
import {readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {parse} from 'yaml';
import {Api, type Row} from '../support/api.ts';
import {expectExit} from '../support/clone.ts';
import {cloudsYaml} from '../support/clouds.ts';
import {place, port, server, volume} from '../support/make.ts';
import {makeProject} from '../support/projects.ts';
import {bench, type Bench} from '../support/rekindle.ts';
import {bringUp, pairs, releases} from '../support/releases.ts';
import {openSite, randomSuffix} from '../support/site.ts';
import {wipe} from '../support/wipe.ts';

/** Long enough on its way for Ctrl-C to come in the middle. */
const bytes = 256 * 1024 * 1024;

test.before('the clouds run', async t => {
  t.timeout(30 * 60_000);
  for (const release of releases) await bringUp(release);
});

/** Gone with the test. */
async function flavor(t: ExecutionContext, admin: Api, name: string, ram: number): Promise<Row> {
  const made = await admin.create('compute', '/flavors', 'flavor', {name, vcpus: 1, ram, disk: 1});
  t.teardown(async () => admin.remove('compute', `/flavors/${made.id}`));
  return made;
}

async function volumeType(t: ExecutionContext, admin: Api, name: string): Promise<void> {
  const made = await admin.create('volume', '/types', 'volume_type', {name});
  t.teardown(async () => admin.remove('volume', `/types/${made.id}`));
}

/** The member's own. */
async function image(api: Api, name: string): Promise<Row> {
  const fields = {
    name,
    disk_format: 'raw',
    container_format: 'bare',
    visibility: 'private',
    os_distro: 'own',
  };
  const made = (await api.call('POST', 'image', '/images', fields)) as Row;
  await api.call('PUT', 'image', `/images/${made.id}/file`, randomBytes(bytes));
  return (await api.call('GET', 'image', `/images/${made.id}`)) as Row;
}

const ownImages = (api: Api): Promise<readonly Row[]> =>
  api.list('image', `/images?owner=${api.projectId}`, 'images');

interface Stage extends Bench {
  readonly target: Api;
  readonly image: Row;
  /** Of flavors, images and volume types there and here. */
  readonly suffix: string;
}

async function stage(t: ExecutionContext, from: string, to: string): Promise<Stage> {
  const [sourceAdmin, targetAdmin] = [await Api.login(from), await Api.login(to)];
  const suffix = randomSuffix();
  // A size that no other flavor has.
  const ram = 65 + (Number.parseInt(suffix, 16) % 60);
  const small = await flavor(t, sourceAdmin, `here-${suffix}`, ram);
  await flavor(t, targetAdmin, `there-${suffix}`, ram);
  await volumeType(t, sourceAdmin, `here-${suffix}`);
  await volumeType(t, targetAdmin, `there-${suffix}`);
  // After them: what is torn down goes the other way round, and a type in use stays.
  const source = await makeProject(sourceAdmin);
  t.teardown(async () => wipe(sourceAdmin, source.name));
  const target = await makeProject(targetAdmin);
  t.teardown(async () => wipe(targetAdmin, target.name));
  const site = await openSite(source.api);
  const own = await image(source.api, `own-${suffix}`);
  const {network} = await place(source.api, 'shop', '10.80.0.0/24');
  const {id} = await port(source.api, network, {name: 'shop'});
  await server(site, {name: 'shop', flavorRef: small.id, imageRef: own.id, networks: [{port: id}]});
  await volume(source.api, {name: 'stock', volume_type: `here-${suffix}`});
  const run = bench(cloudsYaml({source: source.entry, target: target.entry}));
  expectExit(t, 'snapshot', await run.run('snapshot', 'out', '--os-cloud', 'source'), 0);
  return {...run, target: target.api, image: own, suffix};
}

for (const {from, to} of pairs) {
  test.serial(`another cloud: ${from.name} to ${to.name}, image and all`, async t => {
    const {dir, run, interrupt, target, image: own, suffix} = await stage(t, from.admin, to.admin);
    const onto = ['out', '--os-cloud', 'target', '--stack', 'shop'];
    const type = ['--map', `volume_type:here-${suffix}=there-${suffix}`];

    const bare = await run('check', ...onto);
    expectExit(t, 'check without a word', bare, 4);
    t.true(bare.stdout.includes(`--map flavor:here-${suffix}=there-${suffix}`), bare.stdout);
    t.regex(bare.stdout, /--copy-images/);
    await run('check', ...onto, ...type, '--write-environment', 'there.yaml');
    const text = readFileSync(join(dir, 'there.yaml'), 'utf8');
    const {parameters} = parse(text) as {readonly parameters: Readonly<Record<string, string>>};
    t.true(Object.values(parameters).includes(`there-${suffix}`), text);

    const copying = ['--copy-images', '--from', 'source', '--yes'];
    const deploying = ['deploy', ...onto, ...type, '--map', 'auto', ...copying];
    const uploading = await interrupt(/Copying .*\((?:25|50) %\)/, ...deploying);
    expectExit(t, 'Ctrl-C while it is copied', uploading, 130);
    t.deepEqual(await ownImages(target), [], 'nothing half made is left');
    const keeping = [...deploying, '--image-dir', 'images'];
    expectExit(
      t,
      'Ctrl-C while it is downloaded',
      await interrupt(/Downloading .*\(25 %\)/, ...keeping),
      130,
    );
    const parts = readdirSync(join(dir, 'images')).map(name => statSync(join(dir, 'images', name)).size);
    t.true(
      parts.length === 1 && (parts[0] ?? 0) >= bytes / 4,
      `what was downloaded is kept: ${String(parts)}`,
    );
    t.deepEqual(await ownImages(target), []);

    const deploy = await run(...keeping);
    expectExit(t, 'deploy', deploy, 0);
    const [copy, ...more] = await ownImages(target);
    t.deepEqual(more, []);
    t.is(copy?.['status'], 'active');
    t.is(copy?.['os_hash_value'], own['os_hash_value']);
    t.is(copy?.['os_distro'], 'own');
    expectExit(t, 'verify', await run('verify', 'out', '--os-cloud', 'target', '--stack', 'shop'), 0);

    const clone = ['clone', 'copy', '--from', 'source', '--to', 'target', '--stack', 'shop', ...type];
    const again = await run(...clone, '--map', 'auto', '--copy-images', '--yes');
    expectExit(t, 'clone onto it', again, 0);
    t.regex(again.stderr, /the target has .* already/);
    t.is((await ownImages(target)).length, 1, 'it is copied once');
    t.log(`${bytes / 1024 / 1024} MiB: deploy ${deploy.seconds} s, clone again ${again.seconds} s`);
  });
}
