import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { LetterDetail, LetterListQuery, LetterPage, SendByBody } from '../../contracts/delivery-api.ts';
import { sendBy, stopLetter, toldBy } from '../../delivery/by-hand.ts';
import { preparationsIn } from '../../delivery/checked-words.ts';
import { composeIssued } from '../../letters/issued.ts';
import { letterAsPdf } from '../../letters/to-pdf.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { letterById, listLetters, stepsOfLetter } from '../../storage/repositories/letters.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { page, sinceAndId } from '../page-cursor.ts';
import { whoDid } from '../who-did.ts';
import { letterViews, patientOfLetter } from './letter-views.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';

const params = z.object({ id: Id });

/** What staff do in place of a channel. */
const TOLD_OTHERWISE = [
  { step: 'hand-over', way: 'hand', summary: 'A letter was given to the patient by hand' },
  { step: 'phoned', way: 'phone', summary: 'The patient was told on the phone what a letter says' },
] as const;

/** Letters that went out: listed, looked at with every step, stopped and sent by hand. */
export async function issuedLetterRoutes(
  app: FastifyInstance,
  { storage, now = Date.now }: QueueRouteParts,
): Promise<void> {
  const detail = async (transaction: AuditedTransaction, id: string): Promise<LetterDetail> => {
    const letter = await letterById(transaction, id);
    const [view] = await letterViews(transaction, [letter]);
    return {
      ...view!,
      steps: (await stepsOfLetter(transaction, id)).map((step) => ({ ...step, by: whoDid(step, step.by) })),
      letter: composeIssued(letter),
      preparations: preparationsIn(letter.contents),
    };
  };

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/letters',
      summary: 'Letters of the own units with their ways, the latest first',
      roles: QUEUE_ROLES,
      query: LetterListQuery,
      answers: LetterPage,
    },
    async ({ request, actor, query: { state: states, limit, after } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const { unitIds } = actor;
        const rows = await listLetters(transaction, { unitIds, states, limit: limit + 1, after: sinceAndId(after) });
        const { items, next } = page(rows, limit, ({ createdAt }) => createdAt);
        const views = await letterViews(transaction, items);
        return { items: views.map((view) => ({ ...view, patient: patientOfLetter(view) })), next };
      }),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/letters/:id',
      summary: 'A letter as it went out, with every step of it',
      roles: QUEUE_ROLES,
      params,
      answers: LetterDetail,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), (transaction) => detail(transaction, id)),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/letters/:id/letter.pdf',
      summary: 'A letter as it went out, on paper',
      roles: QUEUE_ROLES,
      params,
      sends: 'application/pdf',
    },
    async ({ request, reply, actor, params: { id } }) => {
      const letter = await storage.withAudit(actor, accessContext(request, 'booking'), (transaction) =>
        letterById(transaction, id),
      );
      reply
        .header('cache-control', 'no-store')
        .header('content-disposition', 'inline; filename="brev.pdf"')
        .type('application/pdf')
        .send(await letterAsPdf(composeIssued(letter)));
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/letters/:id/stop',
      summary: 'Send a letter no further',
      roles: QUEUE_ROLES,
      params,
      changesVersion: true,
      answers: LetterDetail,
    },
    async ({ request, actor, params: { id }, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await stopLetter(transaction, { id, version });
        return detail(transaction, id);
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/letters/:id/send',
      summary: 'Send a letter by one channel now, for the first time or again',
      roles: QUEUE_ROLES,
      params,
      body: SendByBody,
      changesVersion: true,
      answers: LetterDetail,
    },
    async ({ request, actor, params: { id }, body: { channel }, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await sendBy(transaction, { id, version }, channel, new Date(now()));
        return detail(transaction, id);
      }),
  );

  for (const { step, way, summary } of TOLD_OTHERWISE) {
    apiRoute(
      app,
      {
        method: 'POST',
        url: `/api/letters/:id/${step}`,
        summary: `${summary}: it goes no further by itself`,
        roles: QUEUE_ROLES,
        params,
        changesVersion: true,
        answers: LetterDetail,
      },
      async ({ request, actor, params: { id }, version }) =>
        storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
          await toldBy(transaction, { id, version }, way, new Date(now()));
          return detail(transaction, id);
        }),
    );
  }
}
