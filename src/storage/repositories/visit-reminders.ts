import type { Insertable } from 'kysely';
import { sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { VisitRemindersTable } from '../tables/visit-reminders.ts';

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** A unit that reminds its patients by notices, and how many working days before. */
export interface RemindingUnit {
  readonly id: string;
  readonly remindVisitsDays: number;
}

export async function remindingUnits({ plain }: AuditedTransaction): Promise<RemindingUnit[]> {
  const units = await plain
    .selectFrom('units')
    .select(['id', 'remindVisitsDays', 'letterChain'])
    .where('remindVisitsDays', 'is not', null)
    .execute();
  return units
    .filter(({ letterChain }) => letterChain.some(({ channel }) => channel === 'notice'))
    .map(({ id, remindVisitsDays }) => ({ id, remindVisitsDays: remindVisitsDays! }));
}

/** Booked visits of a unit between two instants that were not reminded of at their time; the nearest first. */
export async function visitsToRemind(
  transaction: AuditedTransaction,
  unitId: string,
  { after, before }: { after: Date; before: Date },
  limit: number,
) {
  return transaction.read({ action: 'list', object: 'appointments', patientOf }, (tables) =>
    tables
      .selectFrom('appointments')
      .select(['id', 'patientId', 'startsAt'])
      .where('unitId', '=', unitId)
      .where('state', '=', 'booked')
      .where('taskId', 'is not', null)
      .where('startsAt', '>', after)
      .where('startsAt', '<', before)
      .where(
        sql<boolean>`not exists (select from visit_reminders as known
          where known.appointment_id = appointments.id and known.starts_at = appointments.starts_at)`,
      )
      .orderBy('startsAt')
      .orderBy('id')
      .limit(limit)
      .execute(),
  );
}

/**
 * A visit that is still booked at a time of which nobody has reminded, held until the transaction ends: whoever moves or
 * cancels it waits, and whoever else would remind of it finds that it is done.
 */
export async function holdVisitToRemind(
  transaction: AuditedTransaction,
  { id, startsAt }: { id: string; startsAt: Date },
) {
  const [visit] = await transaction.read(
    { action: 'read', object: 'appointments', objectId: id, patientOf },
    (tables) =>
      tables
        .selectFrom('appointments')
        .select(['id', 'unitId', 'patientId', 'taskId', 'chainId', 'startsAt'])
        .where('id', '=', id)
        .where('state', '=', 'booked')
        .where('startsAt', '=', startsAt)
        .forUpdate()
        .execute(),
  );
  if (visit === undefined) return undefined;
  const known = await transaction.read({ action: 'read', object: 'visit_reminders', patientOf }, (tables) =>
    tables
      .selectFrom('visitReminders')
      .select('patientId')
      .where('appointmentId', '=', id)
      .where('startsAt', '=', startsAt)
      .execute(),
  );
  return known.length > 0 ? undefined : visit;
}

/** What was done about a visit; a second one about the same time is CONFLICT. */
export async function putDownReminder(
  { write }: AuditedTransaction,
  reminder: Insertable<VisitRemindersTable>,
): Promise<void> {
  await write.insertInto('visitReminders').values(reminder).execute();
}

/** The other booked visits of a chain on a day between two instants: the same letter names them. */
export async function visitsBeside(
  transaction: AuditedTransaction,
  { id, chainId }: { id: string; chainId: string },
  { from, to }: { from: Date; to: Date },
) {
  return transaction.read({ action: 'list', object: 'appointments', patientOf }, (tables) =>
    tables
      .selectFrom('appointments')
      .select(['id', 'unitId', 'patientId', 'startsAt'])
      .where('chainId', '=', chainId)
      .where('id', '<>', id)
      .where('state', '=', 'booked')
      .where('startsAt', '>=', from)
      .where('startsAt', '<', to)
      .where(
        sql<boolean>`not exists (select from visit_reminders as known
          where known.appointment_id = appointments.id and known.starts_at = appointments.starts_at)`,
      )
      .execute(),
  );
}
