import type { z } from 'zod';
import type {
  AppointmentDetail,
  AppointmentView,
  CancelBody,
  ChangedAppointments,
} from '../../contracts/appointments-api.ts';
import type { NoShowBody, NoShows } from '../../contracts/no-show-api.ts';
import { parseLocalDate } from '../../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { ATTENDED, calendarError, CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import { NO_SHOW_MESSAGES as missed } from '../messages/no-show.sv.ts';
import type { Observable } from '../observable.ts';
import { PageError } from '../page-error.ts';
import type { Attended, CalendarClient } from './calendar-client.ts';
import type { CalendarShown } from './calendar-shown.ts';
import type { CalendarState } from './calendar-state.ts';
import type { Place } from './places.ts';

/** What is open in the panel, and what is done with it there. */
export class Opening {
  readonly #client: CalendarClient;
  readonly #state: Observable<CalendarState>;
  readonly #shown: CalendarShown;
  #visitTypes: { readonly unitId: string; readonly names: Promise<ReadonlyMap<string, string>> } | undefined;

  constructor(client: CalendarClient, state: Observable<CalendarState>, shown: CalendarShown) {
    this.#client = client;
    this.#state = state;
    this.#shown = shown;
  }

  openFree(place: Place, resourceName: string): void {
    this.#state.change({ open: { kind: 'free', place, resourceName } });
  }

  /** The names of what can be booked at the unit that is shown. */
  visitTypeNames(): Promise<ReadonlyMap<string, string>> {
    const { unitId } = this.#state.get().shown;
    if (this.#visitTypes?.unitId !== unitId) {
      this.#visitTypes = { unitId, names: this.#client.visitTypeNames(unitId).catch(() => new Map()) };
    }
    return this.#visitTypes!.names;
  }

  async open(id: string): Promise<AppointmentDetail | undefined> {
    this.#state.change({ open: { kind: 'appointment', id, detail: undefined, failure: undefined } });
    return this.#fetch(id);
  }

  /** Opens a visit that may lie elsewhere in the calendar, and goes to its day. */
  async goTo(id: string): Promise<void> {
    const detail = await this.open(id);
    if (!detail) return;
    const { date } = stockholmClockAt(+detail.startsAt);
    const { shown } = this.#state.get();
    const isHere = this.#state.get().drawn?.calendar.days.some((day) => parseLocalDate(day.date) === date);
    const whose = typeof shown.whose === 'object' ? { resourceId: detail.performer.id } : shown.whose;
    if (!isHere || typeof shown.whose === 'object') await this.#shown.show({ unitId: detail.unitId, date, whose });
  }

  /** Throws PageError. */
  visitsOf(patientId: string): Promise<readonly AppointmentView[]> {
    return this.#client.visitsOf(patientId);
  }

  close(): void {
    this.#state.change({ open: undefined });
  }

  /** After what is shown was fetched anew. */
  follow(): void {
    const { open } = this.#state.get();
    if (open?.kind === 'appointment') void this.#fetch(open.id);
  }

  cancel(detail: AppointmentDetail, body: z.input<typeof CancelBody>): Promise<void> {
    return this.#change(detail, this.#client.cancel(detail, body), words.cancelled);
  }

  attend(detail: AppointmentDetail, state: Attended): Promise<void> {
    return this.#change(detail, this.#client.attend(detail, state), ATTENDED[state]);
  }

  /** Nobody came. */
  miss(detail: AppointmentDetail, body: NoShowBody): Promise<void> {
    return this.#change(detail, this.#client.missed(detail, body), missed.done);
  }

  takeBackMissed(detail: AppointmentDetail): Promise<void> {
    return this.#change(detail, this.#client.takeBackMissed(detail), missed.takenBack);
  }

  missedBefore(id: string): Promise<NoShows> {
    return this.#client.missedBefore(id);
  }

  async #change({ id }: AppointmentDetail, change: Promise<ChangedAppointments>, done: string): Promise<void> {
    try {
      const { remarks } = await change;
      this.#state.change({ notice: [done, ...remarks.map((remark) => `${remark}.`)].join(' '), undoable: undefined });
    } catch (error) {
      this.#state.change({ notice: calendarError(PageError.from(error).code) });
    }
    await Promise.all([this.#shown.reload(), this.#fetch(id)]);
  }

  async #fetch(id: string): Promise<AppointmentDetail | undefined> {
    const isOpen = () => {
      const { open } = this.#state.get();
      return open?.kind === 'appointment' && open.id === id;
    };
    try {
      const detail = await this.#client.appointment(id);
      if (isOpen()) this.#state.change({ open: { kind: 'appointment', id, detail, failure: undefined } });
      return detail;
    } catch (error) {
      const failure = PageError.from(error).code;
      if (isOpen()) this.#state.change({ open: { kind: 'appointment', id, detail: undefined, failure } });
      return undefined;
    }
  }
}
