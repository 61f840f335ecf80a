import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { DeadLetterPage, DeadLetterQuery, QueueState } from '../../contracts/operations-api.ts';
import type { BookingQueue } from '../../queue/booking-queue.ts';
import { type DeadLetter, listDeadLetters, retryDeadLetter } from '../../storage/repositories/dead-letters.ts';
import type { Storage } from '../../storage/storage.ts';
import { apiRoute } from '../api-route.ts';

const OPERATORS = ['operator'] as const;

interface OperationsOptions {
  readonly storage: Storage;
  readonly queue: BookingQueue;
}

/** What operators see of the job queue and do about it. */
export async function operationsRoutes(app: FastifyInstance, { storage, queue }: OperationsOptions): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/operations/queue',
      summary: 'How the job queue is doing',
      roles: OPERATORS,
      answers: QueueState,
    },
    () => queue.status(),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/operations/dead-letters',
      summary: 'Jobs that were given up, the oldest first, with the reason in words',
      roles: OPERATORS,
      query: DeadLetterQuery,
      answers: DeadLetterPage,
    },
    async ({ query }) => {
      const letters = await listDeadLetters(storage.plain, query);
      return { items: letters.map(view), next: letters.length < query.limit ? null : letters.at(-1)!.id };
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/operations/dead-letters/:id/retry',
      summary: 'Has a job that was given up done again',
      roles: OPERATORS,
      params: z.object({ id: Id }),
    },
    async ({ params, actor }) => {
      await storage.transaction((tables) => retryDeadLetter(tables, params.id, actor.id));
    },
  );
}

function view({ id, topic, payload, code, reason, attempts, failedAt }: DeadLetter) {
  const { data: subject = {} } = z.record(z.string(), z.string()).safeParse(payload);
  return { id, topic, subject, code, reason, attempts, failedAt };
}
