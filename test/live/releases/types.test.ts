/** What templates may hold, against what the Heat of each release says of its types. */
import test from 'ava';
import type {AnySpec} from '../../../src/model/define.ts';
import {registry} from '../../../src/resources/index.ts';
import {Api, ApiError} from '../support/api.ts';
import {bringUp, releases} from '../support/releases.ts';

const built = registry.filter((spec): spec is AnySpec & {heat: string} => typeof spec.heat === 'string');

/** Names of its properties; as a sentence, why Heat has none to show. */
async function propertiesOf(api: Api, type: string): Promise<ReadonlySet<string> | string> {
  try {
    const answer = await api.call('GET', 'orchestration', `/resource_types/${type}`);
    return new Set(Object.keys((answer as {readonly properties: object}).properties));
  } catch (error) {
    if (error instanceof ApiError) return error.message;
    throw error;
  }
}

for (const release of releases) {
  test.serial(`${release.name}: Heat knows every property of every type that its services allow`, async t => {
    t.timeout(30 * 60_000);
    await bringUp(release);
    const api = await Api.login(release.admin);
    const unknown: string[] = [];
    const absent: string[] = [];
    for (const {heat, kind, properties, modelled} of built) {
      const known = await propertiesOf(api, heat);
      if (typeof known === 'string') {
        // A cloud of the core services lacks the others' types; Heat shows those it has all the same.
        if (modelled === true || release.coreOnly === true) continue;
        // What no property is ever said of is never in a template.
        if (Object.keys(properties).length > 0) absent.push(`${kind}: ${known}`);
      } else {
        for (const property of Object.keys(properties))
          if (!known.has(property)) unknown.push(`${heat} ${property}`);
      }
    }
    t.deepEqual(unknown, []);
    t.deepEqual(absent, []);
  });
}
