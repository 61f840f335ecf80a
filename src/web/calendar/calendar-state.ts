import type { AppointmentDetail, CalendarAppointment, CalendarView } from '../../contracts/appointments-api.ts';
import type { MoveReason } from '../../contracts/calendar.ts';
import type { MoveCheck } from '../../contracts/move-api.ts';
import type { LocalDate } from '../../followup/calendar/local-date.ts';
import type { Shown } from './period.ts';
import type { Place } from './places.ts';

/** What the page shows. */
export interface CalendarState {
  readonly phase: 'loading' | 'ready' | 'failed';
  /** The code of why the calendar could not be fetched. */
  readonly failure: string | undefined;
  /** Whether what is shown may be old, because the server does not answer. */
  readonly isOffline: boolean;
  readonly today: LocalDate;
  /** When it was fetched, in milliseconds since 1970-01-01T00:00Z: what was before is past. */
  readonly nowMs: number;
  /** What was asked for last. */
  readonly shown: Shown;
  /** What is drawn, until what was asked for has come. */
  readonly drawn: { readonly shown: Shown; readonly calendar: CalendarView } | undefined;
  readonly open: Opened | undefined;
  readonly carry: Carry | undefined;
  readonly undoable: Undoable | undefined;
  /** What was done or went wrong, in a sentence. */
  readonly notice: string;
  /** The place that gets the focus as soon as it is drawn. */
  readonly wantedFocus: string | undefined;
}

/** What the panel shows. */
export type Opened =
  | { readonly kind: 'free'; readonly place: Place; readonly resourceName: string }
  | {
      readonly kind: 'appointment';
      readonly id: string;
      readonly detail: AppointmentDetail | undefined;
      readonly failure: string | undefined;
    };

/** Where a carried appointment would go. */
export interface Target {
  readonly performerId: string;
  readonly startMs: number;
}

/** An appointment that was picked up and is not dropped yet. */
export interface Carry {
  readonly appointment: CalendarAppointment;
  /** What could take it of what is shown, by the place's key; undefined while it is asked for. */
  readonly times: ReadonlyMap<string, 'fits' | 'asks'> | undefined;
  /** Why nothing can. */
  readonly problem: string | undefined;
  readonly reason: MoveReason;
  readonly target: Target | undefined;
  /** What the server says of the target; undefined while it is asked. */
  readonly check: MoveCheck | undefined;
  /** Somebody wants to drop it where something is given up, and is asked once. */
  readonly isAsking: boolean;
  readonly isSending: boolean;
}

/** What was moved, and from where. */
export interface Undoable {
  readonly moved: readonly { readonly id: string; readonly version: number; readonly before: Target }[];
}

export function firstState(shown: Shown, today: LocalDate): CalendarState {
  return {
    phase: 'loading',
    failure: undefined,
    isOffline: false,
    today,
    nowMs: Date.now(),
    shown,
    drawn: undefined,
    open: undefined,
    carry: undefined,
    undoable: undefined,
    notice: '',
    wantedFocus: undefined,
  };
}
