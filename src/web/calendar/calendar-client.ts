import type { z } from 'zod';
import {
  AppointmentDetail,
  AppointmentList,
  type AppointmentView,
  type AttendanceBody,
  CalendarView,
  type CancelBody,
  ChangedAppointments,
  type MoveBody,
} from '../../contracts/appointments-api.ts';
import { VisitTypeList } from '../../contracts/calendar-api.ts';
import { MoveCheck, MoveTimes } from '../../contracts/move-api.ts';
import { type NoShowBody, NoShows } from '../../contracts/no-show-api.ts';
import { ApiClient } from '../shell/api-client.ts';
import type { Target } from './calendar-state.ts';
import type { Period } from './period.ts';

/** An appointment in the version that the page shows. */
interface Seen {
  readonly id: string;
  readonly version: number;
}

/** The server's interface of the calendar. Failures are PageErrors with the server's codes. */
export class CalendarClient extends ApiClient {
  calendar(unitId: string, { first, last }: Period): Promise<CalendarView> {
    const query = new URLSearchParams({ unit: unitId, from: first, to: last });
    return this.ask(`/api/calendar?${query}`, CalendarView);
  }

  appointment(id: string): Promise<AppointmentDetail> {
    return this.ask(`/api/appointments/${id}`, AppointmentDetail);
  }

  /** A patient's visits at the own units, lately and ahead. */
  async visitsOf(patientId: string): Promise<readonly AppointmentView[]> {
    return (await this.ask(`/api/patients/${patientId}/appointments`, AppointmentList)).items;
  }

  async visitTypeNames(unitId: string): Promise<ReadonlyMap<string, string>> {
    const { items } = await this.ask(`/api/visit-types?${new URLSearchParams({ unit: unitId })}`, VisitTypeList);
    return new Map(items.map(({ id, name }) => [id, name]));
  }

  moveTimes(id: string, { first, last }: Period): Promise<MoveTimes> {
    return this.ask(`/api/appointments/${id}/move/times?${new URLSearchParams({ from: first, to: last })}`, MoveTimes);
  }

  checkMove(id: string, target: Target): Promise<MoveCheck> {
    return this.ask(`/api/appointments/${id}/move/check`, MoveCheck, { method: 'POST', body: placeOf(target) });
  }

  move(
    seen: Seen,
    target: Target,
    how: Pick<z.input<typeof MoveBody>, 'givesUp' | 'reason'>,
  ): Promise<ChangedAppointments> {
    return this.#act(seen, 'move', { ...placeOf(target), ...how });
  }

  cancel(seen: Seen, body: z.input<typeof CancelBody>): Promise<ChangedAppointments> {
    return this.#act(seen, 'cancel', body);
  }

  attend(seen: Seen, state: Attended): Promise<ChangedAppointments> {
    return this.#act(seen, 'attendance', { state });
  }

  missed(seen: Seen, body: NoShowBody): Promise<ChangedAppointments> {
    return this.#act(seen, 'no-show', body);
  }

  takeBackMissed(seen: Seen): Promise<ChangedAppointments> {
    return this.#act(seen, 'no-show/take-back');
  }

  missedBefore(id: string): Promise<NoShows> {
    return this.ask(`/api/appointments/${id}/no-shows`, NoShows);
  }

  #act({ id, version }: Seen, what: string, body?: unknown): Promise<ChangedAppointments> {
    return this.change('POST', `/api/appointments/${id}/${what}`, ChangedAppointments, {
      version,
      ...(body !== undefined && { body }),
    });
  }
}

/** A patient who has come, or a visit that is done. */
export type Attended = Exclude<z.input<typeof AttendanceBody>['state'], 'no_show'>;

function placeOf({ performerId, startMs }: Target) {
  return { performerId, startsAt: new Date(startMs).toISOString() };
}
