import test from 'ava';
import {render} from '../../src/pipeline/index.ts';
import {inventoryOf} from '../support/inventory.ts';

test('what a cloud says is text: no markup, and no address that a reader makes a link of', t => {
  const said: [string, string][] = [
    ['<img src=x>', String.raw`\<img src=x\>`],
    ['[a](b)', String.raw`\[a\](b)`],
    ['a|b', String.raw`a\|b`],
    ['&lt;', '&amp;lt;'],
    ['https://evil.example/x', String.raw`https\://evil.example/x`],
    ['WWW.evil.example', String.raw`WWW\.evil.example`],
    ['awww.', 'awww.'],
    ['a\nb', String.raw`a\\u\{a\}b`],
    ['\u001b[2J', String.raw`\\u\{1b\}\[2J`],
    ['\u202ea', String.raw`\\u\{202e\}a`],
  ];
  const gaps = said.map(([detail]) => ({
    service: 'network',
    kind: 'network',
    reason: 'failed' as const,
    detail,
  }));
  const {bundle} = render(inventoryOf({}, {gaps}));
  const text = bundle.find(({path}) => path === 'report.md')?.text ?? '';
  for (const [, wanted] of said) t.true(text.includes(`- network (network): ${wanted}\n`), wanted);
});
