import { describe, expect, test } from 'vitest';
import { MAX_NOTE_CHARACTERS } from '../../src/contracts/followup-api.ts';
import { explainFollowUps } from '../../src/followup/explain.ts';
import { UNIT_DEFAULTS } from '../../src/followup/unit.ts';
import { REF_DATE, readDictated, readTyped, requestsOf } from './reading.ts';

const MOST_PHRASES_TOGETHER = 120;

/** As often as fits into the longest note. */
function filled(words: string): string {
  return words.repeat(Math.floor(MAX_NOTE_CHARACTERS / words.length));
}

function piecesOf(text: string): number[] {
  const { sentences } = explainFollowUps(text, { refDate: REF_DATE, mode: 'dictated', unit: UNIT_DEFAULTS });
  return sentences.map((segments) => segments.reduce((sum, { phrases }) => sum + phrases.length, 0));
}

const PLAN = 'patienten mår bra och vi planerar återbesök om tre veckor hos doktor lind med prover en vecka innan ';

describe('the longest note without a full stop', () => {
  test('is read in pieces of a bounded number of phrases, and nothing of it is left out', () => {
    const pieces = piecesOf(filled(PLAN));
    expect(Math.max(...pieces)).toBeLessThanOrEqual(MOST_PHRASES_TOGETHER);
    expect(pieces.length).toBeGreaterThan(10);
    const together = pieces.reduce((sum, phrases) => sum + phrases, 0);
    expect(together).toBe(piecesOf(PLAN)[0]! * (filled(PLAN).length / PLAN.length));
  });

  test('gives every visit that it asks for, none of them ready to book', () => {
    const { followUps } = readDictated(filled(PLAN));
    const types = followUps.flatMap(({ requests }) => requests.map(({ request }) => request.type));
    expect(types.filter((type) => type === 'aterbesok')).toHaveLength(filled(PLAN).length / PLAN.length);
    expect(followUps.filter(({ route }) => route === 'auto')).toEqual([]);
  });

  test('is cut where a sign stands, or before what goes on', () => {
    const listed = `${'blodtryck puls vikt '.repeat(25)}, åb om tre veckor ${'blodtryck puls vikt '.repeat(40)}`;
    expect(piecesOf(listed)[0]).toBe(76);
  });
});

test('a sentence that people say is read whole', () => {
  expect(piecesOf(PLAN.repeat(4))).toHaveLength(1);
});

describe('a text of one thing over and over is read to its end:', () => {
  test.each([
    ['åb '],
    ['åb. '],
    ['om '],
    ['inget '],
    ['ekg '],
    ['prover innan '],
    ['stryk det '],
    ['om det blir värre '],
    ['åb om 3 v, '],
    ['rullstol. '],
    ['a.b.c.d.'],
    ['x'],
    ['å'],
    ['återbesökom'],
    ['tre-'],
    ['\n'],
    ['('],
  ])('%j', (words) => {
    expect(() => readDictated(filled(words))).not.toThrow();
    expect(() => readTyped(filled(words))).not.toThrow();
  });
});

test('requests of a text of visits only are all told', () => {
  expect(requestsOf(readTyped(filled('åb om 3 v. ')))).toHaveLength(
    filled('åb om 3 v. ').length / 'åb om 3 v. '.length,
  );
});
