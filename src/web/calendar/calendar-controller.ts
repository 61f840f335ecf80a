import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { TimesClient } from '../booking/times-client.ts';
import { Observable } from '../observable.ts';
import { startLiveHints } from '../queue/live-hints.ts';
import type { PageSession } from '../shell/session.ts';
import { CalendarClient } from './calendar-client.ts';
import { CalendarShown, clockNow } from './calendar-shown.ts';
import { type CalendarState, firstState } from './calendar-state.ts';
import { Mover } from './mover.ts';
import { Opening } from './opening.ts';
import { readSearch, type Shown } from './period.ts';
import { lastLookedAtFirst, rememberUnit } from './remembered-unit.ts';

const TICK_MS = 60_000;

/** What the page's parts act through. */
export interface CalendarController {
  readonly state: Observable<CalendarState>;
  readonly shown: CalendarShown;
  readonly mover: Mover;
  readonly opening: Opening;
  /** What the queue's page asks of booked times, too. */
  readonly times: TimesClient;
  /** Goes to another part of the calendar, and takes along what is carried. */
  show(change: Partial<Shown>): void;
}

/** Begins to show the calendar to whoever is signed in, at the part that the address asks for. */
export function openCalendar(
  { staff, csrfToken }: PageSession,
  { isNarrow }: { isNarrow: boolean },
): CalendarController {
  const { date: today } = stockholmClockAt(Date.now());
  const unitIds = lastLookedAtFirst(staff.units.map(({ id }) => id));
  const { shown: first, appointmentId } = readSearch(location.search, { today, unitIds, isNarrow });
  const state = new Observable<CalendarState>(firstState(first, today));
  const client = new CalendarClient(csrfToken);
  const shown = new CalendarShown(client, state);
  const mover = new Mover(client, state, shown);
  const opening = new Opening(client, state, shown);
  const refresh = () =>
    void shown.refresh().then(() => {
      mover.follow();
      opening.follow();
    });
  startLiveHints((changed) => (changed ? refresh() : shown.whenSettled(refresh)), ['appointment', 'calendar']);
  // The line of now goes on, and what has been is past, also while nothing changes.
  setInterval(() => state.change(clockNow()), TICK_MS);
  void shown.show({});
  if (appointmentId !== undefined) void opening.goTo(appointmentId);
  return {
    state,
    shown,
    mover,
    opening,
    times: new TimesClient(csrfToken),
    show: (change) => {
      if (change.unitId !== undefined) rememberUnit(change.unitId);
      void shown.show(change).then(() => mover.findTimes());
    },
  };
}
