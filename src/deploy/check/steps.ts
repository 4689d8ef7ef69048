/** Steps that can't be carried out in the target: their service or extension isn't there. */
import type {Report, ReportStep} from '../../model/bundle.ts';
import {objects, text} from '../../model/json.ts';
import {commandFor, commands} from '../steps/index.ts';
import {type Finding, warning} from './finding.ts';
import type {Target} from './target.ts';

/** Warnings: the stack can be made all the same. */
export async function checkSteps({steps}: Report, target: Target): Promise<readonly Finding[]> {
  const needs = new Map<
    string,
    {readonly service: string; readonly extension: string | undefined; readonly steps: ReportStep[]}
  >();
  const findings: Finding[] = [];
  for (const step of steps) {
    const command = commandFor(
      step.command.filter(word => typeof word === 'string'),
      commands,
    );
    if (command === undefined) {
      findings.push(
        warning(
          `step ${step.title}`,
          'is no command that this version of rekindle can run',
          'run it by hand',
        ),
      );
      continue;
    }
    const {service, extension} = command;
    const key = `${service} ${extension ?? ''}`;
    const known = needs.get(key);
    if (known === undefined) needs.set(key, {service, extension, steps: [step]});
    else known.steps.push(step);
  }
  if (needs.size === 0) return findings;
  const extensions = await extensionsOf(target);
  for (const {service, extension, steps: those} of needs.values()) {
    const what = await missing(service, extension, extensions, target);
    if (what === undefined) continue;
    const count = `${those.length} ${those.length === 1 ? 'step' : 'steps'}`;
    const titles = [...new Set(those.map(({title}) => title))].join('; ');
    findings.push(
      warning('steps', `${what}, and ${count} will fail: ${titles}`, '--no-steps leaves them out'),
    );
  }
  return findings;
}

async function missing(
  service: string,
  extension: string | undefined,
  extensions: ReadonlySet<string> | undefined,
  {session}: Target,
): Promise<string | undefined> {
  if ((await session.service(service)) === undefined) return `the cloud has no ${service} service`;
  if (extension === undefined || extensions === undefined || extensions.has(extension)) return undefined;
  return `the network service there has no extension ${extension}`;
}

/** Undefined where the network service doesn't say. */
async function extensionsOf(target: Target): Promise<ReadonlySet<string> | undefined> {
  const body = await target.get('network', 'extensions');
  return body === undefined ? undefined : new Set(objects(body['extensions']).map(({alias}) => text(alias)));
}
