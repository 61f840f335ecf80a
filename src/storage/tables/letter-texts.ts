import type { Generated } from 'kysely';
import type { LetterTextBlock } from '../../contracts/letter-texts.ts';
import type { Versioned } from './columns.ts';

/** Null for a block that is inherited. */
type TextColumns = { [Block in LetterTextBlock]: string | null };

export interface LetterTextsTable extends Versioned, TextColumns {
  id: Generated<string>;
  unitId: string;
  /** Null for the whole unit. */
  visitTypeId: string | null;
}
