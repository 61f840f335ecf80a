import { expect, test } from 'vitest';
import { localDate } from '../../src/followup/calendar/local-date.ts';
import { reasonFor } from '../../src/followup/reasons.ts';

const ref = localDate(2026, 3, 10)!;

test('a reason says its day as people do, with the year when it is another', () => {
  const reason = (carried: string) => reasonFor('holiday_in_window', { carried, words: undefined, ref });
  expect(reason('2026-04-03')).toBe('Det finns en helgdag i tiden: fre 3 april.');
  expect(reason('2027-01-06')).toBe('Det finns en helgdag i tiden: ons 6 januari 2027.');
});

test('a reason names no request by its key, and quotes words as they are', () => {
  expect(reasonFor('needs_referral', { carried: 'R1', words: undefined, ref })).toBe(
    'Undersökningen kräver en remiss.',
  );
  expect(reasonFor('time_missing', { carried: undefined, words: '$& {dag}', ref })).toContain('("$& {dag}")');
});
