/** The language of selections: text, tree, and back. */
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {RekindleError} from '../../src/model/errors.ts';
import {escapeGlob} from '../../src/model/glob.ts';
import {printable} from '../../src/model/printable.ts';
import {fieldNames, type Expression} from '../../src/shape/select/expression.ts';
import {parseSelection} from '../../src/shape/select/parse.ts';
import {printSelection} from '../../src/shape/select/print.ts';

const kinds = [
  'server',
  'network',
  'security_group',
  'floating_ip',
  'event_alarm',
  'qos_policy',
  'load_balancer',
];

function parse(text: string): Expression {
  return parseSelection(text, kinds);
}

function refusal(t: ExecutionContext, text: string): string {
  const error = t.throws(() => parse(text), {instanceOf: RekindleError});
  t.is(error?.code, 'usage');
  return `${error?.message ?? ''}${error?.hint === undefined ? '' : ` / ${error.hint}`}`;
}

test('a term is a kind with a name, or a field with a value', t => {
  t.deepEqual(parse('server:web-*'), {is: 'kind', kind: 'server', name: 'web-*', at: 1});
  t.deepEqual(parse(' server'), {is: 'kind', kind: 'server', at: 2});
  t.deepEqual(parse('*:web'), {is: 'kind', kind: '*', name: 'web', at: 1});
  t.deepEqual(parse('tag=prod'), {is: 'field', field: 'tag', value: 'prod', unlike: false, at: 1});
  t.deepEqual(parse('status != ACTIVE'), {
    is: 'field',
    field: 'status',
    value: 'ACTIVE',
    unlike: true,
    at: 1,
  });
  t.deepEqual(parse('metadata.role=web'), {
    is: 'field',
    field: 'metadata',
    key: 'role',
    value: 'web',
    unlike: false,
    at: 1,
  });
  t.deepEqual(parse(`metadata."a key"='x y'`), {
    is: 'field',
    field: 'metadata',
    key: 'a key',
    value: 'x y',
    unlike: false,
    at: 1,
  });
});

test('kinds are called as in the registry and as in the client, one or many', t => {
  const same = ['security_group', 'security-group', 'Security Group', 'security-groups', 'security  groups'];
  for (const word of same) t.like(parse(`${word}:x`), {kind: 'security_group', name: 'x'}, word);
  t.like(parse('floating ip'), {kind: 'floating_ip'});
  t.like(parse('loadbalancer'), {kind: 'load_balancer'});
  t.like(parse('network qos policies'), {kind: 'qos_policy'});
  t.like(parse('alarm:a'), {kind: 'alarm'});
});

test('values hold what names hold: blanks in quotes, colons, wild signs that mean themselves', t => {
  t.like(parse('server:"web 1"'), {name: 'web 1'});
  t.like(parse(`server:'say "hi"'`), {name: 'say "hi"'});
  t.like(parse(String.raw`server:"say \"hi\""`), {name: 'say "hi"'});
  t.like(parse(String.raw`server:web\*`), {name: String.raw`web\*`});
  t.like(parse('id=r1:s1'), {value: 'r1:s1'});
  t.like(parse('name=and'), {value: 'and'});
});

test('what can not be shown stands as its number, as reports have it', t => {
  t.like(parse(String.raw`server:a\u{a}b`), {name: 'a\nb'});
  t.like(parse(String.raw`server:"\u{1F600} \u{2a}"`), {name: String.raw`😀 \*`});
  t.is(print('server:"a\nb"'), String.raw`server:a\u{a}b`);
  t.is(print('metadata."\u{1b}x"=\u{202e}'), String.raw`metadata."\u{1b}x"=\u{202e}`);
  t.like(parse(String.raw`server:\\u{a}`), {name: String.raw`\\u{a}`}, 'a backslash that means itself');
  t.like(parse(String.raw`server:\u{110000}\u`), {name: 'u{110000}u'}, 'no such character');
});

function print(text: string): string {
  return printSelection(parse(text));
}

test('not binds before and, and before or; words are signs', t => {
  t.is(print('server & !tag=a | network'), 'server & !tag=a | network');
  t.is(print('server and not (tag=a or network)'), 'server & !(tag=a | network)');
  t.is(print('(server | network) && (tag=a)'), '(server | network) & tag=a');
  t.is(print('((server))||!!network'), 'server | !!network');
  t.is(print('NOT security group:"a b"'), '!security-group:"a b"');
});

