import fc from 'fast-check';
import { EditorState } from 'prosemirror-state';
import { describe, expect, test } from 'vitest';
import { noteText } from '../../src/contracts/notes.ts';
import { NOTE_SECTIONS } from '../../src/dictation/note-sections.ts';
import { noteOf } from '../../src/web/diktera/note-schema.ts';
import { changedFields, formOf } from '../../src/web/notes/changed-fields.ts';
import {
  cardAt,
  followUpMarks,
  markCards,
  markSaved,
  markSending,
  stretchOfCard,
} from '../../src/web/notes/follow-up-marks.ts';
import { mergeSections } from '../../src/web/notes/merge-sections.ts';
import { contentOf, documentOf, sectionTextsOf, stretchOfText, textBetween } from '../../src/web/notes/note-content.ts';
import { takeTexts } from '../../src/web/notes/take-texts.ts';

const line = fc.stringMatching(/^[a-zå ]{0,6}$/);
const text = fc.array(line, { maxLength: 3 }).map((lines) => lines.join('\n'));
const texts = fc.record(Object.fromEntries(NOTE_SECTIONS.map(({ id }) => [id, text])));
const sectionsOf = (given: Record<string, string>) => sectionTextsOf(noteOf(given));

describe('a note between the page and the server', () => {
  test('comes back from the server as it was', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const content = contentOf(noteOf(given));
        expect(contentOf(documentOf(content))).toEqual(content);
      }),
    );
  });

  test('has each stretch of its text in one place, there and back', () => {
    fc.assert(
      fc.property(texts, fc.nat(), fc.integer({ min: 1, max: 5 }), (given, seed, length) => {
        const doc = noteOf(given);
        const whole = noteText({ sections: sectionTextsOf(doc) });
        const start = whole.length === 0 ? 0 : seed % whole.length;
        const end = Math.min(whole.length, start + length);
        const stretch = stretchOfText(doc, { start, end });
        if (stretch) expect(textBetween(doc, stretch)).toEqual({ start, end, text: whole.slice(start, end) });
      }),
    );
  });

  test('keeps the text of a section that the page does not have', () => {
    const sections = [{ id: 'x', heading: 'Social', text: 'Bor ensam.' }];
    expect(sectionTextsOf(documentOf({ sections, spans: [] }))[0]?.text).toBe('Social\nBor ensam.');
  });

  test('keeps the names of the words that it was said in', () => {
    const spans = [{ sectionId: 'planering', start: 3, end: 7, wordIds: ['s:0:1:0', 's:0:1:1'] }];
    const sections = [{ id: 'planering', heading: 'Planering', text: 'en\nfyra ord' }];
    expect(contentOf(documentOf({ sections, spans })).spans).toEqual(spans);
  });
});

describe('a text that two have changed', () => {
  test('holds every line that either wrote', () => {
    fc.assert(
      fc.property(texts, texts, texts, (before, mine, theirs) => {
        const merged = mergeSections(sectionsOf(before), sectionsOf(mine), sectionsOf(theirs)).sections;
        for (const { id } of NOTE_SECTIONS) {
          const { text: now } = merged.find((section) => section.id === id)!;
          for (const [own, other] of [
            [mine[id]!, theirs[id]!],
            [theirs[id]!, mine[id]!],
          ] as const) {
            // What one left as it was, the other may have taken away.
            if (own !== before[id] || other === before[id]) expect(now).toContain(own);
          }
        }
      }),
    );
  });

  test('names the sections in which both wrote, and is taken into the page without touching the others', () => {
    const merged = mergeSections(
      sectionsOf({ anamnes: 'a', status: 's' }),
      sectionsOf({ anamnes: 'a mine', status: 's' }),
      sectionsOf({ anamnes: 'a theirs', status: 's2' }),
    );
    expect(merged.clashes).toEqual(['Anamnes']);
    const state = EditorState.create({ doc: noteOf({ anamnes: 'a mine', status: 's' }) });
    const tr = takeTexts(state, merged.sections);
    expect(sectionTextsOf(tr.doc)).toEqual(merged.sections);
    expect(takeTexts(state.apply(tr), merged.sections).docChanged).toBe(false);
  });
});

describe('the words of cards', () => {
  const begin = () =>
    EditorState.create({ doc: noteOf({ planering: 'Återbesök i maj.' }), plugins: [followUpMarks()] });
  const card = {
    id: 'c',
    state: 'found',
    isInText: true,
    source: { start: 10, end: 25, text: 'Återbesök i maj' },
  } as const;
  const wordsOf = (state: EditorState) => {
    const { from, to } = stretchOfCard(state, 'c') ?? { from: 0, to: 0 };
    return state.doc.textBetween(from, to);
  };

  test('stay lit where they are while the text before them changes, also when the answer comes later', () => {
    let state = begin();
    state = state.apply(markSending(state));
    const place = stretchOfText(state.doc, { start: 10, end: 11 })!.from;
    state = state.apply(state.tr.insertText('Bra. ', place));
    state = state.apply(markSaved(state));
    state = state.apply(markCards(state, [card]));
    expect(wordsOf(state)).toBe('Återbesök i maj');
    expect(cardAt(state, place + 6)).toBe('c');
    state = state.apply(state.tr.insertText('Så. ', place));
    expect(wordsOf(state)).toBe('Återbesök i maj');
  });

  test('are gone when they are deleted', () => {
    let state = begin();
    state = state.apply(markCards(state, [card]));
    const { from, to } = stretchOfCard(state, 'c')!;
    state = state.apply(state.tr.delete(from, to));
    expect(stretchOfCard(state, 'c')).toBeUndefined();
  });
});

describe('the form of a card', () => {
  const before = {
    id: 'R2',
    type: 'provtagning',
    before: 'R1',
    analyses: ['Hb'],
    time: { kind: 'relativ', expr: 'en vecka innan', offset: '-P1W' },
  } as const;
  const given = { ...before, analyses: [...before.analyses] };

  test('that nobody changed changes nothing', () => {
    const { id: _id, ...fields } = given;
    expect(changedFields(given, formOf(given), '2026-03-10')).toEqual(fields);
  });

  test('sets days that were given as the only time, in words', () => {
    const form = { ...formOf(given), latest: '2026-06-10' };
    expect(changedFields(given, form, '2026-03-10').time).toEqual({
      kind: 'inom',
      expr: 'senast 10 juni',
      latest: '2026-06-10',
      mal_datum: '2026-06-10',
    });
  });
});
