import type { ClinicCalendar } from '../../src/queue/world.ts';

/** 2026-03-10 is a Tuesday; every day but weekends is a working day. */
export const CALENDAR: ClinicCalendar = {
  now: () => new Date('2026-03-10T09:00:00Z'),
  today: () => '2026-03-10',
  addWorkingDays(day, workingDays) {
    const date = new Date(`${day}T00:00:00Z`);
    for (let left = Math.abs(workingDays); left > 0; ) {
      date.setUTCDate(date.getUTCDate() + Math.sign(workingDays));
      if (date.getUTCDay() % 6 !== 0) left--;
    }
    return date.toISOString().slice(0, 10);
  },
  morningOf: (day) => new Date(`${day}T06:00:00Z`),
};
