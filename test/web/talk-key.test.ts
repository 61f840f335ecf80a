import { expect, test } from 'vitest';
import { TalkKey } from '../../src/web/diktera/talk-key.ts';

test('a short press starts and the next one pauses', () => {
  const key = new TalkKey();
  expect(key.press(false, 0)).toBe('start');
  expect(key.release(150)).toBeUndefined();
  expect(key.press(true, 5000)).toBe('pause');
  expect(key.release(5900)).toBeUndefined();
});

test('a key that is held talks until it is let go', () => {
  const key = new TalkKey();
  expect(key.press(false, 0)).toBe('start');
  expect(key.press(true, 30)).toBeUndefined();
  expect(key.release(2000)).toBe('pause');
  expect(key.release(2001)).toBeUndefined();
});
