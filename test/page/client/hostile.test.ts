/** Whatever things are called: in the page it is text that can be read, and nothing else. */
import test from 'ava';
import {page as pageOf} from '../../../src/pipeline/index.ts';
import {launch, open} from './browser.ts';
import {renamed, sample} from './scenes.ts';

const baits: readonly string[] = [
  '<img src=x onerror=complain("img")>',
  '"><script>complain("script")</script>',
  '</script><script>complain("data")</script>',
  '</title></svg><iframe srcdoc="<script>complain(1)</script>">',
  "' onmouseover='complain(2)",
  '<a href="javascript:complain(3)">x</a>',
  '\u202egnp.exe\u202c',
  '\u200b\u2066\u0000\u001b[31m',
  '${complain(4)} {{complain(5)}} `complain(6)`',
  '<!-- <style>*{display:none}</style>',
  'url(https://example.com/x) @import "https://example.com/y";',
  '__proto__',
  'constructor',
  '&lt;b&gt; &#x3c;',
  '🙂 e\u0301 語',
];

test('names of markup, script and marks of direction run, load and hide nothing', async t => {
  const html = pageOf(renamed(sample('web'), index => `${baits[index % baits.length]} ${index}`));
  const browser = await launch();
  const {page, complaints, close} = await open(browser, html);
  try {
    t.is(await page.locator('iframe, img, a:not(.skip), #drawing script').count(), 0);
    // Each thing of each kind is opened, by the keyboard.
    const branches = await page.locator('[role=treeitem]').count();
    await page.locator('[role=treeitem]').first().focus();
    for (let at = 0; at < branches; at += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Home');
    for (let at = 0; at < 80; at += 1) {
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
    }
    for (const part of (await page.locator('#drawing g.part').all()).slice(0, 4)) {
      await part.focus();
      await page.keyboard.press('s');
      await page.keyboard.press('Space');
    }
    t.is(await page.getByRole('alert').isVisible(), false);
    for (const words of ['<img', '\u202e', '</script>', 'proto']) {
      await page.locator('#find').fill(words);
      t.true((await page.locator('#found li').count()) > 0, words);
    }
    await page.locator('#find').fill('');
    await page.locator('.filters select').first().selectOption({index: 1});
    const {text, elements, hidden} = await page.evaluate(() => ({
      text: document.body.innerText,
      elements: document.querySelectorAll(
        'iframe, img, object, embed, link, form, [style*="url"], [onmouseover], [onerror]',
      ).length,
      hidden: [...document.querySelectorAll('body *:not(script)')].flatMap(element =>
        [...element.childNodes, ...element.attributes]
          .filter(
            node =>
              node instanceof Text ||
              (node instanceof Attr && node.name !== 'data-keys' && node.name !== 'value'),
          )
          .map(node => node.nodeValue ?? '')
          .filter(value => /[\p{Cc}\p{Cf}]/u.test(value.replaceAll('\n', ''))),
      ),
    }));
    t.is(elements, 0);
    t.deepEqual(hidden, []);
    t.regex(text, /\\u\{202e\}gnp\.exe/);
    t.deepEqual(complaints, []);
  } finally {
    await close();
    await browser.close();
  }
});
