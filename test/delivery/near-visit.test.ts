import { describe, expect, test } from 'vitest';
import type { ChainStation, DeliveryChannel, DeliveryState, LetterState } from '../../src/contracts/delivery.ts';
import { isLastChance, mustPhone, planWays } from '../../src/delivery/near-visit.ts';
import { letterContents } from '../letters/contents.ts';

/** As a unit begins. */
const USUAL: readonly ChainStation[] = [
  { channel: 'page', waitHours: 0 },
  { channel: 'notice', waitHours: 48 },
  { channel: 'digital_post', waitHours: 48 },
  { channel: 'print', waitHours: null },
];
/** A Tuesday. */
const NOW = new Date('2026-03-10T09:00:00+01:00');

const at = (time: string) => new Date(`2026-03-${time}:00+01:00`);
const plan = (visitAt: Date | null) => planWays(USUAL, NOW, visitAt).map((way) => way.at);

describe('the chain of a letter that nobody reads', () => {
  test('goes at its own pace where the visit is far away, or has no day yet', () => {
    const own = [NOW, NOW, at('12T09:00'), at('14T09:00')];
    expect(plan(null)).toEqual(own);
    expect(plan(at('27T10:00'))).toEqual(own);
  });

  test('goes on sooner where the visit is near, so that paper still has four working days', () => {
    // Friday the 20th: the noon of Monday the 16th is the last for paper, and before it that of its own pace.
    expect(plan(at('20T10:00'))).toEqual([NOW, NOW, at('12T09:00'), at('14T09:00')]);
    expect(plan(at('18T10:00'))).toEqual([NOW, NOW, at('12T09:00'), at('12T12:00')]);
    expect(plan(at('17T08:00'))).toEqual([NOW, NOW, at('12T09:00'), null]);
  });

  test('leaves out what would come after the visit', () => {
    expect(plan(at('12T15:00'))).toEqual([NOW, NOW, at('11T15:00'), null]);
    expect(plan(at('11T08:00'))).toEqual([NOW, NOW, null, null]);
    expect(plan(at('10T10:30'))).toEqual([NOW, null, null, null]);
  });
});

test('a channel that is down is left when the next one would be too late by the next try', () => {
  const later = [{ channel: 'print', state: 'waiting' }] as const;
  const [visitAt, now] = [at('16T10:00'), NOW];
  expect(isLastChance(later, { now, nextTry: at('10T11:59'), visitAt })).toBe(false);
  expect(isLastChance(later, { now, nextTry: at('10T12:01'), visitAt })).toBe(true);
  // Too late already: there is nothing to lose.
  expect(isLastChance(later, { now: at('10T12:01'), nextTry: at('10T13:00'), visitAt })).toBe(false);
  expect(isLastChance([], { now, nextTry: at('10T12:01'), visitAt })).toBe(false);
});

describe('somebody has to call', () => {
  const letter = (state: LetterState, visitAt: Date) => ({
    kind: 'kallelse' as const,
    state,
    contents: letterContents({ visits: [{ ...letterContents().visits[0]!, startsAt: visitAt.toISOString() }] }),
  });
  const [tomorrow, nextWeek] = [at('11T10:00'), at('17T10:00')];
  const way = (channel: DeliveryChannel, state: DeliveryState) => ({ channel, state });
  const page = way('page', 'sent');

  test.each([
    [
      'no channel could bring it',
      letter('queued', nextWeek),
      [page, way('notice', 'skipped'), way('print', 'skipped')],
      true,
    ],
    [
      'it was told, and not read the day before',
      letter('sent', tomorrow),
      [page, way('notice', 'sent'), way('print', 'skipped')],
      true,
    ],
    ['it was told, and there is time', letter('sent', nextWeek), [page, way('notice', 'sent')], false],
    [
      'another channel comes',
      letter('sent', tomorrow),
      [page, way('notice', 'sent'), way('digital_post', 'waiting')],
      false,
    ],
    ['it lies on paper', letter('sent', tomorrow), [page, way('print', 'sent')], false],
    ['somebody has called', letter('sent', tomorrow), [page, way('notice', 'failed'), way('phone', 'sent')], false],
    ['it was read', letter('read', tomorrow), [page, way('notice', 'failed')], false],
  ])('%s: %#', (_, told, ways, isToCall) => {
    expect(mustPhone(told, ways, NOW)).toBe(isToCall);
  });
});
