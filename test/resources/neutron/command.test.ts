/** Words of steps: what a cloud says is never an option of the client. */
import test from 'ava';
import {command, operands} from '../../../src/resources/neutron/shared.ts';
import {Ref} from '../../../src/model/value.ts';

const zone = new Ref('zone', 'z');

test('a value that begins with a hyphen is tied to its option', t => {
  t.deepEqual(command('recordset create', ['--type', 'A'], ['--record', '-rf', '--record', 'b'], zone, 'x'), [
    'recordset',
    'create',
    '--type',
    'A',
    '--record=-rf',
    '--record',
    'b',
    zone,
    'x',
  ]);
  t.deepEqual(command('x set', ['--type', '--os-cloud=evil']), ['x', 'set', '--type=--os-cloud=evil']);
});

test('an operand that begins with a hyphen stands behind the end of the options', t => {
  t.deepEqual(command('x create', ['--type', 'A'], operands(zone, '--parameter')), [
    'x',
    'create',
    '--type',
    'A',
    '--',
    zone,
    '--parameter',
  ]);
  t.deepEqual(command('x create', ['--type', 'A'], operands(zone, 'web')), [
    'x',
    'create',
    '--type',
    'A',
    zone,
    'web',
  ]);
});
