import test from 'ava';
import {parse} from 'yaml';
import {dataText, rowsText, type Listing} from '../../src/cli/format/formats.ts';
import {tableText} from '../../src/cli/format/table.ts';
import {pad, widthOf, wrap} from '../../src/cli/format/width.ts';

const listing: Listing = {
  columns: [
    {key: 'name', title: 'Name'},
    {key: 'rows', title: 'How Many'},
  ],
  rows: [
    {name: 'b|c "d" \u001b[31m\n', rows: 10},
    {name: '数据库 👩‍💻', rows: 9},
    {name: undefined, rows: 1},
  ],
};

test('widths: letters, wide letters, emoji, marks', t => {
  const widths: Readonly<Record<string, number>> = {
    '': 0,
    abc: 3,
    é: 1,
    'e\u0301': 1,
    数据库: 6,
    한글: 4,
    ｆｕｌｌ: 8,
    '👍': 2,
    '👩‍💻': 2,
    '👍🏽': 2,
    '🇩🇪': 2,
    '❤️': 2,
    '❤': 1,
    ไทย: 3,
  };
  for (const [text, width] of Object.entries(widths)) t.is(widthOf(text), width, JSON.stringify(text));
  t.is(pad('数', 4), '数  ');
  t.is(pad('7', 3, true), '  7');
});

test('lines are broken at spaces, and inside words only where they must', t => {
  t.deepEqual(wrap('one two three', 7), ['one two', 'three']);
  t.deepEqual(wrap('abcdefghij', 4), ['abcd', 'efgh', 'ij']);
  t.deepEqual(wrap('数据库数据库', 5), ['数据', '库数', '据库']);
  t.deepEqual(wrap('x', 4), ['x']);
  t.deepEqual(wrap('', 4), ['']);
});

test('table: numbers to the right, nothing that a terminal would act on', async t => {
  t.is(
    await rowsText(listing, {format: 'table'}),
    [
      '+-------------------------+----------+',
      '| Name                    | How Many |',
      '+-------------------------+----------+',
      String.raw`| b|c "d" \u{1b}[31m\u{a} |       10 |`,
      '| 数据库 👩‍💻               |        9 |',
      '|                         |        1 |',
      '+-------------------------+----------+',
      '',
    ].join('\n'),
  );
});

test('a table fits in the width given, the widest column first', t => {
  const cells = {
    titles: ['A', 'B'],
    numeric: [false, false],
    rows: [['short', 'a long text that goes on and on and on']],
  };
  const text = tableText(cells, 30);
  t.true(
    text.split('\n').every(line => line.length <= 30),
    text,
  );
  t.regex(text, /\| short \| a long text that +\|/);
  t.is(tableText({titles: ['A'], numeric: [false], rows: []}), '+---+\n| A |\n+---+\n');
});

test('json and yaml hold the data as it is, with awkward characters escaped', async t => {
  for (const format of ['json', 'yaml'] as const) {
    const text = await rowsText(listing, {format});
    t.deepEqual(parse(text), [
      {name: 'b|c "d" \u001b[31m\n', rows: 10},
      {name: '数据库 👩‍💻', rows: 9},
      {name: null, rows: 1},
    ]);
    t.false(text.includes('\u001b'));
  }
  const odd = {'\u202ekey': ['\u009b', '\u{e0041}', 'yes', '=', '0x1f', '1:30', '\u2028']};
  for (const format of ['json', 'yaml'] as const) {
    const text = await dataText(odd, format);
    t.deepEqual(parse(text), odd);
    t.notRegex(text, /[\u0080-\u009f\u2028\u202e]|\u{e0041}/u);
  }
  t.regex(await dataText(odd, 'yaml'), /- ("yes"|'yes')/);
});

test('value, csv and markdown', async t => {
  const rows = {...listing, rows: listing.rows.slice(0, 2)};
  t.is(await rowsText(rows, {format: 'value'}), `${String.raw`b|c "d" \u{1b}[31m\u{a} 10`}\n数据库 👩‍💻 9\n`);
  t.is(
    await rowsText(rows, {format: 'csv'}),
    `"Name","How Many"\n${String.raw`"b|c ""d"" \u{1b}[31m\u{a}",10`}\n"数据库 👩‍💻",9\n`,
  );
  t.regex(
    await rowsText(rows, {format: 'markdown'}),
    /^\| Name \| How Many \|\n\| --- \| ---: \|\n\| b\\\|c/,
  );
});

test('columns by key or heading, sorted as numbers where they are', async t => {
  const names = await rowsText(listing, {format: 'value', columns: ['how many'], sort: ['ROWS']});
  t.is(names, '1\n9\n10\n');
  t.is(
    await rowsText(listing, {format: 'csv', columns: ['rows', 'rows']}),
    '"How Many","How Many"\n10,10\n9,9\n1,1\n',
  );
  await t.throwsAsync(rowsText(listing, {format: 'csv', columns: ['row']}), {message: /no column "row"/});
});
