import test from 'ava';
import {render} from '../../src/pipeline/index.ts';
import type {Report} from '../../src/model/bundle.ts';
import type {Shape} from '../../src/model/shape.ts';
import {registry} from '../../src/resources/index.ts';
import {inventoryOf} from '../support/inventory.ts';

const key = '-----BEGIN PRIVATE KEY-----\nhunter22\n-----END PRIVATE KEY-----\n';
const server = registry.find(({kind}) => kind === 'server')?.example.row ?? {};
const encoded = (text: string): string => Buffer.from(text).toString('base64');

function servers(
  more: readonly object[],
  shape: Shape = {},
): {readonly report: Report; readonly markdown: string} {
  const rows = more.map((one, index) => ({...server, id: `s${index}`, name: `web-${index}`, ...one}));
  const {report, bundle} = render(inventoryOf({server: rows}), {shape});
  return {report, markdown: bundle.find(({path}) => path === 'report.md')?.text ?? ''};
}

const field = 'OS-EXT-SRV-ATTR:user_data';

test('by thing, field and line; a hundred servers with one text are one paragraph', t => {
  const texts = ['#cloud-config\npassword: hunter22\n', `#!/bin/sh\n\ncat <<E\n${key}E\n`];
  const {report, markdown} = servers([
    {[field]: encoded(texts[0] ?? '')},
    {[field]: encoded(texts[0] ?? '')},
    {[field]: encoded(texts[1] ?? ''), metadata: {db_password: 'hunter22', role: 'db', note: key}},
  ]);
  t.deepEqual(
    report.likelySecrets?.map(({label, field: where, line, why}) => [label, where, line, why]),
    [
      ['web-0', field, 2, 'a value called password'],
      ['web-1', field, 2, 'a value called password'],
      ['web-2', field, 4, 'a private key'],
      ['web-2', 'metadata.db_password', undefined, 'a value called password'],
      ['web-2', 'metadata.note', undefined, 'a private key'],
    ],
  );
  t.regex(markdown, /line 2: a value called password\n {2}\(2\) /);
  t.false(markdown.includes('hunter22'));
  t.false(JSON.stringify(report).includes('hunter22'));
});

test('nothing found says nothing', t => {
  const {report, markdown} = servers([{[field]: encoded('#!/bin/sh\necho hi\n'), metadata: {role: 'web'}}]);
  t.false('likelySecrets' in report);
  t.notRegex(markdown, /[Ss]ecret/);
});

test('what the user left out of the template is in the inventory still', t => {
  const {report} = servers([{name: 'in'}, {name: 'out', metadata: {token: 'hunter22-'}}], {
    exclude: 'name=out',
  });
  t.like(report.likelySecrets?.[0], {label: 'out', field: 'metadata.token'});
});

test('a key with signs of Markdown and of terminals is shown harmless', t => {
  const {markdown} = servers([{metadata: {'a`<b>\u001b[31m_password': 'hunter22'}}]);
  t.false(markdown.includes('\u001b'));
  t.false(markdown.includes('<b>'));
});
