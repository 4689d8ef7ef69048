import test from 'ava';
import {shapeOf} from '../../src/model/report.ts';

test('the choices of a report are read, those of older reports as well', t => {
  t.deepEqual(shapeOf({shape: {stacks: 'skip'}}), {stacks: 'skip'});
  t.deepEqual(shapeOf({stacks: 'as-template'}), {stacks: 'as-template'});
  t.deepEqual(shapeOf({}), {});
});
