import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import {
  PassOn,
  QuestionAnswer,
  QuestionLine,
  QuestionPage,
  QuestionsQuery,
  ReminderList,
} from '../../contracts/notes-api-questions.ts';
import { answer, listQuestionLines, passOn } from '../../notes/questions.ts';
import { reminderLines } from '../../notes/reminders.ts';
import { dismissReminder } from '../../storage/repositories/reminders.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { page, sinceAndId } from '../page-cursor.ts';
import type { NoteRouteParts } from './notes.ts';

const ROLES = ['clinician', 'administrator'] as const;

/** Questions about cards and tasks, and what staff are reminded of. */
export async function questionRoutes(
  app: FastifyInstance,
  { storage, now: clock = Date.now }: NoteRouteParts,
): Promise<void> {
  const now = () => new Date(clock());

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/questions',
      summary: 'Questions that wait for the reader, or that the reader has asked; the oldest first',
      roles: ROLES,
      query: QuestionsQuery,
      answers: QuestionPage,
    },
    ({ request, actor, query: { which, limit, after } }) => {
      const from = sinceAndId(after);
      return storage.withAudit(actor, accessContext(request, 'care'), async (transaction) => {
        const lines = await listQuestionLines(transaction, { which, limit: limit + 1, after: from }, now());
        return page(lines, limit, ({ createdAt }) => createdAt);
      });
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/questions/:id/answer',
      summary: 'Answers a question; a clinician can decide the card with it',
      roles: ROLES,
      params: z.object({ id: Id }),
      body: QuestionAnswer,
      changesVersion: true,
      answers: QuestionLine,
    },
    ({ request, actor, params, version, body }) =>
      storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        answer(transaction, params.id, version, body, now()),
      ),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/questions/:id/pass-on',
      summary: 'Hands a question on to somebody else',
      roles: ROLES,
      params: z.object({ id: Id }),
      body: PassOn,
      changesVersion: true,
      answers: QuestionLine,
    },
    ({ request, actor, params, version, body: { to } }) =>
      storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        passOn(transaction, params.id, version, to, now()),
      ),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/reminders',
      summary: 'What the reader is reminded of',
      roles: ROLES,
      answers: ReminderList,
    },
    ({ request, actor }) =>
      storage.withAudit(actor, accessContext(request, 'care'), async (transaction) => ({
        items: await reminderLines(transaction, now()),
      })),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/reminders/:id/dismiss',
      summary: 'Puts a reminder away',
      roles: ROLES,
      params: z.object({ id: Id }),
    },
    ({ request, actor, params }) =>
      storage.withAudit(actor, accessContext(request, 'care'), (transaction) =>
        dismissReminder(transaction, params.id, actor.id),
      ),
  );
}
