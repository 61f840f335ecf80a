import { addDays, type LocalDate, parseLocalDate, weekdayOf } from '../../followup/calendar/local-date.ts';

const WEEK_DAYS = 7;

/** A day of all, the week of all, the week of one. */
export const VIEW_NAMES = ['dag', 'vecka', 'resurs'] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

/** Which part of whose calendar is looked at. */
export interface Shown {
  readonly view: ViewName;
  readonly date: LocalDate;
  readonly unitId: string;
  /** One resource, everybody who sees patients, or also rooms, equipment and interpreters. */
  readonly whose: 'performers' | 'all' | { readonly resourceId: string };
}

export interface Period {
  readonly first: LocalDate;
  /** Included. */
  readonly last: LocalDate;
}

/** The days of a view: one, or Monday to Sunday. */
export function periodOf({ view, date }: Pick<Shown, 'view' | 'date'>): Period {
  if (view === 'dag') return { first: date, last: date };
  const first = addDays(date, 1 - weekdayOf(date));
  return { first, last: addDays(first, WEEK_DAYS - 1) };
}

/** The day to look at after going so many periods on, or back. */
export function dateAfter({ view, date }: Pick<Shown, 'view' | 'date'>, periods: number): LocalDate {
  return addDays(date, view === 'dag' ? periods : periods * WEEK_DAYS);
}

/** The view's place in the address, so that it can be linked to and stays when the page is loaded anew. */
export function searchOf({ view, date, unitId, whose }: Shown): string {
  const parts = new URLSearchParams({ vy: view, datum: date, enhet: unitId });
  if (whose === 'all') parts.set('resurs', 'alla');
  else if (whose !== 'performers') parts.set('resurs', whose.resourceId);
  return `?${parts}`;
}

/** What an address asks for, as far as it makes sense. */
export function readSearch(
  search: string,
  { today, unitIds, isNarrow }: { today: LocalDate; unitIds: readonly string[]; isNarrow: boolean },
): { shown: Shown; appointmentId: string | undefined } {
  const parts = new URLSearchParams(search);
  const unit = parts.get('enhet');
  const resource = parts.get('resurs');
  const view = VIEW_NAMES.find((name) => name === parts.get('vy')) ?? (isNarrow ? 'dag' : 'vecka');
  const shown: Shown = {
    view: view === 'resurs' && resource === null ? 'vecka' : view,
    date: parseLocalDate(parts.get('datum') ?? '') ?? today,
    unitId: unitIds.find((id) => id === unit) ?? unitIds[0] ?? '',
    whose: resource === null ? 'performers' : resource === 'alla' ? 'all' : { resourceId: resource },
  };
  return { shown, appointmentId: parts.get('bokning') ?? undefined };
}
