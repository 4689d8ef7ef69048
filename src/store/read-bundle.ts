/** Reads a bundle back, and says what is wrong with it before anything is deployed from it. */
import {lstat} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {EarlierBundle, LoadedBundle, ParametersFile, Report} from '../model/bundle.ts';
import {messageOf, RekindleError} from '../model/errors.ts';
import {expand, RESOURCE_GROUP, templateIn} from '../model/expand.ts';
import type {Inventory} from '../model/inventory.ts';
import {fields, text} from '../model/json.ts';
import {parsePyYaml} from '../model/pyyaml.ts';
import {isPlainObject} from '../model/value.ts';
import {readInventory} from './inventory.ts';
import {parametersFile} from './parameters-file.ts';
import {faultOfPath, foldersOf} from './paths.ts';
import {faultOfReport} from './report-fault.ts';
import {errnoOf, parseJson, readText} from './text.ts';

const reportLimit = 64 * 1024 * 1024;
/** Heat takes requests of 1 MiB by default, and operators may have raised it; parsed it needs a hundred times that. */
const textLimit = 16 * 1024 * 1024;
/** Of all files that a template reads: they go to Heat in one request. */
const filesLimit = 64 * 1024 * 1024;
const hint = 'take the snapshot again, or restore the folder from git';

/** A bundle of one template, or one layer of several. @throws RekindleError 'input' */
export async function readBundle(dir: string): Promise<LoadedBundle> {
  const stats = await lstat(dir).catch(() => undefined);
  if (stats === undefined) throw new RekindleError('input', `there is no folder ${dir}`);
  await checkOne(dir);
  const report = await readReport(dir);
  const templateText = await readText(join(dir, 'template.yaml'), textLimit, {follow: false});
  const template = readYaml(join(dir, 'template.yaml'), templateText);
  const nested = await readNamed(dir, groupFiles(template));
  checkTemplate(dir, template, templateText, nested, report);
  const [environment, secrets] = await Promise.all([
    readParameters(join(dir, 'environment.yaml')),
    readParameters(join(dir, 'secrets.yaml'), {optional: true}),
  ]);
  const files = {...(await readFilesOf(dir, template)), ...nested};
  return {
    dir,
    template,
    templateText,
    parameters: Object.fromEntries([...Object.entries(environment), ...Object.entries(secrets)]),
    files,
    report,
  };
}

/** @throws RekindleError 'input' for several templates: here one is wanted. */
async function checkOne(dir: string): Promise<void> {
  const path = join(dir, 'report.json');
  const data = parseJson(path, await readText(path, reportLimit, {follow: false}));
  if (!isPlainObject(data) || data['layers'] === undefined) return;
  const {layers} = data;
  const first: unknown = Array.isArray(layers) ? (layers as unknown[])[0] : undefined;
  const folder = isPlainObject(first) && typeof first['dir'] === 'string' ? first['dir'] : 'LAYER';
  throw new RekindleError('input', `${dir} is a bundle of several templates, and one is wanted here`, {
    hint: `name the folder of one of its layers, as ${join(dir, folder)}`,
  });
}

/**
 * A template that lies anywhere, with the files and templates that it names beside and below itself.
 * @throws RekindleError 'input'
 */
export async function readTemplate(path: string): Promise<Pick<LoadedBundle, 'template' | 'files'>> {
  const template = readYaml(path, await readText(path, textLimit), undefined, {});
  return {template, files: await readFilesOf(dirname(path), template, true)};
}

/** @throws RekindleError 'input': no bundle of ours, or a damaged one. */
export async function readReport(dir: string): Promise<Report> {
  const path = join(dir, 'report.json');
  const data = parseJson(path, await readText(path, reportLimit, {follow: false}));
  if (!isPlainObject(data) || data['format'] !== 'rekindle-report') {
    throw new RekindleError('input', `${path} is no report of rekindle, so ${dir} is no bundle`);
  }
  const {version} = data;
  if (typeof version === 'number' && version > 1) {
    throw new RekindleError(
      'input',
      `${path} has format version ${version}, newer than this rekindle reads (1)`,
      {
        hint: 'update rekindle',
      },
    );
  }
  const fault = faultOfReport(data);
  if (fault !== undefined) throw new RekindleError('input', `${path} is damaged: ${fault}`, {hint});
  return data as unknown as Report;
}

function readYaml(
  path: string,
  text: string,
  empty?: Readonly<Record<string, unknown>>,
  advice: {readonly hint?: string} = {hint},
): Readonly<Record<string, unknown>> {
  let data: unknown;
  try {
    data = parsePyYaml(text);
  } catch (error) {
    throw new RekindleError('input', `${path} is not YAML, or cut off: ${messageOf(error)}`, advice);
  }
  if (data === null && empty !== undefined) return empty;
  if (!isPlainObject(data)) throw new RekindleError('input', `${path} is no YAML mapping`, advice);
  return data;
}

