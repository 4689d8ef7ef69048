/**
 * Builds a project to point the tool at, or takes one down:
 *
 *     node dist/test/live/support/build.js hard|web|all|TOPIC --cloud admin [--user alice] [--project NAME]
 *     node dist/test/live/support/build.js large --resources 5000 --cloud admin [--project NAME]
 *     node dist/test/live/support/build.js wipe NAME --cloud admin
 *
 * Prints the project's clouds.yaml to stdout; everything else goes to stderr.
 */
import {parseArgs} from 'node:util';
import {Api} from './api.ts';
import {buildAll, EXTRAS} from './extras/index.ts';
import {buildHardCase, buildWeb, TOPICS, type Topic} from './hard-case.ts';
import {buildLarge} from './large.ts';
import {liftQuotas, makeProject, makeUser} from './projects.ts';
import {openSite, type Refusal} from './site.ts';
import {wipe} from './wipe.ts';

const USAGE = `usage: build hard|web|all|${[...Object.keys(TOPICS), ...Object.keys(EXTRAS)].join('|')} --cloud ADMIN [--user NAME] [--project NAME]
       build large --resources NUMBER --cloud ADMIN [--project NAME]
       build wipe PROJECT --cloud ADMIN`;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

function tell(refused: readonly Refusal[]): void {
  for (const {what, error} of refused) say(`refused: ${what}: ${error}`);
}

function isTopic(name: string): name is Topic {
  return Object.hasOwn(TOPICS, name);
}

async function main(): Promise<void> {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      cloud: {type: 'string', default: 'admin'},
      user: {type: 'string', default: 'alice'},
      project: {type: 'string'},
      'fresh-user': {type: 'boolean', default: false},
      'admin-role': {type: 'boolean', default: false},
      resources: {type: 'string', default: '300'},
    },
  });
  const [what = '', name] = positionals;
  const start = Date.now();
  const seconds = (): string => `${((Date.now() - start) / 1000).toFixed(1)} s`;
  if (what === 'wipe' && name !== undefined) {
    await wipe(await Api.login(values.cloud), name);
    say(`wiped ${name} in ${seconds()}`);
    return;
  }
  const extra = Object.hasOwn(EXTRAS, what) ? EXTRAS[what] : undefined;
  if (!['hard', 'web', 'all', 'large'].includes(what) && extra === undefined && !isTopic(what))
    throw new Error(USAGE);
  const admin = await Api.login(values.cloud);
  const project = await makeProject(admin, {
    name: values.project,
    user: values.user,
    freshUser: values['fresh-user'],
    adminRole: values['admin-role'],
  });
  say(`project ${project.name} (${project.id}) ${project.created ? 'made' : 'was there'}, ${seconds()}`);
  // Before building: a half-built project must be reachable too.
  process.stdout.write(project.yaml);
  if (what === 'web') {
    await buildWeb(project.api);
  } else if (what === 'large') {
    await liftQuotas(admin, project.id);
    await buildLarge(await openSite(project.api), Number(values.resources), say);
  } else {
    // Only one topic has a server of another user.
    const wanted = what === 'hard' || what === 'servers';
    const other = wanted ? await makeUser(admin, project.id, 'colleague') : undefined;
    const options = {admin: project.admin, other};
    if (what === 'hard') {
      const built = await buildHardCase(project.api, options);
      tell(built.refused);
      say(`by topic: ${JSON.stringify(built.seconds)}`);
    } else {
      const site = await openSite(project.api, options);
      if (isTopic(what)) await TOPICS[what](site);
      else if (extra !== undefined) await extra.build(site);
      else await buildAll(site);
      tell(site.refused);
    }
  }
  say(`built ${what} in ${project.name}, ${seconds()}`);
}

await main();
