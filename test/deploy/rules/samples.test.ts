/** What was deployed for real must never be refused. */
import {readdir} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {checkRules} from '../../../src/deploy/check/rules/index.ts';
import {withDefaults} from '../../../src/deploy/check/template.ts';
import {viewOf} from '../../../src/deploy/check/view.ts';
import {readBundle} from '../../../src/store/index.ts';

const root = join(import.meta.dirname, '../../../../samples');
const entries = await readdir(root, {withFileTypes: true});
const names = entries.filter(entry => entry.isDirectory()).map(({name}) => name);

for (const name of names) {
  test(`${name}: no rule objects`, async t => {
    const {template, parameters} = await readBundle(join(root, name));
    for (const extra of [{}, switchedOn(template)]) {
      const view = viewOf(template, withDefaults(template, {...parameters, ...extra}));
      t.true(view.parts.length > 0);
      const findings = checkRules(view, {lists: {}, project: 'p1', isAdmin: true});
      t.deepEqual(
        findings.filter(({severity}) => severity === 'error').map(({where, what}) => `${where}: ${what}`),
        [],
      );
    }
  });
}

/** Everything that a condition may leave out is made too. */
function switchedOn(template: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const parameters = (template['parameters'] ?? {}) as Readonly<Record<string, {type?: string}>>;
  const switches = Object.entries(parameters).filter(([, {type}]) => type === 'boolean');
  return Object.fromEntries(switches.map(([parameter]) => [parameter, true]));
}