function checkTemplate(
  dir: string,
  template: Readonly<Record<string, unknown>>,
  text: string,
  nested: Readonly<Record<string, string>>,
  report: Report,
): void {
  const path = join(dir, 'template.yaml');
  if (!('heat_template_version' in template)) {
    throw new RekindleError('input', `${path} is no Heat template: it has no heat_template_version`);
  }
  // What is in groups counts.
  const {template: written, groups} = expand(template, nested);
  for (const [name, source] of Object.entries(nested))
    if (!source.endsWith('\n') && !source.startsWith('{'))
      throw new RekindleError('input', `${join(dir, name)} is cut off: its last line has no end`, {hint});
  const dangling = [...membersAsked(written)].find(([group]) => groups.has(group));
  if (dangling !== undefined)
    throw new RekindleError(
      'input',
      `${join(dir, groups.get(dangling[0])?.file ?? '')} lacks the output for ${dangling.join(' ')}: it is cut off or edited`,
      {hint},
    );
  // Cut off between two lines it would still be YAML, and a smaller project.
  const sections = [
    ['resource', 'resources', report.resources],
    ['parameter', 'parameters', report.parameters],
  ] as const;
  for (const [one, section, listed] of sections) {
    if (!isPlainObject(template[section] ?? {}))
      throw new RekindleError('input', `${path}: ${section} is no mapping`);
    const held = fields(written[section]);
    const whole = (name: string): boolean => {
      const body = Object.hasOwn(held, name) ? held[name] : undefined;
      return isPlainObject(body) && typeof body['type'] === 'string';
    };
    const missing = listed.map(({name}) => name).filter(name => !whole(name));
    if (missing.length > 0) {
      const some = missing.slice(0, 3).join(', ') + (missing.length > 3 ? ', …' : '');
      throw new RekindleError(
        'input',
        `${path} lacks ${missing.length} of the ${listed.length} ${section} that report.json lists (${some}): it is cut off or edited`,
        {hint: `${hint}; a ${one} removed on purpose must go from report.json as well`},
      );
    }
  }
  if (!text.endsWith('\n'))
    throw new RekindleError('input', `${path} is cut off: its last line has no end`, {hint});
}

/** The report, if it is a bundle that lies there. @throws RekindleError 'input' for a damaged one. */
export async function readReportOf(path: string): Promise<Report | undefined> {
  const there = await lstat(join(path, 'report.json')).catch(() => undefined);
  return there === undefined ? undefined : readReport(path);
}

/** An earlier bundle, with what tells whose project it is of. */
export interface Earlier extends EarlierBundle {
  readonly source: Inventory['source'];
}

/**
 * What a new bundle in that folder keeps; undefined where there is no bundle.
 * @throws RekindleError 'input' where it is damaged: what somebody wrote must not be replaced unread.
 */
export async function readEarlier(dir: string): Promise<Earlier | undefined> {
  const report = await readReportOf(dir);
  if (report === undefined) return undefined;
  const {source} = await readInventory(dir);
  if (report.layers === undefined) {
    const [edited, files] = await Promise.all([readEdits(dir), filesIn(dir)]);
    return {report, source, ...edited, files};
  }
  const held = await Promise.all(
    report.layers.map(async ({name, dir: folder}) => {
      if (faultOfPath(folder) !== undefined)
        throw new RekindleError('input', `${join(dir, 'report.json')} is damaged: a layer lies elsewhere`, {
          hint,
        });
      await checkFolders(dir, `${folder}/report.json`);
      const path = join(dir, folder);
      const [own, edited, files] = await Promise.all([readReport(path), readEdits(path), filesIn(path)]);
      return {name, files, layer: {report: own, ...edited}};
    }),
  );
  return {
    report,
    source,
    environment: undefined,
    secrets: undefined,
    files: Object.assign({}, ...held.map(({files}) => files)) as Readonly<Record<string, string>>,
    layers: new Map(held.map(({name, layer}) => [name, layer])),
  };
}

async function readEdits(dir: string): Promise<Pick<EarlierBundle, 'environment' | 'secrets'>> {
  const [environment, secrets] = await Promise.all([
    readEdited(join(dir, 'environment.yaml')),
    readEdited(join(dir, 'secrets.yaml')),
  ]);
  return {environment, secrets};
}

/** A template that was edited may name files that are not there; then all names of files are made anew. */
function filesIn(dir: string): Promise<Readonly<Record<string, string>>> {
  return readBundle(dir).then(
    bundle => bundle.files,
    () => ({}),
  );
}

