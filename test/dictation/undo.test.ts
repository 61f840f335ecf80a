import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAXIMUM_HISTORY } from '../../src/dictation/history.ts';
import { type DictationState, startDictation, withInsertionPoint, withTypedEdit } from '../../src/dictation/reducer.ts';
import { continued, dictated, SETUP, spoken, wholeNote, written } from './say.ts';
import { anyWords } from './words.ts';

/** These words, said long after all before them. */
function later(state: DictationState, text: string) {
  return continued(state, spoken(text, Math.max(0, state.heard.endSeconds) + 5));
}

const what = ({ note, history }: DictationState) => ({ note, history });

// biome-ignore format: a table is read by its lines
const UNDONE: readonly (readonly [said: string, written: string])[] = [
  ['hej ångra', ''],
  ['hej på dig ångra', 'Hej på'],
  ['hej på dig ångra ångra', 'Hej'],
  ['hej ångra ångra', ''],
  ['trött komma ångra', 'Trött'],
  ['trött ny rad ångra', 'Trött'],
  ['femtio milligram ångra', ''],
  ['ta femtio milligram ångra hundra milligram', 'Ta 100\u00A0mg'],
  ['blodtryck etthundrafyrtio genom åttiofem ångra', 'Blodtryck'],
  ['hos stor bokstav ångra lind', 'Hos lind'],
  ['hos stor bokstav lind ångra lind', 'Hos Lind'],
  ['mall hjärta ångra', ''],
  ['mall hjärta regelbunden ångra', 'Hjärta: [rytm]\nLungor: [ljud]'],
  ['mall hjärta regelbunden ångra takykard', 'Hjärta: takykard\nLungor: [ljud]'],
  ['ont gå till status ångra i magen', 'Ont i magen'],
  ['trött komma punkt ångra', 'Trött,'],
];

// biome-ignore format: a table is read by its lines
const STRUCK: readonly (readonly [said: string, written: string])[] = [
  ['en två tre stryk det', ''],
  ['mår bra punkt hör av sig stryk det', 'Mår bra.'],
  ['mår bra punkt hör av sig punkt stryk det', 'Mår bra.'],
  ['mår bra punkt ·· hör av sig ·· vid behov stryk det', 'Mår bra. Hör av sig'],
  ['mår bra punkt ·· hör av sig ·· vid behov ·· stryk det', 'Mår bra. Hör av sig'],
  ['trött ny rad yr stryk det', 'Trött\n'],
  ['mår bra punkt hör av sig stryk det stryk det', ''],
  ['mår bra punkt hör av sig stryk det ångra', 'Mår bra. Hör av sig'],
  ['mår bra punkt hör av sig stryk det ångra ångra', 'Mår bra. Hör av'],
  ['mår bra punkt hör av sig stryk det stryk det ångra ångra', 'Mår bra. Hör av sig'],
  ['ont mall hjärta stryk det', 'Ont'],
  ['mall hjärta regelbunden stryk det', 'Hjärta: [rytm]\nLungor: [ljud]'],
  ['trött stryk detta yr', 'Yr'],
  ['trött ta bort det', ''],
  ['återbesök om två veckor nej stryk det', ''],
  ['om tre månader punkt nej stryk det om sex månader', 'Om sex månader'],
  ['mår bra punkt om tre månader punkt ··· Nej, förlåt, ·· stryk det', 'Mår bra.'],
  ['nej stryk det', ''],
  ['trött punkt ny rad yr ny rad nej förlåt stryk det', 'Trött.\n'],
  [`mår bra ·· ${'nej '.repeat(200)} fint stryk det`, 'Mår bra'],
  ['mår bra ·· nejlikor stryk det', 'Mår bra'],
  ['blodtryck ·· etthundrafyrtio genom åttiofem stryk det', 'Blodtryck'],
  ['trött ·· ny rad stryk det', 'Trött'],
  ['yr ·· trött fel punkt stryk det', 'Yr'],
  ['mår bra punkt nej hon vill inte stryk det', 'Mår bra.'],
];

describe('ångra takes the last thing back:', () => {
  test.each(UNDONE)('%s -> %j', (said, expected) => expect(written(said)).toBe(expected));
});

describe('stryk det takes the last phrase back:', () => {
  test.each(STRUCK)('%s -> %j', (said, expected) => expect(written(said)).toBe(expected));

  test('but never what was said before a jump', () => {
    const { state, changes } = dictated(spoken('ont gå till status stryk det'));
    expect(wholeNote(state)).toBe('reason: Ont');
    expect(changes.at(-1)).toEqual({ kind: 'refused', command: 'strike', reason: 'nothing-to-strike' });
  });
});

