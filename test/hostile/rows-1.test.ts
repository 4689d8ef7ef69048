import {fuzz} from '../support/fuzz/run.ts';

fuzz({seed: 20260601, runs: 2000, part: 0, parts: 5});
