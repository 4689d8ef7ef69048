/** Debian's chromium, driven as a person would use it; whatever it complains of, or fetches, is remembered. */
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {chromium, type Browser, type BrowserContextOptions, type Page} from 'playwright-core';

/** Names another browser of that family. */
const variable = 'REKINDLE_CHROMIUM';

/** Where Debian and others have it. */
const debian = '/usr/bin/chromium';
const usual = [debian, '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function binary(): string {
  const named = process.env[variable];
  if (named !== undefined) return named;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) install();
  const found = usual.find(path => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    `The tests of the page need a browser: \`apt-get install chromium\`, or name one in ${variable}`,
  );
}

/** Several files of tests may come here at once: all wait until what the first installs is whole. */
function install(): void {
  const words = `test -x ${debian} || { apt-get -qq update; apt-get -qq install -y --no-install-recommends chromium fonts-dejavu-core; }`;
  spawnSync('flock', [join(tmpdir(), 'rekindle-chromium.lock'), 'sh', '-c', words], {
    env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'},
    stdio: 'ignore',
  });
}

export async function launch(): Promise<Browser> {
  // Root's chromium can have no sandbox of its own; it sees only files that these tests write.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return await chromium.launch({executablePath: binary(), args});
}

export interface Opened {
  readonly page: Page;
  /** Errors, warnings, violations of the policy, requests, dialogs: each a line. A quiet page has none. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

/** The HTML as a file, opened as people open it. */
export async function open(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const dir = await mkdtemp(join(tmpdir(), 'rekindle-page-'));
  const file = join(dir, 'topology.html');
  await writeFile(file, html);
  const context = await browser.newContext({
    viewport: {width: 1400, height: 900},
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  // Long enough for a machine that does much else.
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  const url = pathToFileURL(file).href;
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning')
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', error => complaints.push(`page error: ${error.stack ?? error.message}`));
  page.on('request', request => {
    if (request.url() !== url) complaints.push(`request: ${request.url()}`);
  });
  page.on('dialog', dialog => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction('complain', (text: string) => complaints.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI}) => {
      const {complain} = globalThis as unknown as {readonly complain: (text: string) => void};
      complain(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  await page.goto(url);
  return {
    page,
    complaints,
    async close() {
      await context.close();
      await rm(dir, {recursive: true});
    },
  };
}
