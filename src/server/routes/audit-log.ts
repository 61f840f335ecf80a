import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AuditPage, LogQuery } from '../../contracts/access-api-log.ts';
import { Id } from '../../contracts/clinic.ts';
import { listAuditOfPatient } from '../../storage/repositories/logs.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { whoDid } from '../who-did.ts';

/** Who did what with a patient's data; looking is a line of the log itself. */
export async function auditLogRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/patients/:id/log',
      summary: "Who did what with a patient's data, the newest first",
      roles: ['operator'],
      params: z.object({ id: Id }),
      query: LogQuery,
      answers: AuditPage,
    },
    async ({ request, actor, params: { id }, query: { limit, after, from, to } }) => {
      const context = accessContext(request, 'follow-up');
      // One more than the page tells whether there is another.
      const lines = await storage.withAudit(actor, context, (transaction) =>
        listAuditOfPatient(transaction, id, { before: after, limit: limit + 1, from, to }),
      );
      const items = lines
        .slice(0, limit)
        .map((line) => ({ ...line, actorName: whoDid({ ...line, patientId: id }, line.actorName) }));
      return { items, next: lines.length > limit ? String(items.at(-1)!.id) : null };
    },
  );
}
