/** docs/rules.md is what really happens. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {fileOf, made, namesFrom, rulesFrom, sample} from '../support/rules.ts';

const page = join(import.meta.dirname, '../../../docs/rules.md');

const flat = (text: string): string => text.replaceAll(/^ +/gm, '');

test('the example gives the template and the report that the page shows', async t => {
  const blocks = [...(await readFile(page, 'utf8')).matchAll(/^```(yaml)?\n([^]*?)^```$/gm)].map(
    ([, kind, text = '']) => ({
      isYaml: kind === 'yaml',
      text,
    }),
  );
  const [rules, names, ...shown] = blocks.filter(({isYaml}) => isYaml).map(({text}) => text);
  const taken = made(sample('web'), {rules: rulesFrom(rules ?? ''), names: namesFrom(names ?? '')});
  t.is(shown.length, 5);
  // On the page they stand at the margin.
  for (const text of shown) t.true(flat(taken.text).includes(`\n${flat(text)}`), text);
  t.deepEqual(taken.warnings, []);
  const losses =
    blocks
      .find(({text}) => text.includes('changes its text'))
      ?.text.trimEnd()
      .split('\n- ') ?? [];
  const report = fileOf(taken, 'report.md').replaceAll('\\', '');
  t.is(losses.length, 3);
  for (const text of losses) t.true(report.includes(text), text);
});
