import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { SendLetterBody, TaskLetters } from '../../contracts/delivery-api.ts';
import { dueLetterKind, latestTold } from '../../delivery/due-letter.ts';
import { issueLetter } from '../../delivery/issue.ts';
import { mustPhone } from '../../delivery/near-visit.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { taskById } from '../../storage/repositories/admin-tasks.ts';
import { lettersOfChain } from '../../storage/repositories/letters.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { letterViews } from './letter-views.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';

const params = z.object({ id: Id });

export interface TaskLetterParts extends QueueRouteParts {
  /** The address at which patients reach this server, without a path. */
  readonly publicUrl: string;
}

/** What the patient of a task has been told, and telling it. */
export async function taskLetterRoutes(
  app: FastifyInstance,
  { storage, publicUrl, now = Date.now }: TaskLetterParts,
): Promise<void> {
  const lettersOf = async (transaction: AuditedTransaction, taskId: string): Promise<TaskLetters> => {
    const task = await taskById(transaction, taskId);
    const letters = await lettersOfChain(transaction, task.chainId);
    const views = await letterViews(transaction, letters);
    const told = latestTold(views);
    return {
      lacks: await dueLetterKind(transaction, task, letters, now()),
      mustPhone: told !== undefined && mustPhone(told, told.deliveries, new Date(now())),
      letters: views,
    };
  };

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/tasks/:id/letters',
      summary: 'Letters about a task and what hangs on it, with their ways, and the one that the patient lacks',
      roles: QUEUE_ROLES,
      params,
      answers: TaskLetters,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), (transaction) => lettersOf(transaction, id)),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/tasks/:id/letter/send',
      summary: 'Send the letter of a task with the words that were checked; what it names as booked is called',
      roles: QUEUE_ROLES,
      params,
      body: SendLetterBody,
      changesVersion: true,
      answers: TaskLetters,
      status: 201,
    },
    async ({ request, actor, params: { id: taskId }, body, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const { kind, largePrint: hasLargePrint, preparations, replaces } = body;
        const order = { taskId, kind, hasLargePrint, preparations, seen: { version, replaces } };
        await issueLetter(transaction, order, { nowMs: now(), publicUrl });
        return lettersOf(transaction, taskId);
      }),
  );
}
