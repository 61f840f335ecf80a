import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../contracts/errors.ts';
import type { ImportKind } from '../../contracts/exchange-api.ts';
import {
  IMPORT_LIMITS,
  ImportApplyQuery,
  ImportCounts,
  ImportPreview,
  ImportQuery,
  TemplateQuery,
} from '../../contracts/exchange-api.ts';
import { applyImport, previewImport } from '../../exchange/import.ts';
import { IMPORT_FILE_NAMES, importTemplate } from '../../exchange/template.ts';
import { notFound } from '../../storage/audited-transaction.ts';
import { accessContext, type StaffActor } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import type { QueueRouteParts } from './queue-parts.ts';

const IMPORTERS = ['administrator', 'operator'] as const;
const FILE_TYPES = ['text/csv', 'application/vnd.ms-excel', 'application/octet-stream', 'application/fhir+json'];

const CsvFile = z.custom<Buffer>((body) => Buffer.isBuffer(body) && body.length > 0, 'a file as text/csv');

/** Tables into the clinic: first what would become of each row, then just that. */
export async function exchangeRoutes(
  app: FastifyInstance,
  { storage, now = Date.now }: QueueRouteParts,
): Promise<void> {
  app.addContentTypeParser(FILE_TYPES, { parseAs: 'buffer' }, async (_request: unknown, body: unknown) => body);

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/imports/preview',
      summary:
        'Tells what an import would do with each row of a file (text/csv): new, changed, same or refused, and why',
      roles: IMPORTERS,
      query: ImportQuery,
      body: CsvFile,
      bodyLimitBytes: IMPORT_LIMITS.fileBytes,
      answers: ImportPreview,
    },
    async ({ request, actor, query: { kind, unit: unitId }, body }) => {
      requireMayImport(actor, kind, unitId);
      return storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        previewImport(transaction, { kind, unitId }, body, now()),
      );
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/imports',
      summary:
        'Takes a file in as it was previewed, whole or not at all; refused where the file or the clinic has changed',
      roles: IMPORTERS,
      query: ImportApplyQuery,
      body: CsvFile,
      bodyLimitBytes: IMPORT_LIMITS.fileBytes,
      answers: ImportCounts,
    },
    async ({ request, actor, query: { kind, unit: unitId, token }, body }) => {
      requireMayImport(actor, kind, unitId);
      return storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        applyImport(transaction, { kind, unitId, token }, body, now()),
      );
    },
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/imports/template',
      summary: 'An empty file of a kind with its headings',
      roles: IMPORTERS,
      query: TemplateQuery,
      sends: 'text/csv',
    },
    async ({ query: { kind }, reply }) => {
      reply
        .type('text/csv; charset=utf-8')
        .headers({
          'cache-control': 'no-store',
          'content-disposition': `attachment; filename="${IMPORT_FILE_NAMES[kind]}.csv"`,
        })
        .send(importTemplate(kind));
    },
  );
}

/** Accounts are the operators' own affair. */
function requireMayImport(actor: StaffActor, kind: ImportKind, unitId: string): void {
  if (!actor.unitIds.includes(unitId)) throw notFound('unit');
  if (kind !== 'staff' || actor.roles.includes('operator')) return;
  throw new AppError('ROLE_NOT_ALLOWED', 'another role makes accounts', {
    expected: 'operator',
    got: actor.roles.join(', '),
  });
}
