/** A page of many servers: all of them can be reached, and only what is seen is there. */
import test from 'ava';
import type {Inventory} from '../../../src/model/inventory.ts';
import {page as pageOf} from '../../../src/pipeline/index.ts';
import {largeInventory} from '../../support/large-inventory.ts';
import {launch, open} from './browser.ts';

/** All ports in one group, no volumes and no floating IPs: servers differ by their networks and their number. */
function alike(inventory: Inventory): Inventory {
  const [group] = inventory.rows['security_group'] ?? [];
  const port = (inventory.rows['port'] ?? []).map(row =>
    Object.assign({}, row, {security_groups: [group?.['id']]}),
  );
  return {...inventory, rows: {...inventory.rows, port, volume_attachment: [], floating_ip: []}};
}

test.serial(
  '500 servers: boxes of many, a list of as many rows as are seen, each thing within reach',
  async t => {
    const html = pageOf(alike(largeInventory(500)));
    const browser = await launch();
    const {page, complaints, close} = await open(browser, html);
    try {
      t.true((await page.locator('#drawing g.part').count()) < 300);
      const branch = page.locator('[role=treeitem]').filter({has: page.locator('.label:text-is("server")')});
      await branch.locator('.twisty').click();
      t.is(await branch.locator('.count').textContent(), '500');
      t.true((await page.locator('[role=treeitem]').count()) < 120);
      await branch.focus();
      await page.keyboard.press('End');
      const last = page.locator('[role=treeitem]:focus');
      t.is(await last.count(), 1);
      t.true(await last.isVisible());
      await page.keyboard.press('Home');
      // A box of several tells which they are, and each of them is a step away.
      const box = page.locator('#drawing g.part[aria-label*=" servers, "]').first();
      const name = (await box.getAttribute('aria-label')) ?? '';
      await box.focus();
      await page.keyboard.press('Enter');
      const count = Number(/^\d+/.exec(name)?.[0]);
      t.true(count > 4, name);
      const members = page.locator('#details .links button');
      t.is(await members.count(), count);
      await page.getByRole('button', {name: 'Select', exact: true}).click();
      t.is(await page.locator('.part.picked').count(), 1);
      await members.first().click();
      t.regex((await page.locator('#details header').textContent()) ?? '', /server ·/);
      await page.getByRole('button', {name: 'Unselect'}).click();
      t.is(await box.locator('.badge').textContent(), `✓ ${count - 1} of ${count}`);
      t.deepEqual(complaints, []);
    } finally {
      await close();
      await browser.close();
    }
  },
);

test.serial('more than a page can hold: it says so, and what to do', async t => {
  const html = pageOf(largeInventory(1500));
  const browser = await launch();
  const {page, complaints, close} = await open(browser, html);
  try {
    t.regex((await page.locator('.omitted').textContent()) ?? '', /more than the 5000 that a page can hold/);
    t.deepEqual(complaints, []);
  } finally {
    await close();
    await browser.close();
  }
});
