import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IMPORT_KINDS } from '../../src/contracts/exchange-api.ts';
import { COLUMNS, readColumns } from '../../src/exchange/columns.ts';
import { readTable } from '../../src/exchange/read-table.ts';
import { importTemplate } from '../../src/exchange/template.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const MOST = 100;

async function read(text: string | Uint8Array) {
  return readTable(typeof text === 'string' ? bytes(text) : text, MOST);
}

describe('a table', () => {
  test.each([
    ['semicolons', 'Personnummer;Förnamn\r\n1;Åsa\r\n'],
    ['commas', 'Personnummer,Förnamn\n1,Åsa\n'],
    ['tabs', 'Personnummer\tFörnamn\n1\tÅsa\n'],
    ['a mark of its encoding', '\uFEFFPersonnummer;Förnamn\n1;Åsa\n'],
    ['quotation marks', '"Personnummer";"Förnamn"\n"1";"Åsa"\n'],
    ['empty lines and spaces', 'Personnummer ; Förnamn\n\n 1 ; Åsa \n\n'],
  ])('with %s is read', async (_with, text) => {
    expect(await read(text)).toMatchObject({
      encoding: 'utf-8',
      headings: ['Personnummer', 'Förnamn'],
      rows: [{ fields: ['1', 'Åsa'] }],
    });
  });

  test('of Windows is read in its encoding', async () => {
    const windows = Uint8Array.from([...bytes('Namn\nL'), 0xe4, ...bytes('kare '), 0x96, ...bytes(' x\n')]);
    expect(await read(windows)).toMatchObject({ encoding: 'windows-1252', rows: [{ fields: ['Läkare – x'] }] });
  });

  test('tells the line of each row, also after fields that go over several', async () => {
    const table = await read('A;B\n1;"två\nrader"\n\n2;x\n');
    expect(table).toMatchObject({ rows: [{ fields: ['1', 'två\nrader'] }, { line: 5, fields: ['2', 'x'] }] });
  });

  test.each([
    ['nothing', '', { kind: 'no_rows' }],
    ['headings alone', 'Personnummer;Förnamn\n', { kind: 'no_rows' }],
    ['a picture', '\u0000\u0001PNG', { kind: 'unreadable' }],
    ['a quotation mark that never ends', 'A;B\n"1;2\n', { kind: 'unreadable' }],
    ['a line without end', `A\n${'x'.repeat(30_000)}\n`, { kind: 'unreadable' }],
    ['more rows than are taken', `A\n${'x\n'.repeat(MOST + 1)}`, { kind: 'too_many_rows', most: MOST }],
  ])('of %s is a problem that is named', async (_what, text, problem) => {
    expect(await read(text)).toMatchObject(problem);
  });

  test('is read or refused, whatever the bytes are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (anything) => {
        expect(await read(anything)).toHaveProperty('encoding');
      }),
      { numRuns: 200 },
    );
  });
});

describe('columns', () => {
  test.each(IMPORT_KINDS)('of the template for %s are found', async (kind) => {
    const table = await read(`${importTemplate(kind)}${'x;'.repeat(9)}x\r\n`);
    if ('kind' in table) throw new Error(table.kind);
    expect(table.headings).toEqual(Object.values(COLUMNS[kind]).map(({ heading }) => heading));
    expect(readColumns(kind, table)).toMatchObject({ unknownColumns: [] });
  });

  test('are found by other names, in any order, however they are written', () => {
    const headings = ['EFTERNAMN', 'epost', 'Pnr', 'Mobil', 'tilltalsnamn', 'Skostorlek'];
    const row = { line: 2, fields: ['Prov', 'a@b.se', '1', '070', 'Åsa', '44'] };
    const read = readColumns('patients', { headings, rows: [row] });
    if ('kind' in read) throw new Error(read.kind);
    const [first] = read.rows;
    expect((['familyName', 'email', 'phone', 'address'] as const).map((column) => first!.get(column))).toEqual([
      'Prov',
      'a@b.se',
      '070',
      '',
    ]);
    expect(read.unknownColumns).toEqual(['Skostorlek']);
  });

  test('that are missing or there twice are named', () => {
    const rows = [{ line: 2, fields: [] }];
    expect(readColumns('patients', { headings: ['Förnamn'], rows })).toEqual({
      kind: 'missing_columns',
      columns: ['Personnummer', 'Efternamn'],
    });
    const headings = ['Personnummer', 'Förnamn', 'Efternamn', 'Tel', 'Mobil'];
    expect(readColumns('patients', { headings, rows })).toEqual({ kind: 'column_twice', columns: ['Mobil'] });
  });
});
