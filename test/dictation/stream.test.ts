import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DictatedWord, DictationChange } from '../../src/contracts/dictation.ts';
import { DictationChange as ChangeSchema } from '../../src/contracts/dictation.ts';
import { MAXIMUM_LOOKAHEAD } from '../../src/dictation/cursor.ts';
import { CONSTRUCT_BREAK_SECONDS } from '../../src/dictation/pauses.ts';
import { type DictationState, finalize, pendingText, startDictation, step } from '../../src/dictation/reducer.ts';
import { continued, dictated, SETUP, spoken, written } from './say.ts';
import { anyWords } from './words.ts';

/** Words cut into messages after these places. */
function cut(words: readonly DictatedWord[], places: readonly number[]): DictatedWord[][] {
  const cuts = [...new Set(places.map((place) => place % (words.length + 1)))].sort((a, b) => a - b);
  return [...cuts, words.length].map((end, index) => words.slice(cuts[index - 1] ?? 0, end));
}

function streamed(messages: readonly DictatedWord[][], from: DictationState) {
  let state = from;
  const changes: DictationChange[] = [];
  for (const message of messages) {
    const made = step(state, message);
    state = made.state;
    changes.push(...made.changes);
  }
  const last = finalize(state);
  return { state: last.state, changes: [...changes, ...last.changes] };
}

describe('a stream of words', () => {
  const modes = fc.constantFrom('spoken' as const, 'both' as const);

  test('gives the same changes and the same note wherever it is cut', () => {
    fc.assert(
      fc.property(anyWords(), fc.array(fc.nat()), modes, (words, places, automaticPunctuation) => {
        const start = startDictation({ ...SETUP, automaticPunctuation });
        expect(streamed(cut(words, places), start)).toEqual(continued(start, words));
      }),
      { numRuns: 500 },
    );
  });

  test('gives the same note when it is finalized in a pause that ends every construct', () => {
    fc.assert(
      fc.property(anyWords(), anyWords(), modes, (first, second, automaticPunctuation) => {
        const start = startDictation({ ...SETUP, automaticPunctuation });
        const silenceSeconds = (first.at(-1)?.endSeconds ?? 0) + CONSTRUCT_BREAK_SECONDS + 0.001;
        const later = second.map((word) => ({
          ...word,
          id: `later-${word.id}`,
          startSeconds: word.startSeconds + silenceSeconds,
          endSeconds: word.endSeconds + silenceSeconds,
        }));
        const apart = continued(continued(start, first).state, later);
        expect(apart.state).toEqual(continued(start, [...first, ...later]).state);
      }),
      { numRuns: 300 },
    );
  });

  test('is never refused, whatever the words and their times', () => {
    const word = fc.record({
      id: fc.string({ minLength: 1 }),
      text: fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('', ' ', '.', '1e9', '__proto__', '\u0000', '😀'),
      ),
      startSeconds: fc.float({ min: 0, max: 1e6, noNaN: true }),
      endSeconds: fc.float({ min: 0, max: 1e6, noNaN: true }),
      probability: fc.float({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(word), modes, (words, automaticPunctuation) => {
        const { state, changes } = dictated(words, { automaticPunctuation });
        expect(state.pending).toEqual([]);
        for (const change of changes) expect(ChangeSchema.safeParse(change).success).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('is followed by an editor that knows nothing but the changes', () => {
    fc.assert(
      fc.property(anyWords(), (words) => {
        const { state, changes } = dictated(words);
        const editor = new Editor();
        for (const change of changes) editor.make(change);
        expect(editor.texts()).toEqual(state.note.sections.map(({ text }) => text));
        expect(editor.at()).toEqual({ sectionId: state.note.at.sectionId, after: state.note.at.charactersAfter });
      }),
      { numRuns: 300 },
    );
  });

  test('leaves a state that can be stored and read again', () => {
    fc.assert(
      fc.property(anyWords(), (words) => {
        const { state } = step(startDictation(SETUP), words);
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      }),
    );
  });

  test('never makes more words wait than rules look ahead, and loses none of a long row', () => {
    const words = spoken(`telefon noll ${'ett '.repeat(500)}`);
    const { state, changes } = step(startDictation(SETUP), words);
    expect(state.pending.length).toBeLessThanOrEqual(MAXIMUM_LOOKAHEAD);
    const sources = changes.flatMap((change) => (change.kind === 'text' ? change.spans : []));
    const used = [...sources.flatMap(({ wordIds }) => wordIds), ...state.pending.map(({ wordId }) => wordId)];
    expect(used).toEqual(words.map(({ id }) => id));
  });

  test('keeps words that could begin a command until it is clear, and shows them meanwhile', () => {
    const { state, changes } = step(startDictation(SETUP), spoken('trött ny'));
    expect(changes).toHaveLength(1);
    expect(pendingText(state)).toBe(' ny');
    expect(step(state, spoken('rad', 1)).state.note.sections[0]!.text).toBe('Trött\n');
    expect(step(state, spoken('feber', 1)).state.note.sections[0]!.text).toBe('Trött ny feber');
    expect(finalize(state).state.note.sections[0]!.text).toBe('Trött ny');
  });

  test('does not join a command over a long pause', () => {
    expect(written('trött ny ··· rad')).toBe('Trött ny rad');
    expect(written('trött ny ·· rad yr')).toBe('Trött\nYr');
  });
});

/** The page's editor, as small as it can be. */
class Editor {
  readonly #sections = new Map(SETUP.sections.map(({ id, text }) => [id, text]));
  #sectionId = SETUP.sections[0]!.id;
  #after = 0;

  make(change: DictationChange): void {
    if (change.kind === 'move') {
      expect(change.from).toMatchObject({ sectionId: this.#sectionId, charactersAfter: this.#after });
      this.#sectionId = change.to.sectionId;
      this.#after = change.to.charactersAfter;
    } else if (change.kind === 'text') {
      expect(change.sectionId).toBe(this.#sectionId);
      const text = this.#sections.get(this.#sectionId)!;
      const before = text.slice(0, text.length - this.#after);
      const after = text.slice(text.length - this.#after);
      expect(before.endsWith(change.removed) && after.startsWith(change.removedAfter)).toBe(true);
      const rest = change.insertedAfter + after.slice(change.removedAfter.length);
      this.#sections.set(
        this.#sectionId,
        before.slice(0, before.length - change.removed.length) + change.inserted + rest,
      );
      this.#after = rest.length;
    }
  }

  texts(): string[] {
    return [...this.#sections.values()];
  }

  at(): { sectionId: string; after: number } {
    return { sectionId: this.#sectionId, after: this.#after };
  }
}
