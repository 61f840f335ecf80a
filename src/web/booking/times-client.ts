import { z } from 'zod';
import { TaskTimes, type TimeChoice, type TimeProposal, TimeProposals } from '../../contracts/appointments-api.ts';
import { askApi } from '../shell/ask-api.ts';

/** A task in the version that the page shows. */
interface Seen {
  readonly id: string;
  readonly version: number;
}

/** The server's interface of a task's times. Failures are PageErrors with the server's codes. */
export class TimesClient {
  readonly #csrfToken: string;

  constructor(csrfToken: string) {
    this.#csrfToken = csrfToken;
  }

  proposals(taskId: string): Promise<TimeProposals> {
    return askApi(`/api/tasks/${taskId}/proposals`, TimeProposals);
  }

  hold({ id, version }: Seen, { visits, givesUp }: TimeProposal): Promise<TaskTimes> {
    const body: z.input<typeof TimeChoice> = {
      visits: visits.map(({ taskId, performer, startsAt }) => ({
        taskId,
        performerId: performer.id,
        startsAt: startsAt.toISOString(),
      })),
      givesUp: givesUp.map(({ wish }) => wish),
    };
    return askApi(`/api/tasks/${id}/reservation`, TaskTimes, { ...this.#change(version), body });
  }

  async release({ id, version }: Seen): Promise<void> {
    await askApi(`/api/tasks/${id}/reservation`, z.undefined(), { ...this.#change(version), method: 'DELETE' });
  }

  bookHeld({ id, version }: Seen): Promise<TaskTimes> {
    return askApi(`/api/tasks/${id}/booking`, TaskTimes, { ...this.#change(version), body: { what: 'reserved' } });
  }

  #change(version: number) {
    return { method: 'POST', csrfToken: this.#csrfToken, version } as const;
  }
}
