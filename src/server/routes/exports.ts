import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parsePersonalNumber } from '../../access/personal-number.ts';
import { Id } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import { ExportKinds, ExportKindsQuery, ExportView, NewExport } from '../../contracts/export-api.ts';
import { exportFile } from '../../exchange/export-file.ts';
import { exportedRows } from '../../exchange/export-rows.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { type AuditedTransaction, notFound } from '../../storage/audited-transaction.ts';
import { beginExport, createExport, exportById, exportKinds } from '../../storage/repositories/exports.ts';
import { findPatient } from '../../storage/repositories/patients.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { RequestError } from '../request-error.ts';
import type { QueueRouteParts } from './queue-parts.ts';
import { requireUnit } from './unit-contact.ts';

const OPERATORS = ['operator'] as const;
const params = z.object({ id: Id });
/** From asking for an export to fetching it. */
const KEPT_MS = 10 * 60_000;

/** Everything that a unit owns, and everything of one patient, handed out with a reason. */
export async function exportRoutes(app: FastifyInstance, { storage, now = Date.now }: QueueRouteParts): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/exports/kinds',
      summary: 'The kinds of rows that an export has',
      roles: OPERATORS,
      query: ExportKindsQuery,
      answers: ExportKinds,
    },
    async ({ request, actor, query: { unit } }) => {
      requireUnit(actor, unit);
      const kinds = await storage.withAudit(actor, accessContext(request, 'operation'), exportKinds);
      return { items: [...kinds.ofUnit, ...kinds.ofPatients] };
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/exports',
      summary: 'Ask for an export with a reason, which is logged; it is fetched once, within ten minutes',
      roles: OPERATORS,
      body: NewExport,
      answers: ExportView,
      status: 201,
    },
    async ({ request, actor, body }) => {
      const { unit: unitId, format, reason } = body;
      requireUnit(actor, unitId);
      return storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        const patientId = 'personalNumber' in body ? await patientIdOf(transaction, body.personalNumber, now()) : null;
        const kind = 'kind' in body ? await knownKind(transaction, body) : null;
        const askedBy = transaction.staffId;
        return { id: await createExport(transaction, { unitId, patientId, format, kind, reason, askedBy }) };
      });
    },
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/exports/:id/file',
      summary: 'The file of an export, written while it is read; each patient in it is a line in the log',
      roles: OPERATORS,
      params,
      sends: 'application/octet-stream',
    },
    async ({ request, reply, actor, params: { id } }) => {
      const context = accessContext(request, 'operation');
      const asked = await storage.withAudit(actor, context, async (transaction) => {
        const found = await exportById(transaction, id);
        const isOver = now() - found.createdAt.getTime() > KEPT_MS;
        if (found.askedBy !== actor.id) throw notFound('export');
        if (!isOver && (await beginExport(transaction, id))) return found;
        throw new AppError('STATE_NOT_ALLOWED', 'an export is fetched once, soon after it was asked for', {
          expected: 'a new export',
          got: isOver ? 'one that was asked for long ago' : 'one that was fetched',
        });
      });
      const rows = exportedRows({ storage, actor, context }, asked, now());
      const { type, name, body } = exportFile(asked, rows, stockholmClockAt(now()).date);
      reply
        .type(type)
        .headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${name}"` })
        .send(body);
    },
  );
}

/** Throws NOT_FOUND for nobody of the actor's units, REQUEST_INVALID for what is no number. */
async function patientIdOf(transaction: AuditedTransaction, text: string, nowMs: number): Promise<string> {
  const { number } = parsePersonalNumber(text, stockholmClockAt(nowMs).date);
  const patient = await findPatient(transaction, number);
  if (patient === undefined) throw notFound('patient');
  return patient.id;
}

/** Throws REQUEST_INVALID for what is no table. */
async function knownKind(
  transaction: AuditedTransaction,
  { format, kind }: Extract<NewExport, { kind: string }>,
): Promise<string> {
  if (format === 'import') return kind;
  const { ofUnit, ofPatients } = await exportKinds(transaction);
  if ([...ofUnit, ...ofPatients].includes(kind)) return kind;
  throw new RequestError('REQUEST_INVALID', 'the value of "kind" is not usable', {
    param: 'kind',
    expected: 'a kind of rows that there is',
  });
}
