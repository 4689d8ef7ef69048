import {fuzz} from '../support/fuzz/run.ts';

fuzz({seed: 20260603, runs: 2000, part: 2, parts: 5});
