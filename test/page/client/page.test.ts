/** The page in a browser: what people see, click, type and copy. */
import test, {type ExecutionContext} from 'ava';
import type {Browser, BrowserContextOptions, Locator, Page} from 'playwright-core';
import {launch, open} from './browser.ts';
import {comparison, samplePage} from './scenes.ts';

let browser: Browser;
test.before(async () => {
  browser = await launch();
});
test.after.always(async () => {
  await browser?.close();
});

/** Opens the page, does what is to be done, and lets nothing pass that the browser complains of. */
async function on(
  t: ExecutionContext,
  html: string,
  act: (page: Page) => Promise<void>,
  options?: BrowserContextOptions,
): Promise<void> {
  const opened = await open(browser, html, options);
  try {
    await act(opened.page);
    t.deepEqual(opened.complaints, []);
  } finally {
    await opened.close();
  }
}

const web = samplePage('web');

function part(page: Page, label: string) {
  return page.locator(`#drawing [role=button][aria-label="${label}"]`);
}

function row(page: Page, label: string) {
  return page.locator('[role=treeitem]').filter({has: page.locator(`.label:text-is("${label}")`)});
}

/** Scale of the drawing in pixels, whoever moved it. */
async function scale(page: Page): Promise<number> {
  return await page.evaluate(() => document.querySelector<SVGGElement>('.world')?.getScreenCTM()?.a ?? 0);
}

async function where(page: Page): Promise<readonly [number, number]> {
  return await page.evaluate(() => {
    const matrix = document.querySelector<SVGGElement>('.world')?.getScreenCTM();
    return [Math.round(matrix?.e ?? 0), Math.round(matrix?.f ?? 0)] as const;
  });
}

test.serial('zoom and pan: buttons, wheel, drag, double click, keys', async t => {
  await on(t, web, async page => {
    const first = await scale(page);
    await page.getByLabel('Zoom in').click();
    const closer = await scale(page);
    t.true(closer > first * 1.3, `${first} ${closer}`);
    await page.getByLabel('Zoom out').click();
    t.true(Math.abs((await scale(page)) - first) < 0.01);
    const canvas = page.locator('.canvas');
    const box = (await canvas.boundingBox()) ?? {x: 0, y: 0, width: 0, height: 0};
    const [x, y] = [box.x + box.width / 2, box.y + box.height - 40];
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, -300);
    await page.waitForFunction(
      old => (document.querySelector<SVGGElement>('.world')?.getScreenCTM()?.a ?? 0) > old * 1.1,
      first,
    );
    await page.getByLabel('Show the whole drawing').click();
    const [left, top] = await where(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 80, y - 50, {steps: 3});
    await page.mouse.up();
    t.deepEqual(await where(page), [left - 80, top - 50]);
    const before = await scale(page);
    await page.mouse.dblclick(x, y);
    t.true((await scale(page)) > before * 1.5);
    await canvas.focus();
    await page.keyboard.press('0');
    const fitted = await scale(page);
    await page.keyboard.press('+');
    t.true((await scale(page)) > fitted * 1.3);
    await page.keyboard.press('-');
    t.true(Math.abs((await scale(page)) - fitted) < 0.01);
    const [wasX, wasY] = await where(page);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const [isX, isY] = await where(page);
    t.true(isX < wasX - 20 && isY < wasY - 20, `${wasX},${wasY} -> ${isX},${isY}`);
  });
});

test.serial('search: by name, kind, id and address; a result opens with the keyboard alone', async t => {
  await on(t, web, async page => {
    const found = page.locator('#found li');
    await page.keyboard.press('/');
    await page.keyboard.type('web-1');
    t.is(await found.first().textContent(), 'server web-1');
    // The wire and what hangs on it: a port is found by its address, and so is the floating IP on it.
    await page.locator('#find').fill('10.10.0.20');
    t.true((await found.allTextContents()).includes('port db'));
    await page.locator('#find').fill('SECURITY group');
    t.true((await found.count()) > 3);
    const id = await page.evaluate(() => {
      const {things} = JSON.parse(document.querySelector('#data')?.textContent ?? '') as {
        things: {id: string}[];
      };
      return things.at(-1)?.id ?? '';
    });
    await page.locator('#find').fill(id);
    t.is(await found.count(), 1);
    await page.locator('#find').fill('server db');
    await page.keyboard.press('ArrowDown');
    t.is(await page.locator('#find').getAttribute('aria-activedescendant'), 'found-0');
    await page.keyboard.press('Enter');
    t.is(await page.locator('#details h2').textContent(), 'db');
    t.is(await page.evaluate(() => document.activeElement?.textContent), 'db');
    t.is(await page.locator('.part.faded[aria-label="router edge"]').count(), 1);
    t.is(await page.locator('.part.hit[aria-label="server db"]').count(), 1);
    await page.locator('#find').fill('nothing is called so');
    t.true(await page.getByText('Nothing fits.').isVisible());
    await page.waitForFunction(
      () => document.querySelector('[role=status]')?.textContent === '0 things found',
    );
  });
});

