import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/contracts/errors.ts';

describe('an error', () => {
  test('says what was expected and what came', () => {
    const error = new AppError('AUDIO_TOO_LONG', 'the recording is too long', {
      expected: 'at most 60 s',
      got: '61 s',
    });
    expect(error.message).toBe('the recording is too long; expected at most 60 s; got 61 s');
    expect(error).toMatchObject({ code: 'AUDIO_TOO_LONG', retryable: false, expected: 'at most 60 s', got: '61 s' });
  });

  test('without details is its message alone', () => {
    expect(new AppError('INTERNAL', 'it broke').message).toBe('it broke');
  });

  test('comes through a thread with its code, message and verdict', () => {
    const sent = new AppError('SPEECH_BUSY', 'no room', { retryable: true, expected: '8 files', got: 'one more' });
    const received = AppError.fromPlain(structuredClone(sent.toPlain()));
    expect(received).toBeInstanceOf(AppError);
    expect(received).toMatchObject({ code: 'SPEECH_BUSY', retryable: true, message: sent.message });
  });
});

describe('anything thrown', () => {
  test('that is such an error already stays it', () => {
    const error = new AppError('CANCELLED', 'cancelled');
    expect(AppError.from(error)).toBe(error);
  });

  test.each([
    ['an error', new TypeError('it broke')],
    ['a text', 'it broke'],
  ])('that is %s becomes an internal one that a repetition does not mend', (_what, thrown) => {
    expect(AppError.from(thrown)).toMatchObject({
      code: 'INTERNAL',
      message: 'it broke',
      retryable: false,
      cause: thrown,
    });
  });
});