async function readEdited(path: string): Promise<ParametersFile | undefined> {
  if (!(await isThere(path))) return undefined;
  const values = await readParameters(path);
  return parametersFile(await readText(path, textLimit, {follow: false}), values);
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    error => errnoOf(error) !== 'ENOENT',
  );
}

async function readParameters(
  path: string,
  {optional = false}: {readonly optional?: boolean} = {},
): Promise<Readonly<Record<string, unknown>>> {
  if (optional && !(await isThere(path))) return {};
  const text = await readText(path, textLimit, {follow: false});
  if (!text.endsWith('\n'))
    throw new RekindleError('input', `${path} is cut off: its last line has no end`, {hint});
  // All its lines may be comments.
  const data = readYaml(path, text, {});
  const other = Object.keys(data).filter(section => section !== 'parameters');
  if (other.length > 0) {
    throw new RekindleError('input', `${path} has sections beside parameters: ${other.join(', ')}`, {
      hint: 'only parameters are taken from it; deploy.sh and the openstack client take the others',
    });
  }
  const parameters = data['parameters'] ?? {};
  if (!isPlainObject(parameters))
    throw new RekindleError('input', `${path}: parameters is no mapping`, {hint});
  return parameters;
}

/** Attributes of single members that are asked of groups. */
function* membersAsked(value: unknown): Generator<readonly [group: string, attribute: string]> {
  if (Array.isArray(value)) for (const item of value) yield* membersAsked(item);
  if (!isPlainObject(value)) return;
  const {get_attr: asked} = value;
  const [group, attribute] = Array.isArray(asked) ? (asked as readonly unknown[]) : [];
  if (/^resource\.\d+\../.test(text(attribute))) yield [text(group), text(attribute)];
  for (const item of Object.values(value)) yield* membersAsked(item);
}

/** Nested templates of its groups. */
function groupFiles(template: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const groups = Object.values(fields(template['resources']))
    .map(raw => fields(raw))
    .filter(({type}) => type === RESOURCE_GROUP);
  const types = groups.map(({properties}) => text(fields(fields(properties)['resource_def'])['type']));
  return new Set(types.filter(type => isTemplateName(type)));
}

async function readNamed(dir: string, names: ReadonlySet<string>): Promise<Readonly<Record<string, string>>> {
  const read = [...names].sort().map(async name => [name, await readFileOf(dir, name)] as const);
  return Object.fromEntries(await Promise.all(read));
}

function isTemplateName(type: string): boolean {
  return /\.(?:yaml|template)$/.test(type);
}

/** Every file that the template reads, and those that templates among them read: by the names they ask for. */
async function readFilesOf(
  dir: string,
  template: Readonly<Record<string, unknown>>,
  types = false,
): Promise<Readonly<Record<string, string>>> {
  const files = new Map<string, string>();
  let size = 0;
  const todo = [...new Set(filesOf(template, types))].sort().map(name => ({name, path: name}));
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const {name, path} = next;
    if (files.has(name)) continue;
    const text = await readFileOf(dir, path);
    size += text.length;
    if (size > filesLimit)
      throw new RekindleError(
        'input',
        `the files that the template in ${dir} reads are larger than ${filesLimit / 1024 / 1024} MiB together, too large to read`,
      );
    files.set(name, text);
    // A template names files beside itself.
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    for (const inner of filesOf(templateIn(text), true)) todo.push({name: inner, path: folder + inner});
  }
  return Object.fromEntries([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names that `get_file` asks for, anywhere in the template; @param types Those of nested templates too. */
function* filesOf(value: unknown, types = false): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* filesOf(item, types);
  if (!isPlainObject(value)) return;
  const {get_file: name, type} = value;
  if (types && typeof type === 'string' && isTemplateName(type)) yield type;
  if (typeof name === 'string' && Object.keys(value).length === 1) yield name;
  else for (const item of Object.values(value)) yield* filesOf(item, types);
}

async function readFileOf(dir: string, name: string): Promise<string> {
  const fault = /^[a-z][a-z0-9+.-]*:\/\//i.test(name) ? 'is an address' : faultOfPath(name);
  if (fault !== undefined) {
    throw new RekindleError(
      'input',
      `the template's get_file ${JSON.stringify(name)} ${fault}; only files of the bundle are read`,
    );
  }
  await checkFolders(dir, name);
  return readText(join(dir, name), textLimit, {follow: false});
}

/** Folders on the way to a file of the bundle must be its own. @throws RekindleError 'input' */
export async function checkFolders(dir: string, name: string): Promise<void> {
  for (const folder of foldersOf(name)) {
    const stats = await lstat(join(dir, folder)).catch(() => undefined);
    if (stats?.isSymbolicLink() === true) {
      throw new RekindleError(
        'input',
        `${join(dir, folder)} is a symbolic link; only files of the bundle are read`,
      );
    }
  }
}
