import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOTE_SECTIONS } from '../../src/dictation/note-sections.ts';
import { finalize, startDictation, step } from '../../src/dictation/reducer.ts';
import { utterancesOf, writeNote } from '../../src/recorded/write-note.ts';
import { anyWords } from '../dictation/words.ts';
import { said } from './said.ts';

const ID = '5f0c9f3e-9a53-4a52-8b0e-1d5f0f6f7a10';
const AS_SPOKEN = { punctuation: 'spoken', vocabulary: [] } as const;

async function written(...stretches: string[]) {
  const { sections, spans } = await writeNote(utterancesOf(ID, { segments: said(...stretches) }), AS_SPOKEN);
  const texts = Object.fromEntries(sections.filter(({ text }) => text !== '').map(({ id, text }) => [id, text]));
  return { texts, spans };
}

describe('a recording becomes a note', () => {
  test('with its marks and figures written as they are said', async () => {
    expect((await written('blodtryck hundrafyrtio genom nittio punkt', 'mår bra punkt')).texts).toEqual({
      kontaktorsak: 'Blodtryck 140/90. Mår bra.',
    });
  });

  test('whose sections are gone to by name', async () => {
    const { texts } = await written(
      'gå till status',
      'hjärta utan anmärkning punkt',
      'gå till planering',
      'ring patienten',
    );
    expect(texts).toEqual({ status: 'Hjärta utan anmärkning.', planering: 'Ring patienten' });
  });

  test('in which what was struck is not, and nothing after "avsluta diktat" is lost', async () => {
    const { texts } = await written('ont i halsen', 'stryk det', 'ont i knät', 'avsluta diktat', 'ring mig');
    expect(texts.kontaktorsak).toMatch(/^Ont i knät/);
    expect(texts.kontaktorsak).toMatch(/ring mig$/i);
  });

  test('whose words lead back to where they were said', async () => {
    const { texts, spans } = await written('ont i halsen', 'gå till planering', 'ring patienten');
    const at = (part: string, sectionId: string) => {
      const start = texts[sectionId]!.indexOf(part);
      return spans.find((span) => span.sectionId === sectionId && span.start <= start && start < span.end)?.wordIds;
    };
    expect(at('halsen', 'kontaktorsak')).toEqual([`${ID}:0:2`]);
    expect(at('patienten', 'planering')).toEqual([`${ID}:2:1`]);
  });

  test('into which a template is put by its name, its field filled by what is said next', async () => {
    const { sections } = await writeNote(
      utterancesOf(ID, { segments: said('gå till status', 'infoga mall hjärta', 'regelbunden') }),
      { ...AS_SPOKEN, templates: [{ name: 'hjärta', text: 'Hjärta: [rytm] rytm, inga biljud.' }] },
    );
    expect(sections.find(({ id }) => id === 'status')?.text).toBe('Hjärta: regelbunden rytm, inga biljud.');
  });

  test('with the same text as the rules of dictation give, and spans that lie in it, in order, apart from each other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyWords(), { maxLength: 4 }), async (stretches) => {
        const segments = stretches.flatMap((words, index) =>
          words.length === 0 ? [] : [{ index, startSeconds: 0, endSeconds: 1, words }],
        );
        const utterances = utterancesOf(ID, { segments } as unknown as Parameters<typeof utterancesOf>[1]);
        const { sections, spans } = await writeNote(utterances, AS_SPOKEN);
        let state = startDictation({ sections: NOTE_SECTIONS.map((section) => ({ ...section, text: '' })) });
        for (const { words } of utterances) state = step(state, words).state;
        expect(sections.map(({ text }) => text)).toEqual(finalize(state).state.note.sections.map(({ text }) => text));
        const known = new Set(utterances.flatMap(({ words }) => words.map(({ id }) => id)));
        for (const { id, text } of sections) {
          let end = 0;
          for (const span of spans.filter(({ sectionId }) => sectionId === id)) {
            expect(span.start).toBeGreaterThanOrEqual(end);
            expect(span.end).toBeGreaterThan(span.start);
            expect(span.wordIds.every((wordId) => known.has(wordId))).toBe(true);
            end = span.end;
          }
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
