/** A sample: a folder below `samples/` with a recorded cloud and the bundle that a snapshot of it gives. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {snapshot, type Snapshot} from '../../../src/pipeline/index.ts';
import {readRecording, type Recording} from './recording.ts';
import {openReplay} from './session.ts';

/** Both for the sources and for `dist`. */
export const samplesFolder = join(import.meta.dirname, '../../../..', 'samples');
export const recordingFile = 'recording.json';

export async function sampleNames(): Promise<string[]> {
  const entries = await readdir(samplesFolder, {withFileTypes: true}).catch(() => []);
  return entries
    .filter(entry => entry.isDirectory())
    .map(({name}) => name)
    .sort();
}

export async function readSample(name: string): Promise<Recording> {
  return readRecording(join(samplesFolder, name, recordingFile));
}

/** Takes the snapshot of a recorded cloud, through the whole road. */
export async function snapshotOf(
  recording: Recording,
): Promise<Snapshot & {readonly misses: readonly string[]}> {
  const {session, replay, close} = await openReplay(recording);
  try {
    const taken = await snapshot(session, {now: () => new Date(recording.date), tool: 'rekindle'});
    // The port is another one each time, and Barbican's refs hold it.
    const origin = new URL(replay.authUrl).origin;
    const bundle = taken.bundle
      .filter(({path}) => path !== pageFile)
      .map(file => Object.assign({}, file, {text: file.text.replaceAll(origin, 'http://cloud.example')}));
    return {...taken, bundle, misses: replay.misses};
  } finally {
    await close();
  }
}

/** No part of a sample: it holds the program's own script, which changes with the program. */
export const pageFile = 'topology.html';

/** The files that lie there now, by path, without the recording. */
export async function goldenFiles(name: string): Promise<Record<string, string>> {
  const folder = join(samplesFolder, name);
  const entries = await readdir(folder, {withFileTypes: true, recursive: true});
  const files: Record<string, string> = {};
  for (const entry of entries.filter(entry => entry.isFile())) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (path !== recordingFile) files[path] = await readFile(join(folder, path), 'utf8');
  }
  return files;
}
