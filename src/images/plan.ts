/** Which images are to be copied, what that moves, and everything in the way; it only reads. */
import type {Session} from '../cloud/types.ts';
import type {LoadedBundle} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import {type Fields, fields, number, objects, text, texts} from '../model/json.ts';
import {losses, obstacle, sourceImage} from './carried.ts';
import {had, halves, valueFor} from './have.ts';
import {type Glance, glanceOf, openImage} from './source.ts';
import {listed} from './target.ts';
import type {ImageFinding, ImagePlan, PlannedImage, PlanOptions, SourceImage} from './types.ts';
import {type Wanted, wantedImages} from './wanted.ts';
import {imageLabel, sizeLabel} from './words.ts';

type Bundled = Pick<LoadedBundle, 'report' | 'parameters'>;

interface Settled {
  readonly planned?: PlannedImage;
  readonly findings: readonly ImageFinding[];
}

/**
 * @param from Session with the project the bundles are of. @param bundles All layers of one bundle.
 * @throws RekindleError where one of the clouds can't be asked at all.
 */
export async function planImages(
  from: Session,
  to: Session,
  bundles: readonly Bundled[],
  options: PlanOptions = {},
): Promise<ImagePlan> {
  const {signal} = options;
  const wanted = wantedImages(bundles, options);
  if (wanted.length === 0) return {images: [], findings: [], bytes: 0, values: {}, later: new Set()};
  const [one, other] = await Promise.all([from.service('image'), to.service('image')]);
  const [source, target] = [glanceOf(one, 'source'), glanceOf(other, 'target')];
  const rows = await listed(target, signal);
  const project = to.identity.project?.id ?? '';
  const settled = await Promise.all(wanted.map(want => settle(want, source, {rows, project}, signal)));
  const images = settled.flatMap(({planned}) => planned ?? []);
  const copies = images.flatMap(planned => (planned.action === 'copy' ? [planned.image] : []));
  const findings = [
    ...settled.flatMap(found => found.findings),
    ...(copies.length === 0 ? [] : await checkTarget(target, images, signal)),
  ];
  const values = images.flatMap(planned =>
    planned.action === 'use'
      ? planned.parameters.map(name => [name, valueFor(planned.id, planned.value, rows)] as const)
      : [],
  );
  return {
    images,
    findings: ['error', 'warning'].flatMap(severity => findings.filter(one => one.severity === severity)),
    bytes: copies.reduce((sum, {bytes}) => sum + bytes, 0),
    values: Object.fromEntries(values),
    later: new Set(images.flatMap(one => (one.action === 'copy' ? one.parameters : []))),
  };
}

async function settle(
  want: Wanted,
  source: Glance,
  {rows, project}: {readonly rows: readonly Fields[]; readonly project: string},
  signal: AbortSignal | undefined,
): Promise<Settled> {
  const {parameters, value} = want;
  const where = `parameter ${parameters.join(', ')}`;
  const found = await sourceRow(want, source, signal);
  const row = typeof found === 'string' ? undefined : found;
  const half = new Set(row === undefined ? [] : halves(sourceImage(row), project, rows));
  const there = had(
    row,
    value,
    rows.filter(({id}) => !half.has(text(id))),
  );
  if (there !== undefined) {
    const image = row === undefined ? {id: want.id, name: value, bytes: 0} : sourceImage(row);
    const findings =
      there.same === false
        ? [
            warning(
              where,
              `the target's image ${JSON.stringify(value)} has other content than the source's of that name`,
              `it is taken as it is; to have the source's copied, rename one of the two`,
            ),
          ]
        : [];
    return {planned: {action: 'use', parameters, value, image, id: there.id}, findings};
  }
  if (typeof found === 'string' || row === undefined) {
    const why = typeof found === 'string' ? found : '';
    return {findings: [problem(where, why, `choose another: -P ${parameters[0] ?? ''}=NAME-OR-ID`)]};
  }
  const label = imageLabel({id: text(row['id']), name: text(row['name'])});
  const against = obstacle(row);
  if (against !== undefined)
    return {findings: [problem(where, `${label} can't be copied: it ${against[0]}`, against[1])]};
  const image = sourceImage(row);
  try {
    // A look at the door: whoever may not download it is told before anything is made.
    (await openImage(source, image, 0, signal)).close();
  } catch (error) {
    if (!(error instanceof RekindleError) || !['forbidden', 'not-found'].includes(error.code)) throw error;
    return {findings: [problem(where, `${label} can't be copied: ${error.message}`, error.hint ?? '')]};
  }
  const findings = losses(row).map(({property, why}) =>
    warning(where, `the copy of ${label} goes without ${property}: ${why}`),
  );
  if (image.hashes.length === 0)
    findings.push(warning(where, `the source tells no hash of ${label}: only its size can be proven`));
  return {planned: {action: 'copy', parameters, value, image}, findings};
}

