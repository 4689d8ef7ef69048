import test from 'ava';
import {shellComment, shellWord} from '../../src/model/shell-word.ts';

test('half a surrogate pair is what a file would make of it: U+FFFD', t => {
  t.is(shellWord('a\ud800 b'), "'a\ufffd b'");
  t.is(shellWord('\udc00\n'), "$'\ufffd\\n'");
  t.is(shellWord('\u{1f600}'), "'\u{1f600}'");
  t.is(shellComment('a\ud83d b'), 'a\ufffd b');
});