describe('undo is exact', () => {
  test('for each thing in any dictation: note, insertion point, case and history are as before it', () => {
    fc.assert(
      fc.property(anyWords(), anyWords(), (first, second) => {
        let { state } = continued(startDictation(SETUP), first);
        for (const { text } of second) {
          const before = what(state);
          const said = later(state, text).state;
          const isMore = said.history.length === before.history.length + 1;
          if (isMore) expect(what(later(said, 'ångra').state)).toEqual(before);
          state = said;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('back to the start of any dictation', () => {
    fc.assert(
      fc.property(anyWords(), (words) => {
        const start = startDictation(SETUP);
        let { state } = continued(start, words);
        for (let left = state.history.length * 3; left > 0 && state.history.length > 0; left -= 1) {
          state = later(state, 'ångra').state;
        }
        for (let left = 50; left > 0 && state.history.length > 0; left -= 1) state = later(state, 'ångra').state;
        expect(what(state)).toEqual(what(start));
      }),
      { numRuns: 200 },
    );
  });

  test('of a struck phrase, with the sources of its words', () => {
    const said = dictated(spoken('mår bra punkt hör av sig'));
    const restored = later(later(said.state, 'stryk det').state, 'ångra');
    expect(what(restored.state)).toEqual(what(said.state));
    const spans = restored.changes.flatMap((change) => (change.kind === 'text' ? change.spans : []));
    expect(spans.flatMap(({ wordIds }) => wordIds)).toEqual(['0-3', '0-4', '0-5']);
  });

  test('or refused, when there is nothing to undo', () => {
    expect(dictated(spoken('ångra')).changes).toEqual([
      { kind: 'refused', command: 'undo', reason: 'nothing-to-undo' },
    ]);
  });

  test('for the newest entries only, so that the memory has a limit', () => {
    const { state } = dictated(spoken('ord '.repeat(MAXIMUM_HISTORY + 50)));
    expect(state.history).toHaveLength(MAXIMUM_HISTORY);
    const struck = later(state, 'stryk det').state;
    expect(struck.note.sections[0]!.text.split(' ')).toHaveLength(50);
    expect(JSON.stringify(struck.history).length).toBeLessThan(JSON.stringify(state.history).length * 1.1);
  });
});

describe('typing beside the dictation', () => {
  const at = (charactersAfter: number) => ({ sectionId: 'reason', charactersAfter, charactersSelected: 0 });
  const typed = (state: DictationState, text: string, charactersAfter = 0) =>
    withTypedEdit(
      state,
      state.note.sections.map((section) => (section.id === 'reason' ? { ...section, text } : section)),
      at(charactersAfter),
    );

  test('elsewhere leaves the dictated words where undo finds them', () => {
    const said = dictated(spoken('ont i magen')).state;
    const edited = typed(said, 'Mycket ont i magen');
    expect(later(edited, 'ångra').state.note.sections[0]!.text).toBe('Mycket ont i');
  });

  test('over the dictated words makes undo refuse and changes nothing', () => {
    const said = dictated(spoken('ont i magen')).state;
    const { state, changes } = later(typed(said, 'Ont i bröstet'), 'ångra');
    expect(state.note.sections[0]!.text).toBe('Ont i bröstet');
    expect(changes).toEqual([{ kind: 'refused', command: 'undo', reason: 'text-was-changed' }]);
  });

  test('is continued with its own spaces and capitals', () => {
    const start = startDictation(SETUP);
    expect(later(typed(start, 'Ont.'), 'yr').state.note.sections[0]!.text).toBe('Ont. Yr');
    expect(later(typed(start, 'Ont '), 'punkt').state.note.sections[0]!.text).toBe('Ont.');
    expect(later(typed(start, 'Ont t.ex. '), 'yr').state.note.sections[0]!.text).toBe('Ont t.ex. yr');
    expect(later(typed(start, 'Ont i magen', 5), 'ordentligt').state.note.sections[0]!.text).toBe(
      'Ont i ordentligt magen',
    );
  });

  test('puts the cursor elsewhere, after the words that wait, and ångra puts it back', () => {
    const said = dictated(spoken('ont i magen')).state;
    const { state, changes } = withInsertionPoint(said, at(8));
    expect(changes).toEqual([{ kind: 'move', from: at(0), to: at(8) }]);
    expect(later(state, 'mycket').state.note.sections[0]!.text).toBe('Ont mycket i magen');
    expect(what(later(state, 'ångra').state)).toEqual(what(said));
  });

  test('keeps the insertion point in the note, whatever was deleted', () => {
    const said = dictated(spoken('ont i magen gå till bedömning frisk')).state;
    const emptied = withTypedEdit(said, [{ id: 'reason', text: '' }], said.note.at);
    expect(emptied.note.at).toEqual(at(0));
    expect(later(emptied, 'ångra').changes).toEqual([{ kind: 'refused', command: 'undo', reason: 'text-was-changed' }]);
  });
});

describe('each inserted span', () => {
  test('leads back to its words, their time and the least certain of them', () => {
    const words = spoken('puls sjuttio två punkt').map((word, index) => ({ ...word, probability: 1 - index / 10 }));
    const spans = dictated(words).changes.flatMap((change) =>
      change.kind === 'text'
        ? change.spans.map(({ start, end, wordIds, probability }) => ({
            text: change.inserted.slice(start, end),
            wordIds,
            probability,
          }))
        : [],
    );
    expect(spans).toEqual([
      { text: 'Puls', wordIds: ['0-0'], probability: 1 },
      { text: '72', wordIds: ['0-1', '0-2'], probability: 0.8 },
      { text: '.', wordIds: ['0-3'], probability: 0.7 },
    ]);
  });
});
