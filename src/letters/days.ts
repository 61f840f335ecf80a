const STOCKHOLM = 'Europe/Stockholm';
const DAY = new Intl.DateTimeFormat('sv-SE', {
  timeZone: STOCKHOLM,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const PLAIN_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
const CLOCK = new Intl.DateTimeFormat('sv-SE', { timeZone: STOCKHOLM, hour: '2-digit', minute: '2-digit' });

/** "fredag 24 april 2026 kl. 10.30", by the clock in Sweden. */
export function dayAndClock(instant: string): string {
  const at = new Date(instant);
  return `${DAY.format(at)} kl. ${CLOCK.format(at).replace(':', '.')}`;
}

/** "24 april 2026" of an ISO date. */
export function plainDay(date: string): string {
  return PLAIN_DAY.format(new Date(`${date}T00:00:00Z`));
}

/** "30 minuter", "1 timme", "1 timme och 30 minuter". */
export function lengthInWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const parts = [
    ...(hours > 0 ? [hours === 1 ? '1 timme' : `${hours} timmar`] : []),
    ...(rest > 0 ? [rest === 1 ? '1 minut' : `${rest} minuter`] : []),
  ];
  return parts.join(' och ');
}
