import {fuzz} from '../support/fuzz/run.ts';

fuzz({seed: 20260605, runs: 2000, part: 4, parts: 5});
