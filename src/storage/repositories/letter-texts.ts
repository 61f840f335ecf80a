import type { Selectable } from 'kysely';
import {
  DEFAULT_LETTER_TEXTS,
  LETTER_TEXT_BLOCKS,
  type LetterTexts,
  type OwnLetterTexts,
  withInherited,
} from '../../contracts/letter-texts.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { LetterTextsTable } from '../tables/letter-texts.ts';
import { VersionConflict } from './expect.ts';

/** Before anybody wrote anything. */
const UNWRITTEN_VERSION = 1;

/** Whose texts. */
export interface LetterTextsOwner {
  readonly unitId: string;
  /** Null for the whole unit. */
  readonly visitTypeId: string | null;
}

/** What an owner has of its own, and what it inherits. */
export interface StoredLetterTexts {
  readonly own: OwnLetterTexts;
  readonly inherited: LetterTexts;
  readonly version: number;
}

type Row = Selectable<LetterTextsTable>;

/** The text blocks of a letter: the visit type's, else the unit's, else the product's. */
export async function letterTextsFor(transaction: AuditedTransaction, owner: LetterTextsOwner): Promise<LetterTexts> {
  const { own, inherited } = await storedLetterTexts(transaction, owner);
  return withInherited(own, inherited);
}

export async function storedLetterTexts(
  transaction: AuditedTransaction,
  { unitId, visitTypeId }: LetterTextsOwner,
): Promise<StoredLetterTexts> {
  const rows = await rowsOfUnit(transaction, unitId);
  const ofUnit = rows.find((row) => row.visitTypeId === null);
  const row = rows.find((each) => each.visitTypeId === visitTypeId);
  return {
    own: ownTexts(row),
    inherited: visitTypeId === null ? DEFAULT_LETTER_TEXTS : withInherited(ofUnit, DEFAULT_LETTER_TEXTS),
    version: row?.version ?? UNWRITTEN_VERSION,
  };
}

/** How many blocks each has of its own, by the id of the visit type; null for the whole unit. */
export async function ownBlocksOf(
  transaction: AuditedTransaction,
  unitId: string,
): Promise<ReadonlyMap<string | null, number>> {
  const rows = await rowsOfUnit(transaction, unitId);
  return new Map(
    rows.map((row) => [row.visitTypeId, LETTER_TEXT_BLOCKS.filter((block) => row[block] !== null).length]),
  );
}

/** Writes all blocks. Throws CONFLICT when there is another version of them than was seen. */
export async function putLetterTexts(
  { ofUnits }: AuditedTransaction,
  { unitId, visitTypeId }: LetterTextsOwner,
  version: number,
  own: OwnLetterTexts,
): Promise<void> {
  const rows =
    version === UNWRITTEN_VERSION
      ? await ofUnits
          .insertInto('letterTexts')
          .values({ unitId, visitTypeId, ...own })
          .onConflict((conflict) => conflict.doNothing())
          .returning('id')
          .execute()
      : await ofUnits
          .updateTable('letterTexts')
          .set(own)
          .where('unitId', '=', unitId)
          .where('visitTypeId', 'is not distinct from', visitTypeId)
          .where('version', '=', version)
          .returning('id')
          .execute();
  if (rows.length === 0) throw new VersionConflict('text', version);
}

async function rowsOfUnit({ ofUnits }: AuditedTransaction, unitId: string): Promise<Row[]> {
  return ofUnits.selectFrom('letterTexts').selectAll().where('unitId', '=', unitId).execute();
}

function ownTexts(row: Row | undefined): OwnLetterTexts {
  return Object.fromEntries(LETTER_TEXT_BLOCKS.map((block) => [block, row?.[block] ?? null])) as OwnLetterTexts;
}
