/** Two templates of one project mean the same, whatever names they use. */
import test from 'ava';
import {meaningOf, type Said, unlike} from '../../../src/deploy/adopt/properties.ts';
import type {ReportParameter} from '../../../src/model/bundle.ts';
import {reportOf} from '../../support/stack.ts';

function said(
  properties: object,
  names: readonly (readonly [name: string, key: string])[] = [],
  more: {
    readonly parameters?: readonly ReportParameter[];
    readonly values?: Said['parameters'];
    readonly files?: Said['files'];
  } = {},
): Said {
  const {parameters = [], values = {}, files = {}} = more;
  const resources = [['it', 'port:x'] as const, ...names].map(([name, key]) => {
    const [kind = '', id = ''] = key.split(':');
    return {name, kind, id, type: '', label: ''};
  });
  return {
    template: {resources: {it: {properties}}},
    report: reportOf(parameters, {resources}),
    parameters: values,
    files,
  };
}

function differences(a: Said, b: Said) {
  return unlike(meaningOf(a).get('port:x') ?? {}, meaningOf(b).get('port:x') ?? {});
}

const flavor: ReportParameter = {
  name: 'flavor',
  role: 'outside',
  kind: 'flavor',
  source: {id: 'f1', name: 'small'},
  value: 'small',
};

test('references are what they point at', t => {
  const a = said({network: {get_resource: 'n'}, ip: {get_attr: ['n', 'x', 0]}}, [['n', 'network:1']]);
  const b = said({network: {get_resource: 'm'}, ip: {get_attr: ['m', 'x', 0]}}, [['m', 'network:1']]);
  const c = said({network: {get_resource: 'n'}, ip: {get_attr: ['n', 'x', 0]}}, [['n', 'network:2']]);
  t.deepEqual(differences(a, b), []);
  t.deepEqual(
    differences(a, c).map(({property}) => property),
    ['ip', 'network'],
  );
});

test('an outside thing is the same by name and by id, under any parameter name', t => {
  const a = said({flavor: {get_param: 'flavor'}}, [], {parameters: [flavor], values: {flavor: 'small'}});
  const b = said({flavor: {get_param: 'f'}}, [], {
    parameters: [{...flavor, name: 'f'}],
    values: {f: 'f1'},
  });
  const c = said({flavor: {get_param: 'flavor'}}, [], {parameters: [flavor], values: {flavor: 'big'}});
  t.deepEqual(differences(a, b), []);
  t.deepEqual(differences(a, c), [{property: 'flavor', mine: {outside: 'flavor:f1'}, theirs: 'big'}]);
});

test('a secret is never looked at, nor shown', t => {
  const secret: ReportParameter = {name: 'psk', role: 'secret', kind: '', value: ''};
  const a = said({psk: {get_param: 'psk'}}, [], {parameters: [secret], values: {psk: 'hush'}});
  const b = said({psk: {get_param: 'psk'}}, [], {parameters: [secret], values: {psk: ''}});
  const c = said({psk: 'plain'});
  t.deepEqual(differences(a, b), []);
  t.false(JSON.stringify(differences(a, c)).includes('hush'));
});

test('files are their text, numbers their digits, and a choice its ways', t => {
  const a = said({user_data: {get_file: 'a'}, size: 1, on: true, key: {if: ['c', 'x', 'y']}}, [], {
    files: {a: 'text'},
  });
  const b = said({user_data: {get_file: 'b'}, size: '1', on: 'True', key: {if: ['d', 'x', 'y']}}, [], {
    files: {b: 'text'},
  });
  t.deepEqual(differences(a, b), []);
  const c = said({user_data: {get_file: 'b'}, size: '1', on: 'True', key: {if: ['d', 'x', 'y']}}, [], {
    files: {b: 'other'},
  });
  t.deepEqual(
    differences(a, c).map(({property}) => property),
    ['user_data'],
  );
});

test('names that differ in nothing but their case are different', t => {
  t.is(differences(said({name: 'Web'}), said({name: 'web'})).length, 1);
});

test('maps are compared by key, lists in their order, and what is not said is different', t => {
  const a = said({metadata: {a: '1', b: {c: 2}}, list: ['x', 'y']});
  const b = said({metadata: {b: {c: 3}}, list: ['y', 'x']});
  t.deepEqual(differences(a, b), [
    {property: 'list', mine: ['x', 'y'], theirs: ['y', 'x']},
    {property: 'metadata.a', mine: '1', theirs: undefined},
    {property: 'metadata.b.c', mine: 2, theirs: 3},
  ]);
});
