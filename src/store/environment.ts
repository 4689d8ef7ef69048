/** Changes values in a bundle's environment.yaml and leaves the rest of it as it is: comments, order, other values. */
import {join} from 'node:path';
import {isMap, parseDocument, Scalar, YAMLMap} from 'yaml';
import {RekindleError} from '../model/errors.ts';
import {isPlainObject} from '../model/value.ts';
import {parsePyYaml} from '../model/pyyaml.ts';
import {readText} from './text.ts';
import {writeText} from './write-text.ts';

const limit = 64 * 1024 * 1024;

/**
 * All of them or none: written beside it, then one rename.
 * @throws RekindleError 'input': no environment that can be read, or a folder that can't be written.
 */
export async function writeEnvironment(dir: string, values: Readonly<Record<string, string>>): Promise<void> {
  const path = join(dir, 'environment.yaml');
  const before = await readText(path, limit, {follow: false});
  const text = changed(path, before, values);
  await writeText(path, text, {mode: 0o600, hint: 'nothing was changed'});
}

function changed(path: string, text: string, values: Readonly<Record<string, string>>): string {
  // Every scalar is text here, so that each is written as it was read.
  const document = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const root = document.contents;
  if (document.errors.length > 0 || (root !== null && !isMap(root)))
    throw new RekindleError('input', `${path} is no YAML mapping, so nothing was changed`);
  if (!isMap(document.get('parameters'))) document.set('parameters', new YAMLMap());
  for (const [name, value] of Object.entries(values)) {
    const old: unknown = document.getIn(['parameters', name], true);
    const scalar = old instanceof Scalar ? (old as Scalar) : new Scalar('');
    scalar.value = value;
    delete scalar.tag;
    scalar.type = styleOf(value);
    if (scalar !== old) document.setIn(['parameters', name], scalar);
  }
  const after = document.toString({
    lineWidth: 0,
    blockQuote: 'literal',
    singleQuote: true,
    flowCollectionPadding: !/[[{][^\s\]}]/.test(text),
  });
  checkChange(path, text, after, values);
  return after;
}

/** Plain where no YAML reader could take it for anything else than text. */
function styleOf(value: string): Scalar.Type {
  if (/^[A-Za-z][\w.-]*$/.test(value) && !/^(?:y|n|yes|no|true|false|on|off|null)$/i.test(value))
    return Scalar.PLAIN;
  return /[^\x20-\x7E]/.test(value) ? Scalar.QUOTE_DOUBLE : Scalar.QUOTE_SINGLE;
}

/** As Heat will read it, nothing else may have changed. */
function checkChange(
  path: string,
  before: string,
  after: string,
  values: Readonly<Record<string, string>>,
): void {
  const wanted = {...parametersOf(before), ...values};
  if (JSON.stringify(parametersOf(after)) !== JSON.stringify(wanted))
    throw new RekindleError('internal', `${path} would not read as it should, so nothing was changed`);
}

function parametersOf(text: string): Readonly<Record<string, unknown>> {
  const data = parsePyYaml(text);
  const parameters = isPlainObject(data) ? data['parameters'] : undefined;
  return isPlainObject(parameters) ? parameters : {};
}
