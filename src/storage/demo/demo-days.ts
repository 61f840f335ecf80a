const DAY_MS = 86_400_000;

/** A day some days from another; both YYYY-MM-DD. */
export function dayFrom(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