test('a mistake is told in one sentence, with its column and what was expected there', t => {
  t.is(
    refusal(t, 'server &'),
    'The selection "server &", column 9: expected a kind, a field, "not" or "(", found the end',
  );
  t.regex(refusal(t, ''), /column 1: expected a kind, a field/);
  t.regex(refusal(t, 'server:'), /column 8: expected a value after "server:", found the end$/);
  t.regex(refusal(t, 'server: & x'), /column 9: expected a value, found "&"$/);
  t.regex(
    refusal(t, '(server | network'),
    /column 18: expected "&", "\|" or the "\)" for column 1, found the end$/,
  );
  t.regex(refusal(t, 'server)'), /column 7: expected "&", "\|" or the end, found "\)"$/);
  t.regex(refusal(t, 'server:"web'), /column 12: expected " after the text that begins in column 8$/);
  t.regex(refusal(t, 'sever:web'), /column 1: expected a kind, found "sever" \/ did you mean server\?$/);
  t.regex(refusal(t, 'server web-1'), /column 8: .*found "web-1" \/ by name it is server:web-1$/);
  t.regex(
    refusal(t, 'tags=a & tga=prod'),
    /column 10: expected a field before "=", found "tga" \/ did you mean tag/,
  );
  t.regex(
    refusal(t, 'server & status'),
    /column 10: expected a kind, found "status" \/ a field needs a value: status=/,
  );
  t.regex(refusal(t, 'tag.x=y'), /column 4: .*only metadata has keys/);
  t.regex(refusal(t, 'metadata.=y'), /expected a key after "metadata\."/);
  t.regex(refusal(t, `${'('.repeat(60)}server${')'.repeat(60)}`), /nested more than 50 deep/);
});

/** Without columns, which differ between two ways of writing the same. */
function bare(expression: Expression): unknown {
  return JSON.parse(JSON.stringify(expression, (key, value: unknown) => (key === 'at' ? undefined : value)));
}

const pattern = fc
  .array(
    fc.oneof(
      fc.string({unit: 'binary'}).map(escapeGlob),
      fc.constantFrom('*', '?', '"', "'", '\\\\', ' ', '=x', '(', '&'),
    ),
  )
  .map(parts => parts.join(''));
const key = fc.string({unit: 'binary', minLength: 1});
const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.record({
    is: fc.constant('kind' as const),
    kind: fc.constantFrom('*', ...kinds),
    name: pattern,
    at: fc.constant(1),
  }),
  fc.record({is: fc.constant('kind' as const), kind: fc.constantFrom('*', ...kinds), at: fc.constant(1)}),
  fc.record({
    is: fc.constant('field' as const),
    field: fc.constantFrom(...fieldNames),
    value: pattern,
    unlike: fc.boolean(),
    at: fc.constant(1),
  }),
  fc.record({
    is: fc.constant('field' as const),
    field: fc.constant('metadata' as const),
    key,
    value: pattern,
    unlike: fc.boolean(),
    at: fc.constant(1),
  }),
);
const {expression} = fc.letrec<{expression: Expression}>(tie => ({
  expression: fc.oneof(
    {depthSize: 'small'},
    leaf,
    fc.record({is: fc.constant('not' as const), of: tie('expression')}),
    fc.record({
      is: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('expression'), {minLength: 2, maxLength: 3}),
    }),
  ),
}));

test('what is printed is read as the same selection', t => {
  fc.assert(
    fc.property(expression, made => {
      const text = printSelection(made);
      t.is(printable(text), text, 'one line that a terminal can show');
      t.deepEqual(bare(parse(text)), bare(made), text);
    }),
    {numRuns: 300},
  );
});

test('any text is a selection, or refused as a usage error', t => {
  const piece = fc.constantFrom(
    'server',
    ':',
    '=',
    '!=',
    '!',
    '&',
    '|',
    '(',
    ')',
    '"',
    "'",
    '\\',
    ' ',
    'tag',
    'and',
    'é',
    '*',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({unit: 'binary'}),
        fc.array(piece).map(all => all.join('')),
      ),
      text => {
        try {
          const made = parse(text);
          t.deepEqual(bare(parse(printSelection(made))), bare(made));
        } catch (error) {
          t.true(error instanceof RekindleError && error.code === 'usage', String(error));
        }
      },
    ),
    {numRuns: 500},
  );
});
