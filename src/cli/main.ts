#!/usr/bin/env node
/** The program: joins a run to the process. */
import {run} from './run.ts';
import {processWorld} from './process-world.ts';

const own = processWorld();
process.exitCode = await run(process.argv.slice(2), own.world);
own.ended();
