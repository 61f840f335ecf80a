import { daysBetween, type LocalDate, weekdayOf } from '../followup/calendar/local-date.ts';
import { type CalendarDay, instantOn } from './calendar-days.ts';
import type { Closure, SlotTemplate, Span, UnitSchedule } from './schedule.ts';

const DAYS_PER_WEEK = 7;
const MINUTE_MS = 60_000;
const WHOLE_DAY_MINUTES = 1440;
const NOT_CLOSED: readonly Span[] = [];

/** A stretch of a day in which a resource works, as a template says. */
export interface Session extends Span {
  readonly template: SlotTemplate;
}

/** The sessions and closures of a unit, found by resource and day. */
export class SessionBook {
  /** By resource, then by weekday from 1. */
  readonly #templates = new Map<string, SlotTemplate[][]>();
  readonly #closures = new Map<string | null, Closure[]>();
  readonly #sessions = new Map<string, Map<number, readonly Session[]>>();

  constructor({ templates, closures }: Pick<UnitSchedule, 'templates' | 'closures'>) {
    for (const template of templates) {
      const week = this.#templates.get(template.resourceId) ?? Array.from({ length: DAYS_PER_WEEK + 1 }, () => []);
      week[template.weekday]!.push(template);
      this.#templates.set(template.resourceId, week);
    }
    for (const week of this.#templates.values())
      for (const day of week) day.sort((a, b) => a.fromMinute - b.fromMinute);
    for (const closure of closures) {
      const known = this.#closures.get(closure.resourceId);
      if (known) known.push(closure);
      else this.#closures.set(closure.resourceId, [closure]);
    }
  }

  /** Of a resource on a day, by time; closures are not taken off. */
  sessionsOn(resourceId: string, day: CalendarDay): readonly Session[] {
    const ofDay = this.#templates.get(resourceId)?.[day.weekday];
    if (ofDay === undefined || ofDay.length === 0) return [];
    const known = this.#sessions.get(resourceId) ?? new Map<number, readonly Session[]>();
    this.#sessions.set(resourceId, known);
    const found = known.get(day.number);
    if (found !== undefined) return found;
    const sessions = ofDay
      .filter((template) => holdsOn(template, day))
      .map((template) => ({
        template,
        startMs: instantOn(day, template.fromMinute),
        endMs: instantOn(day, template.untilMinute),
      }));
    known.set(day.number, sessions);
    return sessions;
  }

  /** When a resource, or the whole unit, is away on a day. */
  closedOn(resourceId: string, day: CalendarDay): readonly Span[] {
    const ofUnit = this.#closures.get(null);
    const own = this.#closures.get(resourceId);
    if (ofUnit === undefined && own === undefined) return NOT_CLOSED;
    return [...(ofUnit ?? []), ...(own ?? [])]
      .filter(({ firstDay, lastDay }) => firstDay <= day.date && day.date <= lastDay)
      .map(({ fromMinute, untilMinute }) => ({
        startMs: instantOn(day, fromMinute ?? 0),
        endMs: instantOn(day, untilMinute ?? WHOLE_DAY_MINUTES),
      }));
  }
}

/**
 * Where the times of a session begin. They are cut by the time that passes, not by the clock on the wall: the hour that
 * a clock shows twice has twice as many, the one that it jumps over has none.
 */
export function slotStarts({ startMs, endMs, template }: Session): number[] {
  const slotMs = template.slotMinutes * MINUTE_MS;
  const starts: number[] = [];
  for (let atMs = startMs; atMs + slotMs <= endMs; atMs += slotMs) starts.push(atMs);
  return starts;
}

/** Whether patients may take a time of the day themselves, so that care leaves it to them. */
export function isLent({ lentUntilDays }: SlotTemplate, day: CalendarDay, todayNumber: number): boolean {
  return lentUntilDays !== null && todayNumber <= day.number - lentUntilDays;
}

function holdsOn(template: SlotTemplate, day: CalendarDay): boolean {
  const { validFrom, validUntil, everyWeeks, onFreeDays, onBridgeDays } = template;
  if (day.date < validFrom || (validUntil !== null && day.date > validUntil)) return false;
  if (day.isFree && !onFreeDays) return false;
  if (day.kind === 'klamdag' && !onBridgeDays) return false;
  return everyWeeks === 1 || weeksSince(validFrom as LocalDate, day) % everyWeeks === 0;
}

function weeksSince(date: LocalDate, day: CalendarDay): number {
  return Math.floor((daysBetween(date, day.date) + weekdayOf(date) - 1) / DAYS_PER_WEEK);
}
