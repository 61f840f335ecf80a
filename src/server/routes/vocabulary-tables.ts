import type { FastifyInstance } from 'fastify';
import {
  ExportQuery,
  IMPORT_LIMIT_BYTES,
  ImportCounts,
  ImportPreview,
  VocabularyImport,
} from '../../contracts/vocabulary-api.ts';
import { allTerms } from '../../storage/repositories/vocabulary.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { importTerms, previewImport } from '../vocabulary/import-terms.ts';
import { ownerOfList, requireMayChange } from '../vocabulary/list-rights.ts';
import { writeCsv, writeTsv } from '../vocabulary/vocabulary-table.ts';
import type { VocabularyRouteParts } from './vocabulary.ts';

/** As text in JSON, where a character can take several bytes. */
const BODY_LIMIT_BYTES = 2 * IMPORT_LIMIT_BYTES;

const FORMATS = {
  tsv: { type: 'text/tab-separated-values', write: writeTsv },
  csv: { type: 'text/csv', write: writeCsv },
} as const;

/** Whole lists as tables, in and out. */
export async function vocabularyTableRoutes(
  app: FastifyInstance,
  { storage }: Pick<VocabularyRouteParts, 'storage'>,
): Promise<void> {
  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/vocabulary/import/preview',
      summary: 'Tells what an import would do with each line of a table',
      roles: [],
      body: VocabularyImport,
      bodyLimitBytes: BODY_LIMIT_BYTES,
      answers: ImportPreview,
    },
    ({ actor, body: { list, text } }) => previewImport(storage.plain, ownerOfList(actor, list), text),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/vocabulary/import',
      summary: 'Takes a table into a list: adds and changes terms, removes none; leaves out lines that cannot be read',
      roles: [],
      body: VocabularyImport,
      bodyLimitBytes: BODY_LIMIT_BYTES,
      answers: ImportCounts,
    },
    ({ request, actor, body: { list, text } }) => {
      requireMayChange(actor, list);
      const owner = ownerOfList(actor, list);
      return storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        importTerms(transaction, owner, text),
      );
    },
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/vocabulary/export',
      summary: 'A list as a table, tab-separated as the command line reads it, or for spreadsheets',
      roles: [],
      query: ExportQuery,
      sends: 'text/plain',
    },
    async ({ actor, query: { list, format }, reply }) => {
      const terms = await allTerms(storage.plain, ownerOfList(actor, list));
      const { type, write } = FORMATS[format];
      reply
        .type(`${type}; charset=utf-8`)
        .headers({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="ordlista.${format}"` })
        .send(write(terms));
    },
  );
}
