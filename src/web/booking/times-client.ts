import { z } from 'zod';
import {
  type AppointmentView,
  type CancelBody,
  CancelCheck,
  ChangedAppointments,
  ComingTimes,
  type MoveBody,
  TaskTimes,
  type TimeChoice,
  type TimeProposal,
  TimeProposals,
} from '../../contracts/appointments-api.ts';
import type { MoveReason } from '../../contracts/calendar.ts';
import { QueueTask } from '../../contracts/queue-api.ts';
import { ApiClient } from '../shell/api-client.ts';

/** A task or an appointment in the version that the page shows. */
interface Seen {
  readonly id: string;
  readonly version: number;
}

/** The server's interface of a task's times. Failures are PageErrors with the server's codes. */
export class TimesClient extends ApiClient {
  proposals(taskId: string): Promise<TimeProposals> {
    return this.ask(`/api/tasks/${taskId}/proposals`, TimeProposals);
  }

  hold({ id, version }: Seen, { visits, givesUp }: TimeProposal): Promise<TaskTimes> {
    const body: z.input<typeof TimeChoice> = {
      visits: visits.map(({ taskId, occasion, performer, startsAt }) => ({
        taskId,
        occasion,
        performerId: performer.id,
        startsAt: startsAt.toISOString(),
      })),
      givesUp: givesUp.map(({ wish }) => wish),
    };
    return this.change('POST', `/api/tasks/${id}/reservation`, TaskTimes, { body, version });
  }

  async release({ id, version }: Seen): Promise<void> {
    await this.change('DELETE', `/api/tasks/${id}/reservation`, z.undefined(), { version });
  }

  bookHeld({ id, version }: Seen): Promise<TaskTimes> {
    return this.change('POST', `/api/tasks/${id}/booking`, TaskTimes, { body: { what: 'reserved' }, version });
  }

  /** The booked times of a task's patient that are ahead. */
  coming(taskId: string): Promise<ComingTimes> {
    return this.ask(`/api/tasks/${taskId}/coming-times`, ComingTimes);
  }

  /** A task that takes no time of its own is done. */
  finish({ id, version }: Seen): Promise<QueueTask> {
    return this.change('POST', `/api/tasks/${id}/done`, QueueTask, { version });
  }

  /** How many visits a series is for which no end was ordained. */
  endSeries({ id, version }: Seen, visits: number): Promise<QueueTask> {
    return this.change('POST', `/api/tasks/${id}/series-end`, QueueTask, { body: { visits }, version });
  }

  otherTimes(appointmentId: string): Promise<TimeProposals> {
    return this.ask(`/api/appointments/${appointmentId}/proposals`, TimeProposals);
  }

  move(
    { id, version, taskId }: Pick<AppointmentView, 'id' | 'version' | 'taskId'>,
    { visits, givesUp }: TimeProposal,
    reason: MoveReason,
  ): Promise<ChangedAppointments> {
    const { performer, startsAt } = visits.find((visit) => visit.taskId === taskId)!;
    const body: z.input<typeof MoveBody> = {
      performerId: performer.id,
      startsAt: startsAt.toISOString(),
      givesUp: givesUp.map(({ wish }) => wish),
      reason,
    };
    return this.change('POST', `/api/appointments/${id}/move`, ChangedAppointments, { body, version });
  }

  /** What cancelling would take along. */
  cancelCheck(appointmentId: string): Promise<CancelCheck> {
    return this.ask(`/api/appointments/${appointmentId}/cancel/check`, CancelCheck);
  }

  cancel({ id, version }: Seen, body: z.input<typeof CancelBody>): Promise<ChangedAppointments> {
    return this.change('POST', `/api/appointments/${id}/cancel`, ChangedAppointments, { body, version });
  }
}
