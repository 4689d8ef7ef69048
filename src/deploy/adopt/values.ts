/** The parameters of an adoption: those that `deploy` would choose in this project, so that both agree afterwards. */
import type {Session} from '../../cloud/types.ts';
import type {LoadedBundle} from '../../model/bundle.ts';
import type {Fields} from '../../model/json.ts';
import type {Finding} from '../check/finding.ts';
import {resolveKeypairs} from '../check/keypairs.ts';
import {resolveOutside} from '../check/outside.ts';
import {checkSecrets} from '../check/secrets.ts';
import {resolveSwitches} from '../check/switches.ts';
import {targetOf} from '../check/target.ts';
import {present, resourcesOf, withDefaults} from '../check/template.ts';
import {checkParameters} from '../check/given.ts';
import {choicesOf} from '../preflight.ts';

export interface AdoptValues {
  readonly parameters: Fields;
  readonly findings: readonly Finding[];
}

export async function valuesOf(
  session: Session,
  bundle: LoadedBundle,
  options: {readonly parameters?: Fields | undefined; readonly signal?: AbortSignal | undefined},
): Promise<AdoptValues> {
  const {template, report} = bundle;
  const chosen = choicesOf(bundle, options);
  const given = present({...bundle.parameters, ...options.parameters});
  const declared = withDefaults(template, given);
  const target = targetOf(session, options.signal);
  const [outside, keys, switches] = await Promise.all([
    resolveOutside(report.parameters, declared, target, {chosen, given: new Set()}),
    resolveKeypairs(report.parameters, template, declared, new Set(), target),
    resolveSwitches(report.parameters, declared, chosen, template, target),
  ]);
  const parameters: Fields = {...given, ...outside.values, ...keys.values, ...switches.values};
  const values = withDefaults(template, parameters);
  return {
    parameters,
    findings: [
      ...checkParameters(template, given, options.parameters ?? {}),
      ...outside.findings,
      ...keys.findings,
      ...switches.findings,
      ...checkSecrets(report.parameters, resourcesOf(template, values), values),
    ],
  };
}
