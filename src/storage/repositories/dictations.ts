import { type Insertable, type Kysely, type Selectable, sql, type Updateable } from 'kysely';
import type { DictationState } from '../../contracts/dictations.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import { jsonText } from '../tables/columns.ts';
import type { DictationsTable } from '../tables/dictations.ts';
import type { PlainTables } from '../tables/tables.ts';
import { changedRow } from './expect.ts';

export type Dictation = Selectable<DictationsTable>;
export type NewDictationRow = Omit<
  Insertable<DictationsTable>,
  'wishes' | 'state' | 'noteId' | 'errorCode' | 'attempts' | 'soundRemovedAt' | 'handedOverAt' | 'handedOverBy'
> & {
  readonly id: string;
  readonly wishes: Dictation['wishes'];
  /** In milliseconds, as a cursor can carry them. */
  readonly createdAt: Date;
};

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** Who has sent it, and by what key. */
export type SentAs = Pick<Dictation, 'apiKeyId' | 'sentBy' | 'idempotencyKey'>;

/** Puts it down unless the sender has sent one by this key before. */
export async function addDictation(
  transaction: AuditedTransaction,
  { wishes, ...dictation }: NewDictationRow,
): Promise<Dictation | undefined> {
  return transaction.write
    .insertInto('dictations')
    .values({ ...dictation, wishes: jsonText(wishes) })
    .onConflict((conflict) => conflict.columns(['apiKeyId', 'sentBy', 'idempotencyKey']).doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function dictationSentAs(
  transaction: AuditedTransaction,
  { apiKeyId, sentBy, idempotencyKey }: SentAs,
): Promise<Dictation | undefined> {
  const [sent] = await transaction.read({ action: 'read', object: 'dictations', patientOf }, (tables) =>
    tables
      .selectFrom('dictations')
      .selectAll()
      .where('apiKeyId', 'is not distinct from', apiKeyId)
      .where('sentBy', 'is not distinct from', sentBy)
      .where('idempotencyKey', '=', idempotencyKey)
      .execute(),
  );
  return sent;
}

export async function dictationById(transaction: AuditedTransaction, id: string): Promise<Dictation> {
  return transaction.readOne({ action: 'read', object: 'dictations', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('dictations').selectAll().where('id', '=', id).execute(),
  );
}

/** The dictation, held until the transaction ends against others who change it. */
export async function lockDictation(transaction: AuditedTransaction, id: string): Promise<Dictation> {
  return transaction.readOne({ action: 'read', object: 'dictations', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('dictations').selectAll().where('id', '=', id).forNoKeyUpdate().execute(),
  );
}

/** Of a note; undefined for one that was not recorded. */
export async function dictationOfNote(transaction: AuditedTransaction, noteId: string): Promise<Dictation | undefined> {
  const [dictation] = await transaction.read({ action: 'read', object: 'dictations', patientOf }, (tables) =>
    tables.selectFrom('dictations').selectAll().where('noteId', '=', noteId).execute(),
  );
  return dictation;
}

type DictationChanges = Pick<
  Updateable<DictationsTable>,
  'state' | 'noteId' | 'errorCode' | 'attempts' | 'handedOverAt' | 'handedOverBy' | 'soundRemovedAt'
>;

/** Throws CONFLICT for another version, STATE_NOT_ALLOWED off the edges of DICTATION_EDGES. */
export async function changeDictation(
  transaction: AuditedTransaction,
  { id, version }: Pick<Dictation, 'id' | 'version'>,
  changes: DictationChanges,
): Promise<Dictation> {
  const rows = await transaction.write
    .updateTable('dictations')
    .set(changes)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'dictation', version);
}

/** Who answers for a key, ended ones included. */
export async function keyOwner(tables: Kysely<PlainTables>, apiKeyId: string): Promise<string | undefined> {
  const key = await tables.selectFrom('apiKeys').select('ownerId').where('id', '=', apiKeyId).executeTakeFirst();
  return key?.ownerId;
}

/** How many wait for the recogniser at the actor's units. */
export async function countWaiting(transaction: AuditedTransaction): Promise<number> {
  const [counted] = await transaction.read({ action: 'list', object: 'dictations', patientOf: () => null }, (tables) =>
    tables
      .selectFrom('dictations')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('state', 'in', ['received', 'transcribing'])
      .execute(),
  );
  return counted!.count;
}

export interface DictationFilter {
  readonly states?: readonly DictationState[] | undefined;
  /** Dictated or sent by this member of staff. */
  readonly staffId?: string | undefined;
  /** The last one of the page before. */
  readonly after?: { readonly since: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** With the patient and the author's name and how far the recogniser is, as lists show them. */
export type DictationRow = Awaited<ReturnType<typeof listDictations>>[number];

/** The newest first. */
export async function listDictations(
  transaction: AuditedTransaction,
  { states, staffId, after, limit, id }: DictationFilter & { readonly id?: string | undefined },
) {
  const action = id === undefined ? 'list' : 'read';
  return transaction.read({ action, object: 'dictations', objectId: id, patientOf }, (tables) => {
    let query = tables
      .selectFrom('dictations')
      .innerJoin('patients', 'patients.id', 'dictations.patientId')
      .innerJoin('staff', 'staff.id', 'dictations.authorId')
      .leftJoin('dictationProgress', 'dictationProgress.dictationId', 'dictations.id')
      .selectAll('dictations')
      .select(['patients.givenName', 'patients.familyName', 'patients.personalNumber', 'patients.protectedIdentity'])
      .select(['staff.givenName as authorGivenName', 'staff.familyName as authorFamilyName'])
      .select(['doneSeconds', 'totalSeconds'])
      .orderBy('dictations.createdAt', 'desc')
      .orderBy('dictations.id', 'desc')
      .limit(limit);
    if (id !== undefined) query = query.where('dictations.id', '=', id);
    if (states !== undefined) query = query.where('dictations.state', 'in', [...states]);
    if (staffId !== undefined) {
      query = query.where((row) => row.or([row('authorId', '=', staffId), row('sentBy', '=', staffId)]));
    }
    if (after !== undefined) {
      query = query.where(
        sql<boolean>`(dictations.created_at, dictations.id) < (${after.since}::timestamptz, ${after.id}::uuid)`,
      );
    }
    return query.execute();
  });
}
