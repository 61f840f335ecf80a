import type { CalendarView } from '../../contracts/appointments-api.ts';
import { parseLocalDate, weekdayOf } from '../../followup/calendar/local-date.ts';
import type { Shown } from './period.ts';
import {
  type CalendarDayView,
  type CalendarResource,
  type Column,
  columnsOf,
  hasPlaces,
  type Place,
  resourcesShown,
} from './places.ts';

const SATURDAY = 6;

/** What is drawn of a calendar: rows of columns, as the keys go through them. */
export interface Rows {
  readonly rows: readonly (readonly Column[])[];
  readonly resources: readonly CalendarResource[];
  readonly days: readonly CalendarDayView[];
  /** Saturdays and Sundays on which nobody works. */
  readonly hiddenDays: readonly CalendarDayView[];
  /** Every place, found by its key. */
  readonly at: ReadonlyMap<string, { readonly column: Column; readonly place: Place }>;
}

/** A row for each resource in the week of all; else one, of resources or days. */
export function rowsOf({ view, whose }: Shown, calendar: CalendarView): Rows {
  const resources = resourcesShown(calendar.resources, whose);
  const byResource = columnsOf(calendar, resources);
  if (view === 'dag') {
    const ofDay = byResource.flatMap((columns) => columns.slice(0, 1));
    const used = typeof whose === 'object' ? ofDay : ofDay.filter((column) => hasPlaces([column]));
    return {
      rows: [used],
      resources: used.map(({ resource }) => resource),
      days: calendar.days.slice(0, 1),
      hiddenDays: [],
      at: byKey([used]),
    };
  }
  const isHidden = ({ date }: CalendarDayView, index: number) =>
    weekdayOf(parseLocalDate(date)!) >= SATURDAY && !hasPlaces(byResource.map((columns) => columns[index]!));
  const kept = calendar.days.flatMap((day, index) => (isHidden(day, index) ? [] : [index]));
  const rows = byResource.map((columns) => kept.map((index) => columns[index]!));
  return {
    rows: view === 'resurs' ? rows.slice(0, 1) : rows,
    resources: view === 'resurs' ? resources.slice(0, 1) : resources,
    days: kept.map((index) => calendar.days[index]!),
    hiddenDays: calendar.days.filter((_, index) => !kept.includes(index)),
    at: byKey(rows),
  };
}

function byKey(rows: Rows['rows']): Rows['at'] {
  return new Map(
    rows.flatMap((columns) =>
      columns.flatMap((column) => column.places.map((place) => [place.key, { column, place }])),
    ),
  );
}
