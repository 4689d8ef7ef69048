/** What stands for a thing outside the snapshot: its name where that finds it, else its id. */
import test from 'ava';
import {Kinds} from '../../src/emit/kinds.ts';
import {Names} from '../../src/emit/names.ts';
import {Parameters} from '../../src/emit/parameters.ts';

const id = '4f0b0cf5-5d51-4d0c-8d5b-1f4f4f4f4f4f';

function parameterOf(unique: boolean) {
  const parameters = new Parameters(new Names(), new Kinds([]), {});
  parameters.addExternal(
    {
      key: `network:${id}`,
      kind: 'network',
      id,
      name: 'public',
      unique,
      prefix: 'external_network',
      constraint: 'neutron.network',
      optional: false,
      byId: false,
      usedBy: [],
    },
    false,
  );
  return parameters.list[0];
}

test('outside: a name that finds one thing is the default', t => {
  t.like(parameterOf(true), {default: 'public', value: 'public'});
});

test('outside: a name that several things share is none, and the value is the id', t => {
  const parameter = parameterOf(false);
  t.is(parameter?.default, undefined);
  t.like(parameter, {value: id, remark: 'public: the source has several of that name'});
});
