import {fuzz} from '../support/fuzz/run.ts';

fuzz({seed: 20260602, runs: 2000, part: 1, parts: 5});
