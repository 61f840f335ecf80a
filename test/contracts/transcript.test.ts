import { describe, expect, test } from 'vitest';
import { ModelName } from '../../src/contracts/model.ts';
import { TranscribeOptions } from '../../src/contracts/transcript.ts';

describe('options', () => {
  test('that are not given are Swedish, five beams, the lexicon and no words', () => {
    expect(TranscribeOptions.parse({})).toEqual({
      language: 'sv',
      beamSize: 5,
      vocabulary: [],
      lexicon: true,
      words: false,
    });
  });

  test.each([0, 11, 2.5, Number.NaN, '5'])('with %j beams are refused', (beamSize) => {
    expect(TranscribeOptions.safeParse({ beamSize }).success).toBe(false);
  });
});

describe('the name of a model', () => {
  test.each(['whisper-base', 'KBLab/kb-whisper-small', 'a/b.c_d'])('may be %s', (name) => {
    expect(ModelName.parse(name)).toBe(name);
  });

  test.each([
    '',
    '..',
    '../etc/passwd',
    'a/../b',
    '/etc',
    'a/b/c',
    '.hidden',
    'a/.git',
    'a--b',
    'a\\b',
    'a/',
    'å',
    'a\n',
  ])('is not %j, which could lead out of the folder of models', (name) => {
    expect(ModelName.safeParse(name).success).toBe(false);
  });
});
