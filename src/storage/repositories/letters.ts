import { type Insertable, type Selectable, sql } from 'kysely';
import type { LetterState } from '../../contracts/delivery.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import { jsonText } from '../tables/columns.ts';
import type { LetterStepsTable, LettersTable } from '../tables/letters.ts';
import { changedRow } from './expect.ts';

export type Letter = Selectable<LettersTable>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** Letters that a later one of their chain takes the place of. */
const UNDER_WAY = ['queued', 'sent'] as const;

export type NewLetter = Pick<
  Insertable<LettersTable>,
  'unitId' | 'patientId' | 'chainId' | 'taskId' | 'kind' | 'form'
> &
  Pick<Letter, 'contents' | 'texts'>;

/** Puts down a letter as it goes out. Throws CONFLICT while another one of its chain is under way. */
export async function createLetter(
  transaction: AuditedTransaction,
  { contents, texts, ...letter }: NewLetter,
): Promise<Letter> {
  return transaction.write
    .insertInto('letters')
    .values({ ...letter, contents: jsonText(contents), texts: jsonText(texts) })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function letterById(transaction: AuditedTransaction, id: string): Promise<Letter> {
  return transaction.readOne({ action: 'read', object: 'letters', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('letters').selectAll().where('id', '=', id).execute(),
  );
}

/** Held until the transaction ends: before its deliveries, so that no two wait for each other. */
export async function lockLetter(transaction: AuditedTransaction, id: string): Promise<Letter> {
  return transaction.readOne({ action: 'read', object: 'letters', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('letters').selectAll().where('id', '=', id).forUpdate().execute(),
  );
}

/** The latest first. */
export async function lettersOfPatient(transaction: AuditedTransaction, patientId: string): Promise<Letter[]> {
  return lettersWhere(transaction, 'patientId', patientId);
}

/** The latest first. */
export async function lettersOfChain(transaction: AuditedTransaction, chainId: string): Promise<Letter[]> {
  return lettersWhere(transaction, 'chainId', chainId);
}

async function lettersWhere(
  transaction: AuditedTransaction,
  column: 'patientId' | 'chainId',
  id: string,
): Promise<Letter[]> {
  return transaction.read({ action: 'list', object: 'letters', patientOf }, (tables) =>
    tables
      .selectFrom('letters')
      .selectAll()
      .where(column, '=', id)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .execute(),
  );
}

/** The patient has opened it: what was still to be sent is not. Harmless for one that was read, stopped or replaced. */
export async function markLetterRead(transaction: AuditedTransaction, letterId: string): Promise<void> {
  await transaction.write
    .updateTable('letters')
    .set({ state: 'read', readAt: new Date() })
    .where('id', '=', letterId)
    .where('state', 'in', UNDER_WAY)
    .execute();
}

/** What waits of it is not sent. Throws CONFLICT for another version, STATE_NOT_ALLOWED off the edges. */
export async function endLetter(
  transaction: AuditedTransaction,
  { id, version }: Pick<Letter, 'id' | 'version'>,
  state: Extract<LetterState, 'stopped' | 'replaced'>,
): Promise<Letter> {
  const rows = await transaction.write
    .updateTable('letters')
    .set({ state })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'letter', version);
}

export interface LetterListing {
  readonly unitIds: readonly string[];
  readonly states: readonly LetterState[];
  readonly limit: number;
  /** The last one of the page before. */
  readonly after: { readonly id: string; readonly since: Date } | undefined;
}

/** Of some units with whose they are, the latest first. */
export async function listLetters(transaction: AuditedTransaction, { unitIds, states, limit, after }: LetterListing) {
  return transaction.read({ action: 'list', object: 'letters', patientOf }, (tables) => {
    const query = tables
      .selectFrom('letters')
      .innerJoin('patients', 'patients.id', 'letters.patientId')
      .select(['letters.id', 'letters.unitId', 'letters.patientId', 'letters.taskId', 'letters.kind', 'letters.form'])
      .select(['letters.state', 'letters.readAt', 'letters.createdAt', 'letters.version'])
      .select(['patients.givenName', 'patients.familyName', 'patients.protectedIdentity'])
      .where('letters.unitId', 'in', [...unitIds])
      .where('letters.state', 'in', [...states])
      .orderBy('letters.createdAt', 'desc')
      .orderBy('letters.id', 'desc')
      .limit(limit);
    if (after === undefined) return query.execute();
    const place = sql<boolean>`(letters.created_at, letters.id) < (${after.since}::timestamptz, ${after.id}::uuid)`;
    return query.where(place).execute();
  });
}

/** What happened to a letter and to its ways, with who did it; the oldest first. */
export async function stepsOfLetter(
  transaction: AuditedTransaction,
  letterId: string,
): Promise<(Selectable<LetterStepsTable> & { readonly by: string | null })[]> {
  const record = { action: 'read', object: 'letter_steps', objectId: letterId, patientOf } as const;
  return transaction.read(record, (tables) =>
    tables
      .selectFrom('letterSteps')
      .leftJoin('staff', (join) => join.on(sql`staff.id::text`, '=', sql.ref('letter_steps.actor_id')))
      .selectAll('letterSteps')
      .select(sql<string | null>`staff.given_name || ' ' || staff.family_name`.as('by'))
      .where('letterId', '=', letterId)
      .orderBy('letterSteps.id')
      .execute(),
  );
}
