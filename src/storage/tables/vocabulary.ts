import type { Generated } from 'kysely';
import type { TermLevel } from '../../contracts/vocabulary-levels.ts';
import type { Filled, Versioned } from './columns.ts';

export interface VocabularyTermsTable extends Versioned {
  id: Generated<string>;
  /** Of a unit's list. */
  unitId: string | null;
  /** Of somebody's own list. */
  staffId: string | null;
  term: string;
  soundsLike: string | null;
  level: Generated<TermLevel>;
  enabled: Generated<boolean>;
  addedBy: string | null;
  removedAt: Date | null;
  /** In small letters. */
  termSearch: Filled<string>;
  soundsSearch: Filled<string>;
}

/** One row. */
export interface VocabularyShippedTable {
  id: Filled<boolean>;
  enabled: boolean;
  version: Filled<number>;
  updatedAt: Filled<Date>;
}

export interface VocabularyShippedOffTable {
  /** The term. */
  id: string;
  offAt: Filled<Date>;
}
