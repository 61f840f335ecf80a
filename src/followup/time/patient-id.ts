import { addMonths, type LocalDate, parseLocalDate, yearOf } from '../calendar/local-date.ts';

const ADULT_MONTHS = 18 * 12;
/** A samordningsnummer's day is 60 higher (folkbokföringslagen 18 b §). */
const COORDINATION_DAYS = 60;

/** A personnummer with all twelve figures; "+" is said from the year of turning a hundred. */
export function twelveDigits(written: string, ref: LocalDate): string {
  const digits = written.replace(/\D/g, '');
  if (digits.length === 12) return digits;
  const year = Number(digits.slice(0, 2));
  const thisYear = yearOf(ref);
  const latest = thisYear - (((((thisYear % 100) - year) % 100) + 100) % 100);
  return `${String(latest - (written.includes('+') ? 100 : 0)).slice(0, 2)}${digits}`;
}

/** Whether the one who has the number is under 18. */
export function isChild(twelve: string, ref: LocalDate): boolean {
  const day = Number(twelve.slice(6, 8)) % COORDINATION_DAYS;
  const born = parseLocalDate(`${twelve.slice(0, 4)}-${twelve.slice(4, 6)}-${String(day).padStart(2, '0')}`);
  return born !== undefined && addMonths(born, ADULT_MONTHS) > ref;
}
