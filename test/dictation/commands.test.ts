import { describe, expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../src/contracts/dictation.ts';
import { COMMANDS, SPOKEN_FORMS } from '../../src/dictation/command-table.ts';
import { dictated, SETUP, spoken, wholeNote, written } from './say.ts';

// biome-ignore format: a table is read by its lines
const MARKS: readonly (readonly [said: string, written: string])[] = [
  ['mår bra punkt', 'Mår bra.'],
  ['trött komma yr', 'Trött, yr'],
  ['status kolon gott', 'Status: gott'],
  ['trött semikolon yr', 'Trött; yr'],
  ['feber frågetecken', 'Feber?'],
  ['obs utropstecken', 'Obs!'],
  ['och snedstreck eller', 'Och/eller'],
  ['beta bindestreck blockad', 'Beta-blockad'],
  ['trött tankstreck yr', 'Trött – yr'],
  ['knä parentes vänster parentes svullet', 'Knä (vänster) svullet'],
  ['öppna parentes vänster slut parentes punkt', '(Vänster).'],
  ['knä parentes början vänster parentes slut', 'Knä (vänster)'],
  ['säger citattecken bra citattecken punkt', 'Säger ”bra”.'],
  ['citattecken bra slut citat säger hon', '”Bra” säger hon'],
  ['citattecken a citattecken citattecken b citattecken', '”A” ”b”'],
  ['trött ny rad yr', 'Trött\nYr'],
  ['trött nytt stycke yr', 'Trött\n\nYr'],
  ['ny punkt feber ny punkt hosta', '- Feber\n- Hosta'],
  ['hos stor bokstav lind', 'Hos Lind'],
  ['trött punkt liten bokstav yr', 'Trött. yr'],
  ['trött punkt yr', 'Trött. Yr'],
  ['feber frågetecken ja', 'Feber? Ja'],
  ['status kolon ny rad gott', 'Status:\nGott'],
  ['slut diktat', ''],
  ['punkt', ''],
  ['trött punkt punkt', 'Trött.'],
  ['trött komma punkt', 'Trött.'],
  ['m.m. komma yr', 'M.m., yr'],
  ['siffra på vågen', 'Siffra på vågen'],
  ['gå till läkare', 'Gå till läkare'],
  ['hon ska gå till status', 'Hon ska gå till status'],
  ['målet är nått', 'Målet är nått'],
  ['mall saknas', 'Mall saknas'],
];

describe('spoken commands:', () => {
  test.each(MARKS)('%s -> %j', (said, expected) => expect(written(said)).toBe(expected));
});

// biome-ignore format: a table is read by its lines
const PLACES: readonly (readonly [said: string, note: string])[] = [
  ['gå till bedömning frisk', 'assessment: Frisk'],
  ['ont gå till status gott gå till bedömning frisk', 'reason: Ont | status: Gott | assessment: Frisk'],
  ['gå till bedömningen frisk', 'assessment: Frisk'],
  ['gå till aktuella läkemedel inga', 'medicines: Inga'],
  ['gå till undersökning gott', 'status: Gott'],
  ['sökord bedömning frisk', 'assessment: Frisk'],
  ['hoppa till bedömning frisk', 'assessment: Frisk'],
  ['gå till bedomning frisk', 'assessment: Frisk'],
  ['Gå till Bedamning, frisk', 'assessment: Frisk'],
  ['gåtill bedömning frisk', 'assessment: Frisk'],
  ['gå till bedömning punkt frisk', 'assessment: Frisk'],
  ['nästa sökord gott', 'status: Gott'],
  ['nästa sökord nästa rubrik frisk', 'assessment: Frisk'],
  ['nästa sökord gott föregående sökord ont', 'reason: Ont | status: Gott'],
  ['ont ·· nästa ·· gott', 'reason: Ont | status: Gott'],
  ['gott vid nästa besök', 'reason: Gott vid nästa besök'],
  ['gå till status gott gå till kontaktorsak ont gå till status och gla', 'reason: Ont | status: Gott och gla'],
  ['status kolon gott gå till status gott', 'reason: Status: gott | status: Gott'],
  ['infoga mall allmänt', 'reason: Gott allmäntillstånd.'],
  ['mall allmänt ingen feber', 'reason: Gott allmäntillstånd. Ingen feber'],
  ['mol allmänt', 'reason: Gott allmäntillstånd.'],
  ['infoga mall hjärta och lungor', 'reason: Hjärta: [rytm]\nLungor: [ljud]'],
  ['mall hjärta regelbunden', 'reason: Hjärta: regelbunden\nLungor: [ljud]'],
  ['mall hjärta regelbunden nästa fält rena', 'reason: Hjärta: regelbunden\nLungor: rena'],
  ['mall hjärta nästa fält rena föregående fält takykard', 'reason: Hjärta: takykard\nLungor: rena'],
  ['ont mall hjärta regelbunden', 'reason: Ont\nHjärta: regelbunden\nLungor: [ljud]'],
  ['mall hjärta regelbunden nästa fält rena nästa sökord gott', 'reason: Hjärta: regelbunden\nLungor: rena | status: Gott'],
];

describe('sections, fields and templates:', () => {
  test.each(PLACES)('%s -> %j', (said, expected) => expect(wholeNote(dictated(spoken(said)).state)).toBe(expected));

  test('a command that leads nowhere is refused by name and writes nothing', () => {
    const { state, changes } = dictated(spoken('föregående sökord nästa fält'));
    expect(wholeNote(state)).toBe('');
    expect(changes).toEqual([
      { kind: 'refused', command: 'previous-section', reason: 'no-such-place' },
      { kind: 'refused', command: 'next-field', reason: 'no-such-place' },
    ]);
  });

  test('a jump tells the page from where to where', () => {
    expect(dictated(spoken('gå till status')).changes).toEqual([
      {
        kind: 'move',
        command: 'go-to',
        from: { sectionId: 'reason', charactersAfter: 0, charactersSelected: 0 },
        to: { sectionId: 'status', charactersAfter: 0, charactersSelected: 0 },
      },
    ]);
  });

  test('the end of a dictation is told and writes nothing', () => {
    expect(dictated(spoken('avsluta diktatet')).changes).toEqual([{ kind: 'stop' }]);
  });
});

describe('the table of commands', () => {
  test('has a line for each name, once', () => {
    expect(COMMANDS.map(({ name }) => name).toSorted()).toEqual([...COMMAND_NAMES].toSorted());
  });

  test.each(COMMANDS.filter(({ example: [, text] }) => /^[^→←↶↵]+$/.test(text) && !text.endsWith('…')))(
    'gives an example that is true: $label',
    ({ example: [said, text] }) => {
      const start = SETUP.sections.map((section) => ({ ...section, text: /^[)”]$/.test(text) ? 'x' : '' }));
      expect(dictated(spoken(said), { sections: start }).state.note.sections[0]!.text).toBe(
        /^[)”]$/.test(text) ? `x${text}` : text,
      );
    },
  );

  test('has no phrase for two commands', () => {
    const phrases = COMMANDS.flatMap(({ phrases: each }) => each);
    expect(new Set(phrases).size).toBe(phrases.length);
  });

  test.each(SPOKEN_FORMS)('gives a form that is true: $said', ({ said, written: text }) => {
    expect(written(`x · ${said}`)).toBe(`X ${text}`);
  });
});
