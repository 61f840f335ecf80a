const HOUR_MS = 3_600_000;

/** Whole and tenths of hours between two times; 0 for one that lies ahead. */
export function ageHours(since: Date, now: Date): number {
  return Math.max(0, Math.floor(((now.getTime() - since.getTime()) / HOUR_MS) * 10) / 10);
}

export function hoursAfter(time: Date, hours: number): Date {
  return new Date(time.getTime() + hours * HOUR_MS);
}
