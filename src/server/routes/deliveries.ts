import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { NewBatchBody, PileQuery, PrintRoom, ReadQuery } from '../../contracts/delivery-api.ts';
import { batchPrinted } from '../../delivery/batch-printed.ts';
import { readByPost } from '../../delivery/read-by-post.ts';
import type { DeliverySettings } from '../../delivery/settings.ts';
import { composeIssued } from '../../letters/issued.ts';
import { lettersAsPdf } from '../../letters/to-pdf.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { createBatch, lettersOfBatch, lettersToPrint, listBatches } from '../../storage/repositories/print-batches.ts';
import { accessContext, type StaffActor } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { patientOfLetter } from './letter-views.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';

const params = z.object({ id: Id });

/** As many as one folds in an hour, and as a PDF of few megabytes. */
const MAX_LETTERS_OF_BATCH = 100;
const SHOWN_WAITING = 500;
const SHOWN_BATCHES = 10;

/** Letters on paper: what waits for it, piles of them as one PDF, again when the printer jammed. */
export async function printRoutes(app: FastifyInstance, { storage, now = Date.now }: QueueRouteParts): Promise<void> {
  const roomOf = async (transaction: AuditedTransaction, { unitIds }: StaffActor): Promise<PrintRoom> => {
    const waiting = await lettersToPrint(transaction, unitIds, SHOWN_WAITING);
    const batches = await listBatches(transaction, unitIds, SHOWN_BATCHES);
    return {
      waiting: waiting.map((letter) => ({ ...letter, since: letter.createdAt, patient: patientOfLetter(letter) })),
      batches: batches.map((batch) => ({ ...batch, madeBy: batch.madeByName })),
    };
  };

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/print-batches',
      summary: 'Letters that wait to be printed at the own units, and the latest piles',
      roles: QUEUE_ROLES,
      answers: PrintRoom,
    },
    async ({ request, actor }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), (transaction) => roomOf(transaction, actor)),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/print-batches',
      summary: 'Gather what waits to be printed at a unit in a pile',
      roles: QUEUE_ROLES,
      body: NewBatchBody,
      answers: PrintRoom,
      status: 201,
    },
    async ({ request, actor, body: { unitId } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await createBatch(transaction, { unitId, limit: MAX_LETTERS_OF_BATCH });
        return roomOf(transaction, actor);
      }),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/print-batches/:id/letters.pdf',
      summary: 'The letters of a pile in one PDF, each addressed and on pages of its own; the same each time',
      roles: QUEUE_ROLES,
      params,
      query: PileQuery,
      sends: 'application/pdf',
    },
    async ({ request, reply, actor, params: { id }, query: { bothSides: isTwoSided } }) => {
      const letters = await storage.withAudit(actor, accessContext(request, 'booking'), (transaction) =>
        lettersOfBatch(transaction, id),
      );
      const pdf = await lettersAsPdf(letters.map(composeIssued), { title: 'Brev att skriva ut', isTwoSided });
      reply
        .header('cache-control', 'no-store')
        .header('content-disposition', 'inline; filename="utskrift.pdf"')
        .type('application/pdf')
        .send(pdf);
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/print-batches/:id/printed',
      summary: 'The letters of a pile are printed and on their way',
      roles: QUEUE_ROLES,
      params,
      changesVersion: true,
      answers: PrintRoom,
    },
    async ({ request, actor, params: { id }, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await batchPrinted(transaction, { id, version }, new Date(now()));
        return roomOf(transaction, actor);
      }),
  );
}

export interface PostReadParts extends QueueRouteParts {
  readonly digitalPost: DeliverySettings['digitalPost'];
}

/** What digital post services tell. */
export async function postReadRoutes(app: FastifyInstance, { storage, digitalPost }: PostReadParts): Promise<void> {
  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/letter-deliveries/:id/read',
      summary: 'A digital post service tells that a letter was opened, at the address that came with the letter',
      roles: 'anyone',
      params,
      query: ReadQuery,
    },
    async ({ request, params: { id }, query: { token } }) =>
      readByPost(storage, { deliveryId: id, token, secret: digitalPost?.secret, requestId: request.id }),
  );
}
