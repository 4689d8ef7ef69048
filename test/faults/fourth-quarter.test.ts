import {testSeeds} from '../support/faults/seeds.ts';

testSeeds(750, 1000);
