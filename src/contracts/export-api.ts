import { z } from 'zod';
import { Id } from './clinic.ts';
import { ImportKind } from './exchange-api.ts';

/**
 * `ndjson`: everything of a unit, a row a line; `import`: a kind as a table that can be taken in again; `csv`: one kind of
 * rows, for spreadsheets; `json` and `html`: all of one patient, for a program and to read.
 */
export const EXPORT_FORMATS = ['ndjson', 'import', 'csv', 'html', 'json'] as const;
export const ExportFormat = z.enum(EXPORT_FORMATS);
export type ExportFormat = z.infer<typeof ExportFormat>;

export const EXPORT_REASON = { leastCharacters: 10, mostCharacters: 500 } as const;

const common = {
  unit: Id,
  /** Stays in the log of exports. */
  reason: z
    .string()
    .trim()
    .min(EXPORT_REASON.leastCharacters, 'a reason in a few words')
    .max(EXPORT_REASON.mostCharacters),
};

export const NewExport = z.discriminatedUnion('format', [
  z.object({ format: z.literal('ndjson'), ...common }),
  z.object({ format: z.literal('import'), kind: ImportKind, ...common }),
  z.object({ format: z.literal('csv'), kind: z.string().regex(/^[a-z_]{1,100}$/), ...common }),
  z.object({ format: z.enum(['json', 'html']), personalNumber: z.string().min(1).max(20), ...common }),
]);
export type NewExport = z.infer<typeof NewExport>;

/** It is fetched once, from /api/exports/:id/file, by who asked for it. */
export const ExportView = z.object({ id: Id });
export const ExportKindsQuery = z.object({ unit: Id });
export const ExportKinds = z.object({ items: z.array(z.string()) });
