/** Choices about parameters and outputs: given once, kept by the bundle, taken back by --reshape. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {samplesFolder} from '../support/replay/sample.ts';
import {bench} from './support/world.ts';

const sample = join(samplesFolder, 'web', 'inventory.json');

test('what was chosen stays with the bundle, and so does what somebody wrote into its values', async t => {
  const {dir, run} = await bench(t);
  const read = (file: string): Promise<string> => readFile(join(dir, 'out', file), 'utf8');
  const words = ['--parameterize', 'sizes,dns', '--parameterize', 'metadata.role', '--freeze', 'zones'];
  const first = await run(['render', sample, 'out', ...words, '--outputs', 'routers', '--name-prefix']);
  t.is(first.code, 0, first.stderr);
  const template = await read('template.yaml');
  t.regex(template, /size: \{ get_param: size_db_data \}/);
  t.regex(template, /availability_zone: nova/);
  t.regex(template, /outputs:\n {2}routers:/);
  const edited = (await read('environment.yaml'))
    .replace('size_db_data: 20', 'size_db_data: 40 # grows')
    .replace("name_prefix: ''", 'name_prefix: dev-')
    .replace('dns_nameservers_web: 9.9.9.9,1.1.1.1', 'dns_nameservers_web: [9.9.9.10]');
  await writeFile(join(dir, 'out', 'environment.yaml'), edited);

  t.is((await run(['render', sample, 'out'])).code, 0);
  t.is(await read('template.yaml'), template, 'made again as it was chosen');
  const kept = await read('environment.yaml');
  t.regex(kept, /# 20 in the source\n {2}size_db_data: 40 # grows/);
  t.regex(kept, /name_prefix: dev-/);
  t.regex(kept, /# "9.9.9.9,1.1.1.1" in the source\n {2}dns_nameservers_web: \[9\.9\.9\.10\]/);

  t.is((await run(['render', sample, 'out', '--parameterize', 'names'])).code, 0);
  t.false((await read('template.yaml')).includes('size_db_data'), 'one that is given again replaces it');
  t.true((await read('template.yaml')).includes('name_prefix'));
  t.regex(await read('template.yaml'), /availability_zone: nova/);

  t.is((await run(['render', sample, 'out', '--reshape'])).code, 0);
  const plain = await readFile(join(samplesFolder, 'web', 'template.yaml'), 'utf8');
  t.is(await read('template.yaml'), plain);
});

test('what can not be chosen is said in a sentence, and nothing is written', async t => {
  const {run} = await bench(t);
  const refused = async (...words: readonly string[]): Promise<string> => {
    const {code, stderr} = await run(['render', sample, 'out', ...words]);
    t.is(code, 2, words.join(' '));
    return stderr;
  };
  t.regex(await refused('--parameterize', 'size'), /there is no class "size"\n.*did you mean sizes\?/);
  t.regex(
    await refused('--freeze', 'flavor'),
    /no such parameter, and no such class\n.*did you mean flavors\?/,
  );
  t.regex(await refused('--outputs', 'vms'), /There are no outputs called "vms"/);
  t.regex(await refused('--parameterize', 'dns', '--freeze', 'dns'), /both parameterized and frozen/);
  t.regex(await refused('--constrain', 'cloud'), /none.*source/);
});
