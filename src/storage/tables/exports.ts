import type { Generated } from 'kysely';
import type { ExportFormat } from '../../contracts/export-api.ts';
import type { Versioned } from './columns.ts';

export interface ExportsTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  /** Null for the whole unit. */
  patientId: string | null;
  format: ExportFormat;
  /** Of a table of one kind of rows. */
  kind: string | null;
  reason: string;
  askedBy: string;
  begunAt: Date | null;
  finishedAt: Date | null;
  rowCount: number | null;
}