test.serial('filters: by kind, by group, what is outside; the list and the drawing follow', async t => {
  await on(t, web, async page => {
    await page.locator('.kinds summary').click();
    await page.locator('.kinds label', {hasText: /^\s*server 3/}).click();
    t.deepEqual(await page.locator('[role=treeitem] .label').allTextContents(), ['server']);
    t.is(await page.locator('.part.faded[aria-label="router edge"]').count(), 1);
    t.is(await page.locator('.part.faded[aria-label="server db"]').count(), 0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', {name: 'Show all'}).click();
    await page.locator('.filters select').first().selectOption({label: 'db'});
    const kinds = await page.locator('[role=treeitem] .label').allTextContents();
    t.true(kinds.includes('port') && kinds.includes('server') && !kinds.includes('router'), kinds.join());
    t.is(await page.locator('.part.faded[aria-label="server web-1"]').count(), 1);
    t.is(await page.locator('.part.faded[aria-label="server db"]').count(), 0);
    await page.getByRole('button', {name: 'Show all'}).click();
    t.true(await part(page, 'network public, outside').isVisible());
    await page.getByLabel('What is outside').uncheck();
    t.false(await part(page, 'network public, outside').isVisible());
  });
});

test.serial('a filter by tag shows what has it', async t => {
  await on(t, samplePage('hard'), async page => {
    const tags = page.locator('.filters label', {hasText: /^Tag/}).locator('select');
    const [, first = ''] = await tags.locator('option').allTextContents();
    await tags.selectOption({label: first});
    const meant = await page.evaluate(tag => {
      const {things} = JSON.parse(document.querySelector('#data')?.textContent ?? '') as {
        things: {row: {tags?: string[]}}[];
      };
      return things.filter(({row}) => row.tags?.includes(tag)).length;
    }, first);
    const counts = await page.locator('[role=treeitem][aria-level="1"] .count').allTextContents();
    t.is(
      counts.reduce((sum, count) => sum + Number(count), 0),
      meant,
    );
    t.true(meant > 0);
  });
});

test.serial('a thing: its facts, lines of the template, ledger and links both ways', async t => {
  await on(t, web, async page => {
    await part(page, 'server web-1').click();
    const panel = page.locator('#details');
    t.is(await panel.locator('h2').textContent(), 'web-1');
    t.regex((await panel.textContent()) ?? '', /Built by the template as server_web_1/);
    t.regex((await panel.locator('pre').textContent()) ?? '', /server_web_1:.*OS::Nova::Server/s);
    t.regex((await panel.textContent()) ?? '', /template\.yaml, lines \d+ to \d+/);
    const status = panel.locator('.facts tr').filter({has: page.locator('th', {hasText: /^status$/})});
    t.is(await status.locator('td').textContent(), 'ACTIVE');
    t.true((await panel.locator('.facts .facts').count()) > 0);
    t.regex((await panel.locator('.fate.exact summary').textContent()) ?? '', /^exact: \d+ fields/);
    const depends = panel.locator('section', {has: page.locator('h3', {hasText: 'Depends on'})}).first();
    await depends.getByRole('button', {name: 'port web-1'}).click();
    t.is(await panel.locator('h2').textContent(), 'web-1');
    t.regex((await panel.locator('header').textContent()) ?? '', /port ·/);
    const dependents = panel.locator('section', {has: page.locator('h3', {hasText: 'What depends on it'})});
    await dependents.getByRole('button', {name: 'server web-1'}).click();
    t.regex((await panel.locator('header').textContent()) ?? '', /server ·/);
    await panel.getByLabel('Close the details').click();
    t.false(await panel.isVisible());
  });
});

test.serial('a floating address and a lane are things of their own', async t => {
  await on(t, web, async page => {
    await page.locator('text.part').first().click();
    t.regex((await page.locator('#details header').textContent()) ?? '', /floating ip ·/);
    await part(page, 'network web').locator('.name').click();
    t.regex((await page.locator('#details header').textContent()) ?? '', /network ·/);
  });
});

test.serial('selection: picked, with its closure shown live and why, to copy for a shell', async t => {
  await on(t, web, async page => {
    const select = page.getByLabel('--select');
    await part(page, 'server web-1').click({modifiers: ['Shift']});
    t.is(await select.inputValue(), 'server:web-1');
    t.is(await page.locator('.part.out[aria-label="server db"]').count(), 1);
    t.is(await page.locator('.part.out[aria-label="network web"]').count(), 0);
    t.regex(
      (await page.locator('#selection .count').textContent()) ?? '',
      /^\d+ things in, of which \d+ come along/,
    );
    await part(page, 'server db').focus();
    await page.keyboard.press('s');
    t.is(await select.inputValue(), 'server:web-1 | server:db');
    t.is(await page.locator('output').textContent(), "--select 'server:web-1 | server:db'");
    await page.getByText('What is in, and why').click();
    // It is filled when it is open, and the browser tells that afterwards.
    const reasons = page.locator('.reasons', {hasText: 'web-1'});
    await reasons.waitFor();
    t.regex((await reasons.textContent()) ?? '', /port web-1 port of server web-1/);
    await page.getByRole('button', {name: 'Copy'}).click();
    await page.getByLabel('Find', {exact: true}).focus();
    await page.keyboard.press('Control+V');
    t.is(await page.getByLabel('Find', {exact: true}).inputValue(), "--select 'server:web-1 | server:db'");
    await page.getByRole('button', {name: 'Clear'}).click();
    t.is(await select.inputValue(), '');
    t.is(await page.locator('.out').count(), 0);
  });
});

test.serial(
  'selection: an expression that is typed picks what it fits; mistakes are told as the command line tells them',
  async t => {
    await on(t, web, async page => {
      const select = page.getByLabel('--select');
      const error = page.getByRole('alert');
      await select.fill('server:web-*');
      t.is(await page.locator('.part.picked').count(), 2);
      await page.getByLabel('--exclude').fill('network');
      t.regex(
        (await page.locator('output').textContent()) ?? '',
        /^--select 'server:web-\*' --exclude network$/,
      );
      t.is(await page.locator('.part.out[aria-label="network web"]').count(), 1);
      await page.getByLabel('--exclude').fill('');
      await select.fill('server:wbe-*');
      t.is(
        await error.textContent(),
        '--select: nothing in the project is server:wbe-*did you mean server:web-1 or server:web-2?',
      );
      t.is(await select.getAttribute('aria-invalid'), 'true');
      await select.fill('server &');
      t.regex((await error.textContent()) ?? '', /column 9: expected a kind, a field/);
      await select.fill('server');
      t.false(await error.isVisible());
      await part(page, 'server db').click();
      await page.getByRole('button', {name: 'Unselect'}).click();
      t.is(await select.inputValue(), 'server:web-1 | server:web-2');
      t.regex(
        (await page.locator('#details .chosen').textContent()) ?? '',
        /^Not in the selection: not selected/,
      );
      await page.getByRole('button', {name: 'Clear'}).click();
      await page.getByRole('button', {name: 'Select with everything it needs'}).click();
      t.regex(await select.inputValue(), /keypair:dana .*network:web/);
    });
  },
);

test.serial('the list: a tree that the keyboard walks, by kind and by network', async t => {
  await on(t, web, async page => {
    await page.locator('[role=treeitem]').first().focus();
    const label = () => page.evaluate(() => document.activeElement?.querySelector('.label')?.textContent);
    t.is(await label(), 'keypair');
    await page.keyboard.press('ArrowDown');
    t.is(await label(), 'server group');
    await page.keyboard.type('volume a');
    t.is(await label(), 'volume attachment');
    await page.keyboard.press('End');
    t.is(await label(), 'floating ip');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    t.is(await page.locator('[role=treeitem]').first().getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('ArrowRight');
    t.is(await label(), 'dana');
    const focused = page.locator('[role=treeitem]:focus');
    t.is(await focused.getAttribute('aria-level'), '2');
    t.is(await focused.getAttribute('aria-setsize'), '1');
    await page.keyboard.press('Shift+Space');
    t.is(await focused.getAttribute('aria-checked'), 'true');
    t.is(await page.getByLabel('--select').inputValue(), 'keypair:dana');
    await page.keyboard.press('Space');
    t.is(await page.locator('#details h2').textContent(), 'dana');
    t.is(await label(), 'dana');
    await page.keyboard.press('Enter');
    t.is(await page.evaluate(() => document.activeElement?.tagName), 'H2');
    await page.keyboard.press('Escape');
    t.false(await page.locator('#details').isVisible());
    t.is(await label(), 'dana');
    await page.keyboard.press('ArrowLeft');
    t.is(await label(), 'keypair');
    await page.keyboard.press('ArrowLeft');
    t.is(await focused.getAttribute('aria-expanded'), 'false');
    await page.getByRole('button', {name: 'By network'}).click();
    t.deepEqual(await page.locator('[role=treeitem] .label').allTextContents(), [
      'public',
      'web',
      'on no network',
    ]);
    await row(page, 'web').locator('.twisty').click();
    await row(page, 'server').locator('.twisty').click();
    t.true(await row(page, 'web-1').isVisible());
  });
});

test.serial(
  'keyboard alone: everything is reached in order, and the drawing is walked box by box',
  async t => {
    await on(t, web, async page => {
      const stops: string[] = [];
      for (let at = 0; at < 40; at += 1) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
          const {activeElement: element} = document;
          if (element === null || element === document.body) return '';
          const outline = getComputedStyle(element);
          const seen = outline.outlineStyle !== 'none' || element.matches('.part:focus-visible');
          const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
          return `${element.closest('[role=tree]') ? 'tree' : element.id || element.localName} ${name.slice(0, 30)}${seen ? '' : ' UNSEEN'}`;
        });
        if (stop === '') break;
        stops.push(stop);
      }
      t.deepEqual(
        stops.filter(stop => stop.endsWith('UNSEEN')),
        [],
      );
      for (const wanted of ['find', 'tree', 'div Drawing', 'g network', 'button Zoom in', 'input'])
        t.true(
          stops.some(stop => stop.startsWith(wanted)),
          `${wanted} is not among ${stops.join('; ')}`,
        );
      // One stop each, whatever they hold.
      t.is(stops.filter(stop => stop.startsWith('tree')).length, 1);
      t.is(stops.filter(stop => stop.startsWith('g ')).length, 1);
      await part(page, 'router edge').focus();
      const label = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      await page.keyboard.press('ArrowRight');
      t.is(await label(), 'network web');
      await page.keyboard.press('ArrowRight');
      t.regex((await label()) ?? '', /^(?:server|port|floating ip) /);
      await page.keyboard.press('Enter');
      t.true(await page.locator('#details').isVisible());
      t.is(await page.evaluate(() => document.activeElement?.tagName), 'H2');
      await page.keyboard.press('Escape');
      t.regex((await label()) ?? '', /^(?:server|port|floating ip) /);
    });
  },
);

