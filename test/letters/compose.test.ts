import { describe, expect, test } from 'vitest';
import { LetterContents } from '../../src/contracts/letter.ts';
import { DEFAULT_LETTER_TEXTS, LetterTexts } from '../../src/contracts/letter-texts.ts';
import { composeLetter } from '../../src/letters/compose.ts';
import { letterAsText } from '../../src/letters/to-text.ts';
import { letterContents } from './contents.ts';

const compose = (changes: Partial<LetterContents> = {}) => composeLetter(letterContents(changes), DEFAULT_LETTER_TEXTS);
const asText = (changes: Partial<LetterContents> = {}) => letterAsText(compose(changes));

const toBook = { what: 'Återbesök', latestDay: '2026-05-29', preparations: [] };

describe('a letter with times', () => {
  test('says every time by the clock in Sweden, before and after the change to summer time', () => {
    const visit = { durationMinutes: 90, meeting: 'here' as const, preparations: [] };
    const text = asText({
      visits: [
        { ...visit, startsAt: '2026-03-28T08:00:00Z' },
        { ...visit, startsAt: '2026-03-29T08:00:00Z' },
      ],
    });
    expect(text).toContain('Tid: lördag 28 mars 2026 kl. 09.00');
    expect(text).toContain('Tid: söndag 29 mars 2026 kl. 10.00');
    expect(text).toContain('1 timme och 30 minuter');
  });

  test('numbers its visits when there are several, in their order', () => {
    const subheadings = compose().blocks.flatMap((block) => (block.kind === 'subheading' ? [block.text] : []));
    expect(subheadings.slice(0, 3)).toEqual(['1. Provtagning', 'Innan du kommer', '2. Återbesök']);
  });

  test('gives the preparations in the words that staff have checked', () => {
    expect(asText()).toContain('- Ät och drick ingenting från midnatt. Vatten går bra.');
    expect(asText()).not.toContain('fastande');
  });

  test('fills the unit and its phone into the text blocks', () => {
    const text = asText();
    expect(text).toContain('Här kommer din tid hos Hjärtmottagningen Demo.');
    expect(text.replace(/\s+/g, ' ')).toContain('ringa 010-123 45 67 (vardagar kl. 8.00–10.00).');
    expect(text).not.toMatch(/[{}]/);
  });

  test('has no empty parts for what a unit leaves out', () => {
    const { blocks } = compose({ answer: undefined });
    expect(blocks.filter((block) => 'text' in block && block.text === '')).toEqual([]);
    expect(letterAsText(compose({ answer: undefined }))).not.toContain('Kod:');
  });
});

test('a letter about a call says that the clinic calls, and not how to get there', () => {
  const [visit] = letterContents().visits;
  const text = asText({ visits: [{ ...visit!, meeting: 'phone' }] });
  expect(text).toContain('Plats: Vi ringer dig.');
  expect(text).not.toMatch(/Hitta hit|legitimation/);
});

test('an open letter says until when to book, and offers no time', () => {
  const text = asText({ form: 'open', visits: [], toBook });
  expect(text).toContain('Boka senast: 29 maj 2026');
  expect(text.replace(/\s+/g, ' ')).toContain('Du väljer själv en tid som passar dig');
  expect(text).not.toContain('Tid:');
});

test('a letter about a child goes to the guardian and names the child', () => {
  const text = asText({ isGuardian: true, recipient: { name: 'Nils Åkesson', addressLines: [] } });
  expect(text).toMatch(/^Nils Åkesson$/m);
  expect(text.replace(/\s+/g, ' ')).toContain('som vårdnadshavare för Małgorzata Åkesson');
});

test('a letter for who needs an interpreter begins in the language, or in English where we have no words', () => {
  expect(compose({ interpreterLanguage: 'fi' }).blocks[0]).toMatchObject({ text: 'Vastaanottoaikasi', language: 'fi' });
  expect(compose({ interpreterLanguage: 'ti' }).blocks[0]).toMatchObject({ text: 'Your appointment', language: 'en' });
  expect(asText({ interpreterLanguage: 'ti' })).toContain('En tolk är bokad');
});

describe('with protected identity', () => {
  const secret = [
    'Hjärtmottagningen',
    'Sjukhusvägen',
    'Demostad\n',
    'huvudentrén',
    'Elin Lind',
    'Provtagning',
    'fastande',
    'Laboratoriet',
  ];

  test.each(['timed', 'open'] as const)(
    'a letter (%s) tells neither where nor what for, in any of its forms',
    (form) => {
      const open = { form, visits: [], toBook: { ...toBook, what: 'Provtagning' } };
      const letter = compose({
        ...(form === 'open' ? open : {}),
        recipient: { name: 'Mottagaren', addressLines: ['Box 1'] },
        hasProtectedIdentity: true,
      });
      for (const words of secret) {
        expect(letterAsText(letter)).not.toContain(words);
        expect(JSON.stringify(letter)).not.toContain(words);
      }
    },
  );

  test('it says the time and whom to call', () => {
    const text = asText({ hasProtectedIdentity: true });
    expect(text).toContain('fredag 24 april 2026 kl. 10.30');
    expect(text).toContain('Telefon: 010-123 45 67');
  });
});

test('a text block with a place that no letter knows is refused by name', () => {
  const wrong = LetterTexts.safeParse({ ...DEFAULT_LETTER_TEXTS, closing: 'Hej {förnamn}' });
  expect(wrong.error?.issues[0]).toMatchObject({ path: ['closing'] });
  expect(LetterTexts.safeParse(DEFAULT_LETTER_TEXTS).success).toBe(true);
});

test('a letter with times that has none, or an open one without a last day, is refused', () => {
  const { toBook: none, ...timed } = letterContents();
  expect(none).toBeUndefined();
  expect(LetterContents.safeParse({ ...timed, visits: [] }).success).toBe(false);
  expect(LetterContents.safeParse({ ...timed, form: 'open', visits: [] }).success).toBe(false);
  expect(LetterContents.safeParse({ ...timed, form: 'open', visits: [], toBook }).success).toBe(true);
});
