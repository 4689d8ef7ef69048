import test from 'ava';
import fc from 'fast-check';
import {Names, slug} from '../../src/emit/names.ts';
import {text} from '../support/hostile.ts';

test('a name is the kind and what the thing is called', t => {
  const names = new Names();
  t.is(names.take('server', 'Web-1', 'a'), 'server_web_1');
  t.is(names.take('network', 'network_front', 'b'), 'network_front');
});

test('the older of two of one name keeps it, the other gets a hash of its id', t => {
  const names = new Names();
  t.is(names.take('server', 'web', 'a'), 'server_web');
  t.regex(names.take('server', 'web', 'b'), /^server_web_[0-9a-f]{6}$/);
});

test('a name of nothing but symbols is the kind and a hash', t => {
  t.regex(new Names().take('port', '🔥 / #', 'a'), /^port_[0-9a-f]{6}$/);
});

test('the same thing gets the same name, whatever its neighbours are called', t => {
  const alone = new Names().take('server', '网络', 'id-1');
  const crowd = new Names();
  for (const label of ['a', 'b', '网', '']) crowd.take('server', label, label);
  t.is(crowd.take('server', '网络', 'id-1'), alone);
});

test('names are unique and fit for Heat whatever things are called', t => {
  fc.assert(
    fc.property(fc.array(text, {maxLength: 30}), labels => {
      const names = new Names();
      const taken = labels.map((label, index) => names.take('server', label, `id${index}`));
      return (
        new Set(taken).size === taken.length && taken.every(name => /^[a-z][a-z0-9_]{0,100}$/.test(name))
      );
    }),
  );
  t.pass();
});

test('accents fold to ASCII', t => {
  t.is(slug('Éclair Straße'), 'eclair_stra_e');
});
