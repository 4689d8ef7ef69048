/** Fetches the pages of a plan: `wire.js ORIGIN PLAN [parse]`. */
import {readFileSync} from 'node:fs';
import type {Planned} from '../wire/plan.ts';
import {fetchAll} from '../wire/fetch.ts';
import {measured} from './measured.ts';

const [origin = '', file = '', parse] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(file, 'utf8')) as Planned[];
await measured(async () => ({bytes: await fetchAll(origin, plan, parse === 'parse')}));
