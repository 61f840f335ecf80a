import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTime, type Daypart, daypartSpan, SPOKEN_MINUTES } from '../../../src/followup/calendar/clock-times.ts';
import { localTime, minuteOfDay } from '../../../src/followup/calendar/local-time.ts';

const DAYPARTS: Daypart[] = ['morgon', 'formiddag', 'lunch', 'eftermiddag', 'kvall'];

describe('a spoken time of day', () => {
  it.each([
    ['halv tre', 3, SPOKEN_MINUTES.halv, '14:30', true],
    ['kvart över två', 2, SPOKEN_MINUTES.kvart_over, '14:15', true],
    ['kvart i nio', 9, SPOKEN_MINUTES.kvart_i, '08:45', false],
    ['halv ett', 1, SPOKEN_MINUTES.halv, '12:30', true],
    ['halv åtta', 8, SPOKEN_MINUTES.halv, '07:30', false],
    ['halv sju', 7, SPOKEN_MINUTES.halv, '18:30', true],
    ['fem över halv tio', 10, SPOKEN_MINUTES.fem_over_halv, '09:35', false],
    ['fem i halv tio', 10, SPOKEN_MINUTES.fem_i_halv, '09:25', false],
    ['klockan tolv', 12, 0, '12:00', false],
    ['kl 8', 8, 0, '08:00', false],
    ['kl. 14.30', 14, 30, '14:30', false],
    ['kl 0.15', 0, 15, '00:15', false],
  ])('in clinic hours: %s', (_words, hour, minutes, time, afternoonAssumed) => {
    expect(clockTime(hour, minutes)).toEqual({ time, afternoonAssumed });
  });

  it.each([
    [2, 0, 'eftermiddag', '14:00'],
    [8, 0, 'kvall', '20:00'],
    [8, 0, 'morgon', '08:00'],
    [7, -30, 'morgon', '06:30'],
    [12, 30, 'eftermiddag', '12:30'],
    [1, -30, 'lunch', '12:30'],
    [12, -30, 'lunch', '11:30'],
    [14, 30, 'eftermiddag', '14:30'],
  ] as const)('%i and %i minutes in the %s is %s, and nothing is assumed', (hour, minutes, daypart, time) => {
    expect(clockTime(hour, minutes, daypart)).toEqual({ time, afternoonAssumed: false });
  });

  it.each([
    [15, 0, 'formiddag'],
    [12, 30, 'formiddag'],
    [9, 0, 'eftermiddag'],
    [24, 0, undefined],
    [-1, 0, undefined],
    [14, 60, undefined],
    [2.5, 0, undefined],
    [2, Number.NaN, undefined],
  ] as const)('that contradicts its daypart or does not exist is undefined: %d, %d, %s', (hour, minutes, daypart) => {
    expect(clockTime(hour, minutes, daypart)).toBeUndefined();
  });

  it('of a clock face is always within clinic hours, at the place on the face that was named', () => {
    const anyMinutes = fc.oneof(fc.constantFrom(...Object.values(SPOKEN_MINUTES)), fc.nat(59));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), anyMinutes, (hour, minutes) => {
        const minute = minuteOfDay(clockTime(hour, minutes)!.time);
        expect(minute >= 7 * 60 && minute < 19 * 60).toBe(true);
        expect((minute - hour * 60 - minutes) % 720).toBe(0);
      }),
    );
  });

  it('of 24 hours is itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 13, max: 23 }), fc.nat(59), (hour, minute) => {
        expect(clockTime(hour, minute)).toEqual({ time: localTime(hour, minute), afternoonAssumed: false });
      }),
    );
  });
});

describe('dayparts', () => {
  it('are ordered spans; förmiddag ends where eftermiddag begins', () => {
    for (const { from, before } of DAYPARTS.map(daypartSpan)) expect(from < before).toBe(true);
    expect(daypartSpan('formiddag')).toEqual({ from: '08:00', before: '12:00' });
    expect(daypartSpan('eftermiddag')).toEqual({ from: '12:00', before: '17:00' });
  });
});
