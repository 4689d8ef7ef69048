/**
 * Records a cloud as a sample, or makes the samples' bundles again from their recordings.
 *
 *     node dist/scripts/record-sample.js NAME --os-cloud ENTRY --about 'what is in it'
 *     node dist/scripts/record-sample.js NAME --deny block-storage …    (as seen by a role that may not read volumes)
 *     node dist/scripts/record-sample.js --update [NAME...]
 */
import {mkdir} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {openSession, type CloudOptions, type Session, type Surroundings} from '../src/cloud/index.ts';
import {snapshot} from '../src/pipeline/index.ts';
import {writeBundle} from '../src/store/index.ts';
import {startRecorder} from '../test/support/replay/recorder.ts';
import {writeRecording, type Recording} from '../test/support/replay/recording.ts';
import {
  readSample,
  recordingFile,
  sampleNames,
  samplesFolder,
  snapshotOf,
} from '../test/support/replay/sample.ts';

const surroundings: Surroundings = {
  env: process.env,
  cwd: process.cwd(),
  home: homedir(),
  platform: process.platform,
  logger: {
    log: (level, message) => {
      if (level !== 'debug') console.error(message);
    },
  },
};

const {positionals, values} = parseArgs({
  allowPositionals: true,
  options: {
    'os-cloud': {type: 'string'},
    'os-project-name': {type: 'string'},
    'os-project-domain-name': {type: 'string'},
    deny: {type: 'string', multiple: true, default: []},
    about: {type: 'string', default: ''},
    update: {type: 'boolean', default: false},
  },
});

if (values.update) {
  for (const name of positionals.length > 0 ? positionals : await sampleNames()) await update(name);
} else {
  const [name] = positionals;
  if (name === undefined || !/^[a-z][a-z0-9.-]*$/.test(name)) throw new Error('name the sample, as `web`');
  const cloud = {
    osCloud: values['os-cloud'],
    osProjectName: values['os-project-name'],
    osProjectDomainName: values['os-project-domain-name'],
  };
  const recording = await record(cloud, values.about, values.deny);
  await mkdir(join(samplesFolder, name), {recursive: true});
  await writeRecording(join(samplesFolder, name, recordingFile), recording);
  console.log(`${name}: ${recording.exchanges.length} exchanges`);
  await update(name);
}

async function record(cloud: CloudOptions, about: string, deny: readonly string[]): Promise<Recording> {
  const real = await openSession(cloud, surroundings);
  const keystone = await real.service('identity');
  real.close();
  if (keystone === undefined) throw new Error('the catalog has no identity service');
  const recorder = await startRecorder(keystone.url, {deny});
  let session: Session | undefined;
  try {
    session = await openSession({...cloud, osAuthUrl: recorder.authUrl}, surroundings);
    await snapshot(session);
    const {project, user} = session.identity;
    return {
      format: 'rekindle-recording',
      version: 1,
      about,
      date: `${new Date().toISOString().slice(0, 10)}T00:00:00.000Z`,
      region: session.region ?? '',
      project: {name: project?.name ?? '', domain: project?.domain.name ?? ''},
      user: {name: user.name, domain: user.domain.name},
      exchanges: recorder.exchanges(),
    };
  } finally {
    session?.close();
    await recorder.close();
  }
}

async function update(name: string): Promise<void> {
  const {bundle, report, misses} = await snapshotOf(await readSample(name));
  if (misses.length > 0)
    throw new Error(`${name} was recorded without ${misses.join(', ')}: record it again`);
  await writeBundle(join(samplesFolder, name), bundle, {force: true});
  console.log(`${name}: ${report.counts.resources} resources, ${report.losses.length} losses`);
}
