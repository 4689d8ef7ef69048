import test from 'ava';
import {buildHardCase, buildWeb} from './support/hard-case.ts';
import {cloneProject} from './support/clone.ts';

test.serial('a small web project is cloned without a difference', async t => {
  await cloneProject(t, {build: buildWeb});
});

test.serial('the hard cases are cloned with no difference beyond the announced', async t => {
  await cloneProject(t, {build: api => buildHardCase(api)});
});
