import { describe, expect, test } from 'vitest';
import { explainFollowUps } from '../../src/followup/explain.ts';
import type { Node } from '../../src/followup/grammar/node.ts';
import { compilePattern, matchAt } from '../../src/followup/grammar/pattern.ts';
import { soundDistance, soundKey } from '../../src/followup/hearing/sound.ts';
import { sensesOf } from '../../src/followup/lexicon/dictionary.ts';
import { nounForms } from '../../src/followup/lexicon/inflection.ts';
import { placeInSections } from '../../src/followup/sections.ts';
import { sentencesOf } from '../../src/followup/sentences.ts';
import { tokenise } from '../../src/followup/tokenise.ts';
import { UNIT_DEFAULTS } from '../../src/followup/unit.ts';
import { REF_DATE } from './reading.ts';

const sentences = (text: string) => sentencesOf(tokenise(text).map((token) => ({ ...token, uncertain: false })));
const written = (text: string) => sentences(text).map((tokens) => tokens.map((token) => token.text).join(' '));

describe('tokens', () => {
  test.each([
    ['åb 3mån', ['åb', '3', 'mån']],
    ['HbA1c', ['HbA1c']],
    ['kl. 14.30', ['kl', '.', '14.30']],
    ['26/3', ['26/3']],
    ['19121212-1212', ['19121212-1212']],
    ['astma-KOL-ssk', ['astma-KOL-ssk']],
  ])('of %s', (text, tokens) => {
    expect(tokenise(text).map((token) => token.text)).toEqual(tokens);
  });

  test('an abbreviation with dots is one word', () => {
    expect(tokenise('åter v.b. sedan').map(({ lower }) => lower)).toEqual(['åter', 'vb', 'sedan']);
  });
});

describe('sentences', () => {
  test.each([
    ['Åb om 2 v. Prover innan.', ['Åb om 2 v', 'Prover innan']],
    ['Åb hos dr. Lind kl. 9.', ['Åb hos dr Lind kl 9']],
    ['Åb om\n3 mån', ['Åb om 3 mån']],
    ['åb 3 mån\nprover innan', ['åb 3 mån', 'prover innan']],
  ])('of %j', (text, expected) => {
    expect(written(text)).toEqual(expected);
  });

  test('get their section from a heading on its own line or before a colon', () => {
    const placed = placeInSections(sentences('Status\nMår bra.\nPlanering: åb 3 mån.'));
    expect(placed.map(({ section }) => section)).toEqual(['record', 'plan']);
  });
});

describe('words', () => {
  test('a definite form is known as one', () => {
    expect(nounForms('återbesök')).toContainEqual({ form: 'återbesöket', definite: true });
  });

  test.each([
    ['läkartid', 'aterbesok'],
    ['diabetesåterbesök', 'aterbesok'],
    ['levermätning', 'undersokning'],
  ])('the compound %s asks for %s', (word, type) => {
    expect(sensesOf(word)).toContainEqual(expect.objectContaining({ value: expect.objectContaining({ type }) }));
  });

  test.each(['fritid', 'otörbesök', 'samtid'])('%s is no visit', (word) => {
    expect(sensesOf(word)).toEqual([]);
  });
});

describe('sounds', () => {
  test('letters that sound alike cost less than others, doubles least', () => {
    const costs = [
      soundDistance('mannader', 'manader', 3),
      soundDistance('manader', 'månader', 3),
      soundDistance('mapader', 'månader', 3),
    ];
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
  });

  test('words that sound the same share a key', () => {
    expect(soundKey('vekor')).toBe(soundKey('veckor'));
  });
});

describe('a pattern', () => {
  const node = (lower: string): Node => ({
    start: 0,
    end: 1,
    lower,
    text: lower,
    senses: [],
    children: [],
    uncertain: false,
  });

  test('takes optional words where they are, and gives them back where they are needed', () => {
    const pattern = compilePattern('om? cirka? om');
    expect(matchAt(pattern, [node('om')], 0)?.taken).toHaveLength(1);
    expect(matchAt(pattern, ['om', 'cirka', 'om'].map(node), 0)?.taken).toHaveLength(3);
  });

  test('takes words that belong together as one', () => {
    expect(matchAt(compilePattern('i_samband_med'), ['i', 'samband', 'med'].map(node), 0)?.taken).toHaveLength(3);
    expect(matchAt(compilePattern('i_samband_med'), ['i', 'samband'].map(node), 0)).toBeUndefined();
  });
});

test('the explanation shows what each phrase was made of, and the standing of each part', () => {
  const { sentences: explained } = explainFollowUps('Uteblev idag, åb om tre veckor.', {
    refDate: REF_DATE,
    unit: UNIT_DEFAULTS,
  });
  expect(explained[0]!.map(({ standing }) => standing)).toEqual(['missed', 'plan']);
  const time = explained[0]![1]!.phrases.find(({ text }) => text === 'om tre veckor');
  expect(time).toMatchObject({ categories: ['Time'], rule: 'om tre månader' });
});