/** The source's row, or why there is none as a sentence. */
async function sourceRow(
  {id, value}: Wanted,
  source: Glance,
  signal: AbortSignal | undefined,
): Promise<Fields | string> {
  if (id !== '') {
    const answer = await source.call('GET', `images/${encodeURIComponent(id)}`, {accept: [403, 404], signal});
    if (answer.status < 300) return fields(answer.body);
  }
  const named = objects(await source.list('images', 'images', {query: {name: value}, signal})).filter(
    row => row['name'] === value,
  );
  const [only] = named;
  // Gone there, with another of its name: not what the bundle was made from.
  if (id !== '')
    return `the source has the image ${JSON.stringify(value)} (${id}) no longer, or does not show it to this user`;
  if (only === undefined)
    return `the source has no image ${JSON.stringify(value)}, or does not show it to this user`;
  return named.length === 1 ? only : `the source has ${named.length} images named ${JSON.stringify(value)}`;
}

/** What the target says beforehand of formats and limits; a cloud that doesn't say is asked no more. */
async function checkTarget(
  target: Glance,
  images: readonly PlannedImage[],
  signal: AbortSignal | undefined,
): Promise<readonly ImageFinding[]> {
  const copies = images.flatMap(one => (one.action === 'copy' ? [one] : []));
  const [schema, usage] = await Promise.all([
    bodyOf(target, 'schemas/image', signal),
    // Since Xena, and only where limits are kept in Keystone.
    bodyOf(target, 'info/usage', signal),
  ]);
  const properties = fields(schema['properties']);
  const findings = copies.flatMap(({parameters, image}) =>
    (['disk_format', 'container_format'] as const).flatMap(format => {
      const taken = texts(fields(properties[format])['enum']);
      const own = text(image.body[format]);
      if (taken.length === 0 || taken.includes(own)) return [];
      return [
        problem(
          `parameter ${parameters.join(', ')}`,
          `the target takes no ${format} ${own}, which ${imageLabel(image)} has; it takes ${taken.join(', ')}`,
          'convert the image in the source, or choose another with -P',
        ),
      ];
    }),
  );
  return [
    ...findings,
    ...checkLimits(
      fields(usage['usage']),
      copies.map(({image}) => image),
    ),
  ];
}

async function bodyOf(target: Glance, path: string, signal: AbortSignal | undefined): Promise<Fields> {
  const answer = await target.call('GET', path, {accept: [400, 403, 404, 405, 501], signal});
  return answer.status < 300 ? fields(answer.body) : {};
}

const MIB = 1024 * 1024;

/**
 * Glance refuses an upload once more is stored than the limit, so the last one may go beyond it; images are counted when
 * they are made. Proof: glance `quota/keystone.py`.
 */
function checkLimits(usage: Fields, images: readonly SourceImage[]): readonly ImageFinding[] {
  const findings: ImageFinding[] = [];
  const stored = limitOf(usage, 'image_size_total');
  if (stored !== undefined) {
    const all = images.reduce((sum, {bytes}) => sum + bytes, 0);
    const last = images.at(-1)?.bytes ?? 0;
    const free = Math.max(0, stored.limit - stored.usage) * MIB;
    const what = `${sizeLabel(all)} of images are to be copied, and the target's limit image_size_total leaves ${sizeLabel(free)}`;
    const hint = 'remove images there, or ask its operator for more';
    if (stored.usage > stored.limit || all - last > free) findings.push(problem('quota', what, hint));
    else if (all > free) findings.push(warning('quota', what, hint));
  }
  const counted = limitOf(usage, 'image_count_total');
  if (counted !== undefined && counted.usage + images.length > counted.limit)
    findings.push(
      problem(
        'quota',
        `${images.length} ${images.length === 1 ? 'image is' : 'images are'} to be copied, and the target's limit image_count_total leaves ${Math.max(0, counted.limit - counted.usage)}`,
        'remove images there, or ask its operator for more',
      ),
    );
  return findings;
}

function limitOf(usage: Fields, name: string): {readonly limit: number; readonly usage: number} | undefined {
  const {limit, usage: used} = fields(usage[name]);
  const [most, now] = [number(limit), number(used)];
  return most === undefined || now === undefined || most < 0 ? undefined : {limit: most, usage: now};
}

function problem(where: string, what: string, hint: string): ImageFinding {
  return {severity: 'error', where, what, hint};
}

function warning(where: string, what: string, hint = ''): ImageFinding {
  return {severity: 'warning', where, what, hint};
}