test.serial('what a screen reader is told: landmarks, names, and each change', async t => {
  await on(t, web, async page => {
    for (const [role, name] of [
      ['navigation', 'List of things'],
      ['main', 'Drawing'],
      ['search', 'Find things'],
      ['region', 'Selection'],
    ] as const)
      t.is(await page.getByRole(role, {name}).count(), 1, name);
    t.deepEqual(
      await page.evaluate(() =>
        [...document.querySelectorAll('button, input, select, [role=button], [role=treeitem]')]
          .filter(element => {
            const label = element.getAttribute('aria-label') ?? element.textContent ?? '';
            const labels = 'labels' in element ? (element.labels as NodeList | null) : null;
            return label.trim() === '' && (labels?.length ?? 0) === 0;
          })
          .map(element => element.outerHTML.slice(0, 80)),
      ),
      [],
    );
    await part(page, 'server db').click();
    t.is(await part(page, 'server db').getAttribute('aria-pressed'), 'true');
    await page.waitForFunction(
      () => document.querySelector('[role=status]')?.textContent === 'Details of server db',
    );
    await page.getByRole('button', {name: 'Select', exact: true}).click();
    await page.waitForFunction(() =>
      /things in, of which/.test(document.querySelector('[role=status]')?.textContent ?? ''),
    );
  });
});

