import {testSeeds} from '../support/faults/seeds.ts';

testSeeds(500, 750);
