import test from 'ava';
import {parametersOf, stackName} from '../../src/cli/stack-options.ts';

test('parameters as heatclient reads them', t => {
  t.deepEqual(parametersOf(['a=1']), {a: '1'});
  t.deepEqual(parametersOf(['a=1;b=2']), {a: '1', b: '2'});
  t.deepEqual(parametersOf(['a=1;b=2', 'c=3']), {a: '1;b=2', c: '3'});
  t.deepEqual(parametersOf(['a=1', 'a=2', 'a=']), {a: ['1', '2', '']});
  t.deepEqual(parametersOf(['a=b=c']), {a: 'b=c'});
  t.deepEqual(parametersOf(['a=b;c']), {a: 'b;c'});
  t.deepEqual(parametersOf(['__proto__=x']), Object.fromEntries([['__proto__', 'x']]));
  t.deepEqual(parametersOf([]), {});
  t.throws(() => parametersOf(['a']), {message: /NAME=VALUE/});
});

test('a stack has a name that Heat takes, whatever the project is called', t => {
  t.is(stackName('given', 'web'), 'given');
  const names: Readonly<Record<string, string>> = {
    web: 'web',
    '2nd': 'stack-2nd',
    'a b/c': 'a-b-c',
    データ: 'stack',
    '$(id)': 'id',
    '': 'stack',
    ['x'.repeat(300)]: 'x'.repeat(200),
  };
  for (const [project, name] of Object.entries(names)) {
    t.is(stackName(undefined, project), name);
    t.regex(name, /^[a-zA-Z][a-zA-Z0-9_.-]{0,254}$/);
  }
});