test.serial('two sources compared: signs beside colours, differences, counts, only changes', async t => {
  await on(t, comparison(), async page => {
    t.regex(
      (await page.locator('.changes').textContent()) ?? '',
      /monday → friday: \+ \d+ added − \d+ removed ~ \d+ changed/,
    );
    const signs = await page.locator('.part tspan.sign').allTextContents();
    t.true(
      signs.some(sign => sign.startsWith('−')) && signs.some(sign => sign.startsWith('~')),
      signs.join(),
    );
    await page.getByLabel('Only changes').check();
    await page.locator('#find').fill('server');
    const rows = page.locator('[role=treeitem][aria-level="2"]');
    t.true((await rows.count()) > 0);
    for (const one of await rows.all()) t.regex((await one.locator('.sign').textContent()) ?? '', /^[+−~]$/);
    await rows
      .filter({has: page.locator('.sign', {hasText: '~'})})
      .first()
      .click();
    const table = page.locator('.differences');
    t.deepEqual(await table.locator('thead th').allTextContents(), ['property', 'monday', 'friday']);
    t.regex((await table.locator('td.added').first().textContent()) ?? '', /^\+ .*front/);
    t.regex((await page.locator('#details').textContent()) ?? '', /~ changed/);
  });
});

/** Colour of the drawing's paper. */
async function ground(page: Page): Promise<string> {
  return await page.evaluate(() => getComputedStyle(document.querySelector('.paper') ?? document.body).fill);
}

