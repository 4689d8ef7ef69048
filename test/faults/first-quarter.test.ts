import {testSeeds} from '../support/faults/seeds.ts';

testSeeds(0, 250);
