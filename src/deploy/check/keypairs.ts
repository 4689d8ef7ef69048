/** Key pairs belong to a user, not to a project: the same user in the same cloud has them already. */
import {createHash} from 'node:crypto';
import type {ReportParameter} from '../../model/bundle.ts';
import {type Fields, text} from '../../model/json.ts';
import {truthOf} from '../../model/truth.ts';
import {problem, quoted, warning} from './finding.ts';
import {keypairs} from './kinds.ts';
import type {Resolved} from './resolved.ts';
import {parametersIn} from './secrets.ts';
import type {Target, Thing} from './target.ts';
import {textOf, valueOf} from './template.ts';

/** Sets the switch of each optional key pair by what the user has in the target. */
export async function resolveKeypairs(
  parameters: readonly ReportParameter[],
  template: Fields,
  values: Fields,
  chosen: ReadonlySet<string>,
  target: Target,
): Promise<Resolved> {
  const switches = parameters.filter(
    ({role, kind, pair}) => role === 'optional-switch' && kind === 'keypair' && pair !== undefined,
  );
  if (switches.length === 0) return {values: {}, findings: []};
  const things = await target.list(keypairs);
  if (typeof things === 'string') {
    return {
      values: {},
      findings: [warning('key pairs', `can't be looked up in the target: ${things}`)],
    };
  }
  const results = switches.map(parameter =>
    decide(parameter, template, values, chosen.has(parameter.name), things),
  );
  return {
    values: Object.assign({}, ...results.map(result => result.values)) as Fields,
    findings: results.flatMap(result => result.findings),
  };
}

function decide(
  {name, pair = ''}: ReportParameter,
  template: Fields,
  values: Fields,
  chosen: boolean,
  things: readonly Thing[],
): Resolved {
  const keyName = text(values[pair]);
  const own = keyPairOf(template, pair, values);
  // With something before its name it is in nobody's way, but what has the plain name is used all the same.
  const made = own.name ?? keyName;
  const plain = things.find(thing => thing.name === keyName);
  const wanted = chosen ? truthOf(values[name]) !== false : undefined;
  const isFree = made !== keyName && plain !== undefined && (wanted ?? !isSameKey(own.publicKey, plain));
  const there = isFree ? undefined : plain;
  const where = `parameter ${name}`;
  if (there === undefined && made !== keyName && wanted !== false) {
    const taken = things.find(thing => thing.name === made);
    if (taken === undefined) return {values: chosen ? {} : {[name]: true}, findings: []};
    if (!chosen && isSameKey(own.publicKey, taken))
      return {values: {[name]: false, [pair]: made}, findings: []};
    const what = `you have a key pair ${quoted(made)} in the target already`;
    const hint = `create it under another name: -P ${pair}=NAME; or use yours: -P ${name}=false -P ${pair}=${made}`;
    return {values: {}, findings: [problem(where, what, hint)]};
  }
  if (there === undefined) {
    if (!chosen || truthOf(values[name]) !== false)
      return {values: chosen ? {} : {[name]: true}, findings: []};
    const what = `is false, but you have no key pair ${quoted(keyName)} in the target`;
    return {
      values: {},
      findings: [
        problem(
          where,
          what,
          `leave it out, and the stack makes it from the source's public key; or name yours: -P ${pair}=NAME`,
        ),
      ],
    };
  }
  if (chosen && truthOf(values[name]) === false) return {values: {}, findings: []};
  if (!chosen && isSameKey(own.publicKey, there)) return {values: {[name]: false}, findings: []};
  return {
    values: {},
    findings: [
      problem(
        where,
        chosen
          ? `is true, but you have a key pair ${quoted(keyName)} in the target already`
          : `you have a key pair ${quoted(keyName)} with another key in the target`,
        `create it under another name: -P ${pair}=NAME; or use yours: -P ${name}=false`,
      ),
    ],
  };
}

/** The key pair that the template would import by that parameter: its name may have something before it. */
function keyPairOf(
  template: Fields,
  nameParameter: string,
  values: Fields,
): {readonly name?: string | undefined; readonly publicKey: string} {
  for (const resource of Object.values(template['resources'] ?? {})) {
    const {type, properties} = resource as {type?: unknown; properties?: Fields};
    if (type !== 'OS::Nova::KeyPair' || ![...parametersIn(properties?.['name'])].includes(nameParameter))
      continue;
    return {
      name: textOf(properties?.['name'], values),
      publicKey: text(valueOf(properties?.['public_key'], values)),
    };
  }
  return {publicKey: ''};
}

/** The comment behind a key is no part of it. Without the key (old Nova lists) its MD5 fingerprint tells. */
function isSameKey(wanted: string, {row}: Thing): boolean {
  if (wanted === '') return false;
  const theirs = text(row['public_key']);
  if (theirs !== '') return keyBody(theirs) === keyBody(wanted);
  const blob = Buffer.from(keyBody(wanted).split(' ')[1] ?? '', 'base64');
  return createHash('md5').update(blob).digest('hex') === text(row['fingerprint']).replaceAll(':', '');
}

function keyBody(key: string): string {
  // A certificate has no comment.
  return key.startsWith('-----') ? key.trim() : key.trim().split(/\s+/).slice(0, 2).join(' ');
}