test.serial('light and dark: as the system has it, or as somebody chooses', async t => {
  await on(
    t,
    web,
    async page => {
      t.is(await ground(page), 'rgb(255, 255, 255)');
    },
    {colorScheme: 'light'},
  );
  await on(
    t,
    web,
    async page => {
      t.is(await ground(page), 'rgb(18, 22, 26)');
      await page.getByRole('button', {name: 'Theme: auto'}).click();
      t.is(await ground(page), 'rgb(255, 255, 255)');
      await page.getByRole('button', {name: 'Theme: light'}).click();
      t.is(await ground(page), 'rgb(18, 22, 26)');
      await page.emulateMedia({media: 'print'});
      t.is(await ground(page), 'rgb(255, 255, 255)');
    },
    {colorScheme: 'dark'},
  );
});

type Box = Awaited<ReturnType<Locator['boundingBox']>>;

function edge(box: Box | undefined, from: 'x' | 'y', size: 'width' | 'height'): number {
  return (box?.[from] ?? 0) + (box?.[size] ?? 0);
}

test.serial('on paper: the whole drawing with its legend, and no controls', async t => {
  await on(t, web, async page => {
    await page.getByLabel('Zoom in').click();
    await page.getByLabel('Zoom in').click();
    await page.emulateMedia({media: 'print'});
    for (const gone of ['.tools', '#things', '.zoom', '.own', '.written'])
      t.false(await page.locator(gone).isVisible(), gone);
    t.true(await page.locator('.legend').isVisible());
    const [paper, drawn] = await Promise.all(
      ['.canvas > svg', '.world'].map(one => page.locator(one).boundingBox()),
    );
    t.truthy(drawn);
    const [right, bottom] = [edge(paper, 'x', 'width'), edge(paper, 'y', 'height')];
    t.true((drawn?.x ?? 0) >= (paper?.x ?? 0) - 1);
    t.true(edge(drawn, 'x', 'width') <= right + 1 && edge(drawn, 'y', 'height') <= bottom + 1);
    t.true((await page.pdf({format: 'A4'})).length > 5000);
  });
});

test.serial('a small screen: one column, the details below the drawing', async t => {
  await on(
    t,
    web,
    async page => {
      await part(page, 'server db').click();
      const drawing = await page.locator('#drawing').boundingBox();
      const panel = await page.locator('#details').boundingBox();
      t.true((panel?.y ?? 0) >= (drawing?.y ?? 0) + (drawing?.height ?? 0) - 1);
      t.true(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    },
    {viewport: {width: 400, height: 700}},
  );
});
