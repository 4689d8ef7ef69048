/** By hand, after a change to the page (`npm run screenshots`): each sample in light and dark, small and large, and two compared. */
import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import type {Page} from 'playwright-core';
import {sampleNames, samplesFolder} from '../../support/replay/sample.ts';
import {launch, open} from './browser.ts';
import {comparison, samplePage} from './scenes.ts';

const folder = join(samplesFolder, '../docs/images');
const sizes = {small: {width: 800, height: 600}, large: {width: 1600, height: 1000}};

/** The first server selected and told of, where the screen has room for it. */
async function look(page: Page): Promise<void> {
  const servers = page.locator('#drawing g.part[aria-label^="server "]');
  if ((await servers.count()) === 0) return;
  await servers.first().focus();
  await page.keyboard.press('s');
  await page.keyboard.press('Space');
}

async function take(html: string, name: string, act?: (page: Page) => Promise<void>): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes))
    for (const colorScheme of ['light', 'dark'] as const) {
      const file = `${name}-${colorScheme}-${size}`;
      const {page, complaints, close} = await open(browser, html, {viewport, colorScheme});
      if (size === 'large') await act?.(page);
      await page.waitForTimeout(200);
      await page.screenshot({path: join(folder, `${file}.png`)});
      for (const complaint of complaints) console.error(`${name}: ${complaint}`);
      await close();
    }
}

await mkdir(folder, {recursive: true});
const browser = await launch();
for (const name of await sampleNames()) await take(samplePage(name), name, look);
await take(comparison(), 'compared', async page => {
  await page.locator('.part.changed').first().focus();
  await page.keyboard.press('Space');
});
await browser.close();
