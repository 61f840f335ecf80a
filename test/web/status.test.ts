import { expect, test } from 'vitest';
import { type Phase, type StatusWord, statusOf } from '../../src/web/diktera/status.ts';
import { type LiveStatus, WAITING } from '../../src/web/live/live-events.ts';

test.each<[claim: string, phase: Phase, live: Partial<LiveStatus>, before: StatusWord, expected: [StatusWord, number]]>(
  [
    ['listens', 'listening', { connection: 'open' }, 'opening', ['listening', 0]],
    [
      'an utterance under way is no delay',
      'listening',
      { connection: 'open', lagSeconds: 14 },
      'listening',
      ['listening', 0],
    ],
    ['words that do not come are', 'listening', { connection: 'open', lagSeconds: 20 }, 'listening', ['behind', 20]],
    [
      'saves without a network',
      'listening',
      { connection: 'offline', unacknowledgedSeconds: 14 },
      'listening',
      ['offline', 14],
    ],
    [
      'saved sound is told in pause too',
      'paused',
      { connection: 'offline', unacknowledgedSeconds: 14 },
      'offline',
      ['offline', 14],
    ],
    ['a lost connection that nothing waits for is not', 'paused', { connection: 'offline' }, 'paused', ['paused', 0]],
    [
      'an attempt is not yet a network',
      'listening',
      { connection: 'connecting', unacknowledgedSeconds: 1 },
      'offline',
      ['offline', 1],
    ],
    [
      'the first attempt is no failure',
      'listening',
      { connection: 'connecting', unacknowledgedSeconds: 1 },
      'opening',
      ['listening', 0],
    ],
    ['sends what was saved', 'listening', { connection: 'open', unacknowledgedSeconds: 9 }, 'offline', ['behind', 9]],
    ['has sent it', 'listening', { connection: 'open', unacknowledgedSeconds: 0.2 }, 'behind', ['caught-up', 0]],
  ],
)('%s', (_claim, phase, live, before, [word, seconds]) => {
  expect(statusOf(phase, { ...WAITING, ...live }, before)).toEqual({ word, seconds });
});
