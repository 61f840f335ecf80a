import type { ImportFault } from '../contracts/exchange-api.ts';
import { type LocalDate, localDate } from '../followup/calendar/local-date.ts';
import { type LocalTime, localTime } from '../followup/calendar/local-time.ts';
import type { Read } from './row-reader.ts';

interface Named {
  readonly name: string;
  readonly active: boolean;
}

/** What is in use under a name, however it is written. */
export function oneNamed<Item extends Named>(items: readonly Item[], unknown: ImportFault) {
  return (text: string): Read<Item> => {
    const wanted = text.toLocaleLowerCase('sv');
    const found = items.filter(({ name, active }) => active && name.toLocaleLowerCase('sv') === wanted);
    if (found.length > 1) return { fault: 'several' };
    return found[0] === undefined ? { fault: unknown } : { value: found[0] };
  };
}

/** As `oneNamed`, of names with commas between. */
export function allNamed<Item extends Named>(items: readonly Item[], unknown: ImportFault) {
  const one = oneNamed(items, unknown);
  return (text: string): Read<Item[]> => {
    const found: Item[] = [];
    for (const name of text.split(',')) {
      const read = one(name.trim());
      if ('fault' in read) return read;
      found.push(read.value);
    }
    return { value: found };
  };
}

export function sayNames(ids: readonly string[], items: readonly (Named & { readonly id: string })[]): string {
  const names = ids.flatMap((id) => items.find((one) => one.id === id)?.name ?? []);
  return names.toSorted((one, other) => one.localeCompare(other, 'sv')).join(', ');
}

/** A number from the least to the most, both included. */
export function wholeNumber(least: number, most: number, fault: ImportFault) {
  return (text: string): Read<number> => {
    const value = /^\d{1,4}$/.test(text) ? Number(text) : -1;
    return value >= least && value <= most ? { value } : { fault };
  };
}

/** 2026-04-14, or 20260414. */
export function dateOf(text: string): Read<LocalDate> {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text) ?? [];
  const value = localDate(Number(year), Number(month), Number(day));
  return value === undefined ? { fault: 'date' } : { value };
}

/** 08:30, 8.30, 0830 or 08:30:00. */
export function timeOf(text: string): Read<LocalTime> {
  const [, hour, minute] = /^(\d{1,2})[:.]?(\d{2})(?::00)?$/.exec(text) ?? [];
  const value = hour === undefined ? undefined : localTime(Number(hour), Number(minute));
  return value === undefined ? { fault: 'time' } : { value };
}

/** Minutes since midnight of a time by the clock on the wall; 24:00 is the end of the day. */
export function minuteOfDay(text: string): Read<number> {
  if (/^24[:.]?00$/.test(text)) return { value: 1440 };
  const time = timeOf(text);
  if ('fault' in time) return time;
  const [hour = 0, minute = 0] = time.value.split(':').map(Number);
  return { value: hour * 60 + minute };
}

export function sayMinuteOfDay(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
