import {testSeeds} from '../support/faults/seeds.ts';

testSeeds(250, 500);
