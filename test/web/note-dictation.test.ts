import fc from 'fast-check';
import { history, undo } from 'prosemirror-history';
import { EditorState, TextSelection } from 'prosemirror-state';
import { describe, expect, test } from 'vitest';
import type { DictationState } from '../../src/dictation/reducer.ts';
import { beginNote, hear, moveTo, settle, typed, type Written } from '../../src/web/diktera/note-dictation.ts';
import { noteOf, schema } from '../../src/web/diktera/note-schema.ts';
import { insertionPointAt, plainTextOf, sectionsOf, stretchOf } from '../../src/web/diktera/note-text.ts';
import { FIRST_SETTINGS } from '../../src/web/diktera/own-settings.ts';
import { speechOf, speechPoint } from '../../src/web/diktera/speech-point.ts';
import { spoken } from '../dictation/say.ts';

/** An editor and its dictation, as the page holds them, without a page. */
class Note {
  editor: EditorState;
  dictation: DictationState;
  #seconds = 0;

  constructor(texts: Record<string, string> = {}) {
    const doc = noteOf(texts);
    const at = stretchOf(doc, { sectionId: 'kontaktorsak', charactersAfter: 0, charactersSelected: 0 });
    this.editor = EditorState.create({ doc, plugins: [speechPoint(at), history()] });
    this.dictation = beginNote(this.editor, FIRST_SETTINGS);
  }

  say(text: string): void {
    const words = spoken(text, this.#seconds).map((word) => ({ ...word, id: `s:${word.id}` }));
    this.#seconds = (words.at(-1)?.endSeconds ?? this.#seconds) + 1;
    this.#take(hear(this.editor, this.dictation, words));
  }

  settle(): void {
    this.#take(settle(this.editor, this.dictation));
  }

  moveTo(position: number): void {
    const place = TextSelection.near(this.editor.doc.resolve(position));
    this.#take(moveTo(this.editor, this.dictation, place));
  }

  /** Text in the place of what is between two places, as if it had been typed or pasted there. */
  type(from: number, to: number, text: string): void {
    const start = TextSelection.near(this.editor.doc.resolve(from)).from;
    const section = this.editor.doc.resolve(start);
    const end = Math.max(start, Math.min(to, section.end(section.depth)));
    this.editor = this.editor.apply(this.editor.tr.insertText(text, start, end));
    this.dictation = typed(this.editor, this.dictation);
  }

  undo(): void {
    undo(this.editor, (tr) => {
      this.editor = this.editor.apply(tr);
    });
    this.dictation = typed(this.editor, this.dictation);
  }

  /** The text of a section. */
  text(id: string): string {
    return sectionsOf(this.editor.doc).find((section) => section.id === id)!.text;
  }

  #take({ tr, dictation }: Written): void {
    this.editor = this.editor.apply(tr);
    this.dictation = dictation;
  }
}

const SAYINGS = [
  'hosta i tre veckor punkt',
  'nytt stycke feber',
  'ny rad',
  'gå till status',
  'stryk det',
  'ångra',
  'femtio milligram',
  'blodtryck etthundrafyrtio genom åttiofem',
  'parentes vänster parentes',
  'föregående sökord',
];

const step = fc.oneof(
  fc.record({ kind: fc.constant('say' as const), text: fc.constantFrom(...SAYINGS) }),
  fc.record({
    kind: fc.constant('type' as const),
    from: fc.nat(),
    length: fc.nat(5),
    text: fc.string({ maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('move' as const), to: fc.nat() }),
  fc.record({ kind: fc.constantFrom('undo' as const, 'settle' as const) }),
);

test('the editor and the reducer never disagree about the text or about where speech goes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const note = new Note({ anamnes: 'Tidigare frisk.\n\nInga läkemedel.' });
      for (const each of steps) {
        const size = note.editor.doc.content.size;
        if (each.kind === 'say') note.say(each.text);
        else if (each.kind === 'type') note.type(each.from % size, (each.from % size) + each.length, each.text);
        else if (each.kind === 'move') note.moveTo(each.to % size);
        else note[each.kind]();
        const { sections, at } = note.dictation.note;
        expect(sectionsOf(note.editor.doc)).toEqual(sections);
        expect(insertionPointAt(note.editor.doc, speechOf(note.editor).at)).toEqual(at);
        note.editor.doc.check();
      }
    }),
    { numRuns: 300 },
  );
});

test('every place in the text is found again by its insertion point', () => {
  const doc = noteOf({ anamnes: 'Ett.\n\nTvå.', planering: 'Tre' });
  doc.descendants((node, position) => {
    if (!node.isTextblock) return;
    for (let from = position + 1; from <= position + 1 + node.content.size; from += 1) {
      expect(stretchOf(doc, insertionPointAt(doc, { from, to: from }))).toEqual({ from, to: from });
    }
  });
});

describe('dictated text', () => {
  const spokenTexts = (note: Note) => {
    const texts: string[] = [];
    note.editor.doc.descendants((node) => {
      if (node.isText && schema.marks.spoken!.isInSet(node.marks)) texts.push(node.text!);
    });
    return texts;
  };

  test('leads back to its sound word by word, whatever session it was said in', () => {
    const note = new Note();
    note.say('hosta femtio milligram punkt');
    note.settle();
    expect(spokenTexts(note)).toEqual(['Hosta', '50\u00A0mg', '.']);
    const { marks } = note.editor.doc.firstChild!.firstChild!.firstChild!;
    expect(marks[0]!.attrs).toMatchObject({ session: 's', startSeconds: 0, probability: 0.9 });
  });

  test('loses its sound where it is corrected, and nowhere else', () => {
    const note = new Note();
    note.say('hosta i tre veckor');
    note.settle();
    note.type(4, 5, 'x');
    expect(note.text('kontaktorsak')).toBe('Hoxta i tre veckor');
    expect(spokenTexts(note)).toEqual(['i', 'tre', 'veckor']);
  });

  test('typed right where speech goes comes before what is said next', () => {
    const note = new Note();
    note.say('hosta');
    note.settle();
    const { from } = speechOf(note.editor).at;
    note.type(from, from, ' och');
    note.say('feber');
    note.settle();
    expect(note.text('kontaktorsak')).toBe('Hosta och feber');
  });
});

test('the note as text leaves out what is empty', () => {
  const doc = noteOf({ kontaktorsak: 'Hosta.', planering: 'Åter\nvid behov.\n' });
  expect(plainTextOf(doc)).toBe('Kontaktorsak\nHosta.\n\nPlanering\nÅter\nvid behov.');
});
