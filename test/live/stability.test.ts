import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreed, NOTHING_SAID, type Provisional } from '../../src/live/stability.ts';

function saidAfter(...texts: readonly string[]): Provisional {
  return texts.reduce(agreed, NOTHING_SAID);
}

describe('words', () => {
  test('are provisional when they were said once', () => {
    expect(saidAfter('Patienten har ont')).toMatchObject({ stable: [], tail: ['Patienten', 'har', 'ont'] });
  });

  test('are stable when two hypotheses in a row agree on them from the beginning', () => {
    expect(saidAfter('Patienten har on', 'Patienten har ont i')).toMatchObject({
      stable: ['Patienten', 'har'],
      tail: ['ont', 'i'],
    });
  });

  test('agree whatever their case and punctuation', () => {
    expect(saidAfter('patienten, har', 'Patienten har ont')).toMatchObject({
      stable: ['Patienten', 'har'],
      tail: ['ont'],
    });
  });

  test('that contradict what is stable do not change it; what comes after it is taken from them', () => {
    const said = saidAfter('Patienten har ont', 'Patienten har ont', 'Patient har ont i halsen');
    expect(said).toMatchObject({ stable: ['Patienten', 'har', 'ont'], tail: ['i', 'halsen'] });
  });

  test('after the stable part are found again when the words before have moved', () => {
    const said = saidAfter('Han har ont', 'Han har ont', 'Han säger att han har ont i halsen');
    expect(said).toMatchObject({ stable: ['Han', 'har', 'ont'], tail: ['i', 'halsen'] });
  });

  test('that vanish again leave no tail', () => {
    expect(saidAfter('Han har ont', 'Han har ont', '')).toMatchObject({ stable: ['Han', 'har', 'ont'], tail: [] });
  });
});

test('the stable part only ever grows', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'C', 'c,', '.'), { maxLength: 6 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 8 }), (texts) => {
      let said = NOTHING_SAID;
      for (const each of texts) {
        const { stable } = said;
        said = agreed(said, each);
        expect(said.stable.slice(0, stable.length)).toEqual(stable);
      }
    }),
  );
});
