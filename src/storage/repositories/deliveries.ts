import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import type { DeliveryReason } from '../../contracts/delivery.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { LetterDeliveriesTable } from '../tables/letters.ts';

export type Delivery = Selectable<LetterDeliveriesTable>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

export type NewDelivery = Pick<
  Insertable<LetterDeliveriesTable>,
  'letterId' | 'unitId' | 'patientId' | 'position' | 'channel' | 'waitHours' | 'state' | 'dueAt' | 'toldAt'
>;

/** In the order given. Throws CONFLICT where the letter has one at that position. */
export async function createDeliveries(
  transaction: AuditedTransaction,
  deliveries: readonly NewDelivery[],
): Promise<Delivery[]> {
  return transaction.write
    .insertInto('letterDeliveries')
    .values([...deliveries])
    .returningAll()
    .execute();
}

/** By their positions, held until the transaction ends. Lock their letter first. */
export async function lockDeliveries(transaction: AuditedTransaction, letterId: string): Promise<Delivery[]> {
  return transaction.read({ action: 'list', object: 'letter_deliveries', patientOf }, (tables) =>
    tables
      .selectFrom('letterDeliveries')
      .selectAll()
      .where('letterId', '=', letterId)
      .orderBy('position')
      .forUpdate()
      .execute(),
  );
}

/** Of some letters, by their positions. */
export async function deliveriesOf(transaction: AuditedTransaction, letterIds: readonly string[]): Promise<Delivery[]> {
  if (letterIds.length === 0) return [];
  return transaction.read({ action: 'list', object: 'letter_deliveries', patientOf }, (tables) =>
    tables
      .selectFrom('letterDeliveries')
      .selectAll()
      .where('letterId', 'in', [...letterIds])
      .orderBy('letterId')
      .orderBy('position')
      .execute(),
  );
}

/** Whether the patient holds a letter of a chain, on paper or in digital post, whose code opens the own page. */
export async function hasGoodCode(transaction: AuditedTransaction, chainId: string, now: Date): Promise<boolean> {
  const record = { action: 'list', object: 'letter_deliveries', patientOf } as const;
  const came = await transaction.read(record, (tables) =>
    tables
      .selectFrom('letterDeliveries')
      .innerJoin('letters', 'letters.id', 'letterDeliveries.letterId')
      .innerJoin('answerCodes', 'answerCodes.chainId', 'letters.chainId')
      .select('letters.patientId')
      .where('letters.chainId', '=', chainId)
      .where('letterDeliveries.state', '=', 'sent')
      .where('letterDeliveries.channel', 'in', ['digital_post', 'print', 'hand'])
      // Whatever revokes a code of a chain revokes all that there are.
      .whereRef('answerCodes.createdAt', '<=', 'letters.createdAt')
      .where('answerCodes.revokedAt', 'is', null)
      .where('answerCodes.expiresAt', '>', now)
      .limit(1)
      .execute(),
  );
  return came.length > 0;
}

export async function letterOfDelivery(transaction: AuditedTransaction, id: string): Promise<string | undefined> {
  const record = { action: 'read', object: 'letter_deliveries', objectId: id, patientOf } as const;
  const [delivery] = await transaction.read(record, (tables) =>
    tables.selectFrom('letterDeliveries').select(['letterId', 'patientId']).where('id', '=', id).execute(),
  );
  return delivery?.letterId;
}

/** Of one that is held. Throws STATE_NOT_ALLOWED off the edges of DELIVERY_EDGES. */
export async function changeDelivery(
  transaction: AuditedTransaction,
  id: string,
  changes: Updateable<LetterDeliveriesTable>,
): Promise<Delivery> {
  return transaction.write
    .updateTable('letterDeliveries')
    .set(changes)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** What waits of a letter, but for one, is not sent. */
export async function stopOthers(
  transaction: AuditedTransaction,
  { letterId, exceptId }: { letterId: string; exceptId: string | null },
  reason: DeliveryReason,
): Promise<void> {
  await transaction.write
    .updateTable('letterDeliveries')
    .set({ state: 'stopped', reason })
    .where('letterId', '=', letterId)
    .where('state', 'in', ['waiting', 'ready'])
    .where((row) => (exceptId === null ? sql<boolean>`true` : row('id', '<>', exceptId)))
    .execute();
}

/** Ids of those whose time passed without their job having done them, the longest due first. */
export async function deliveriesLeft(transaction: AuditedTransaction, before: Date, limit: number): Promise<string[]> {
  const rows = await transaction.read(
    { action: 'list', object: 'letter_deliveries', patientOf: () => null },
    (tables) =>
      tables
        .selectFrom('letterDeliveries')
        .select('id')
        .where('state', '=', 'waiting')
        .where('dueAt', '<', before)
        .orderBy('dueAt')
        .limit(limit)
        .execute(),
  );
  return rows.map(({ id }) => id);
}
