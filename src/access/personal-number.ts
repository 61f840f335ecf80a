import personnummer from 'personnummer';
import type { PersonalNumberKind } from '../contracts/clinic.ts';
import { AppError } from '../contracts/errors.ts';

/** The package's types speak of an ES module; Node loads it as a CommonJS one, which is the class itself. */
const PersonnummerParser = personnummer as unknown as typeof personnummer.default;

/** A patient's number as it is stored. */
export interface PersonalNumber {
  readonly kind: PersonalNumberKind;
  /** 12 digits; a reservnummer as its region writes it, without spaces and hyphens, in capitals. */
  readonly number: string;
  /** YYYY-MM-DD; null where the number does not tell. */
  readonly birthDate: string | null;
}

/** The century sign: "+" from the year in which somebody turns 100. */
const FULL_AGE_OF_PLUS_YEARS = 100;
const COORDINATION_DAYS = 60;

/**
 * Reservnummer differ between regions. Those taken here begin with a date and have a letter where a personnummer has a
 * digit of the birth number, or at its end, as in 20210325K069.
 */
const RESERVNUMMER = /^((?:18|19|20)\d\d)(\d\d)(\d\d)(?=[0-9A-Z]{4}$)[0-9]{0,3}[A-Z][0-9A-Z]{0,3}$/;

/**
 * Reads a number in any common form: 10 or 12 digits, with a hyphen, a plus, or spaces. Ten digits without a plus are
 * of somebody under 100 years on `today` (YYYY-MM-DD). Throws REQUEST_INVALID, and does not tell what came.
 */
export function parsePersonalNumber(text: string, today: string): PersonalNumber {
  const compact = text
    .trim()
    .toUpperCase()
    .replaceAll(/[\s\u00a0-]/g, '');
  return digits(compact, today) ?? reserve(compact) ?? refuse();
}

function refuse(): never {
  throw new AppError('REQUEST_INVALID', 'not a personal number', {
    expected: 'a personnummer, samordningsnummer or reservnummer of 10 or 12 characters with its check digit',
  });
}

function digits(compact: string, today: string): PersonalNumber | undefined {
  const match = /^(\d{2})?(\d{2})(\d{4})(\+)?(\d{4})$/.exec(compact);
  if (!match) return undefined;
  const [, century, year = '', monthAndDay = '', plus, last = ''] = match;
  if (century !== undefined && plus !== undefined) return undefined;
  const fullYear = century === undefined ? yearOf(Number(year), plus !== undefined, today) : Number(century + year);
  const number = `${fullYear}${monthAndDay}${last}`;
  if (!/^(18|19|20)/.test(number) || !PersonnummerParser.valid(number)) return undefined;
  const parsed = PersonnummerParser.parse(number);
  const isCoordination = parsed.isCoordinationNumber();
  const day = Number(parsed.day) - (isCoordination ? COORDINATION_DAYS : 0);
  const birthDate = `${parsed.fullYear}-${parsed.month}-${String(day).padStart(2, '0')}`;
  if (birthDate > today) return undefined;
  return { kind: isCoordination ? 'samordningsnummer' : 'personnummer', number, birthDate };
}

/** The latest year with these last two digits that is not after today's; with a plus, at least 100 years ago. */
function yearOf(twoDigits: number, isPlus: boolean, today: string): number {
  const latest = Number(today.slice(0, 4)) - (isPlus ? FULL_AGE_OF_PLUS_YEARS : 0);
  return latest - ((((latest - twoDigits) % 100) + 100) % 100);
}

function reserve(compact: string): PersonalNumber | undefined {
  const [, year, month, day] = RESERVNUMMER.exec(compact) ?? [];
  if (year === undefined || !isDay(Number(year), Number(month), Number(day))) return undefined;
  return { kind: 'reservnummer', number: compact, birthDate: `${year}-${month}-${day}` };
}

function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** As it is written for people: 850101-9809, with "+" from the year of turning 100, or whole: 19850101-9809. */
export function formatPersonalNumber(number: string, today: string, form: 'short' | 'full' = 'short'): string {
  if (!/^\d{12}$/.test(number)) return number;
  const isHundred = Number(today.slice(0, 4)) - Number(number.slice(0, 4)) >= FULL_AGE_OF_PLUS_YEARS;
  const [begin, end] = [number.slice(0, 8), number.slice(8)];
  return form === 'full' ? `${begin}-${end}` : `${begin.slice(2)}${isHundred ? '+' : '-'}${end}`;
}
