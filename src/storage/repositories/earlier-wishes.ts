import type { Selectable } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { EarlierWishesTable } from '../tables/freed-times.ts';
import type { Appointment } from './appointments.ts';

export type EarlierWish = Selectable<EarlierWishesTable>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** What somebody asks for; asked again, it is asked for so from then on. */
export async function putWish(
  transaction: AuditedTransaction,
  { id: appointmentId, unitId, patientId, chainId }: Pick<Appointment, 'id' | 'unitId' | 'patientId' | 'chainId'>,
  asked: Pick<EarlierWish, 'notBefore' | 'noticeHours' | 'askedBy'>,
): Promise<EarlierWish> {
  return transaction.write
    .insertInto('earlierWishes')
    .values({ appointmentId, unitId, patientId, chainId, ...asked })
    .onConflict((conflict) => conflict.column('appointmentId').where('state', '=', 'open').doUpdateSet(asked))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The open wishes for earlier times than some appointments. */
export async function wishesOfAppointments(
  transaction: AuditedTransaction,
  appointmentIds: readonly string[],
): Promise<EarlierWish[]> {
  if (appointmentIds.length === 0) return [];
  return transaction.read({ action: 'list', object: 'earlier_wishes', patientOf }, (tables) =>
    tables
      .selectFrom('earlierWishes')
      .selectAll()
      .where('appointmentId', 'in', [...appointmentIds])
      .where('state', '=', 'open')
      .execute(),
  );
}

export async function withdrawWish(transaction: AuditedTransaction, appointmentId: string): Promise<void> {
  await transaction.write
    .updateTable('earlierWishes')
    .set({ state: 'withdrawn' })
    .where('appointmentId', '=', appointmentId)
    .where('state', '=', 'open')
    .execute();
}
