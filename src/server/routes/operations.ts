import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import {
  DeadLetterPage,
  DeadLetterQuery,
  type DeadLetterView,
  QueueState,
  SetAsideBody,
} from '../../contracts/operations-api.ts';
import type { BookingQueue } from '../../queue/booking-queue.ts';
import {
  type DeadLetter,
  listDeadLetters,
  reopenDeadLetter,
  retryDeadLetter,
  setDeadLetterAside,
} from '../../storage/repositories/dead-letters.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';

const OPERATORS = ['operator'] as const;
const params = z.object({ id: Id });

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
      params,
    },
    async ({ params: { id }, actor, request }) =>
      storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        await retryDeadLetter(transaction.plain, id, actor.id);
        transaction.record('job-changed', 'dead_letters', id, 'retried');
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/operations/dead-letters/:id/set-aside',
      summary: 'Leaves a job that was given up undone, for a reason',
      roles: OPERATORS,
      params,
      body: SetAsideBody,
    },
    async ({ params: { id }, actor, request, body: { reason } }) =>
      storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        await setDeadLetterAside(transaction.plain, id, { staffId: actor.id, reason });
        transaction.record('job-changed', 'dead_letters', id, 'set aside');
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/operations/dead-letters/:id/reopen',
      summary: 'Takes a job up again that was set aside',
      roles: OPERATORS,
      params,
    },
    async ({ params: { id }, actor, request }) =>
      storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        await reopenDeadLetter(transaction.plain, id);
        transaction.record('job-changed', 'dead_letters', id, 'reopened');
      }),
  );
}

function view(letter: DeadLetter): DeadLetterView {
  const { id, topic, payload, code, reason, attempts, failedAt, settledAt, settledByName, setAsideReason } = letter;
  const { data: subject = {} } = z.record(z.string(), z.string()).safeParse(payload);
  const setAside =
    setAsideReason === null ? null : { by: settledByName ?? '', at: settledAt ?? failedAt, reason: setAsideReason };
  return { id, topic, subject, code, reason, attempts, failedAt, setAside };
}
