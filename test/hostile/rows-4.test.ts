import {fuzz} from '../support/fuzz/run.ts';

fuzz({seed: 20260604, runs: 2000, part: 3, parts: 5});
