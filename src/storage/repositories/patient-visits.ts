import type { AuditedTransaction } from '../audited-transaction.ts';

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** A booked visit of a patient with the names that the own page shows. */
export type VisitAhead = Awaited<ReturnType<typeof visitsAhead>>[number];

/** What a patient has booked and is not over at an instant, in the order of the clock. */
export async function visitsAhead(transaction: AuditedTransaction, patientId: string, now: Date) {
  return transaction.read({ action: 'list', object: 'appointments', patientOf }, (tables) =>
    tables
      .selectFrom('appointments')
      .innerJoin('visitTypes', 'visitTypes.id', 'appointments.visitTypeId')
      .innerJoin('resources', 'resources.id', 'appointments.performerId')
      .leftJoin('adminTasks', 'adminTasks.id', 'appointments.taskId')
      .select(['appointments.id', 'appointments.version', 'appointments.patientId', 'appointments.unitId'])
      .select(['appointments.taskId', 'appointments.chainId', 'appointments.type'])
      .select(['appointments.startsAt', 'appointments.endsAt'])
      .select((row) => row.fn.coalesce('visitTypes.publicName', 'visitTypes.name').as('visitTypeName'))
      .select(['visitTypes.patientsRebook', 'resources.name as performerName', 'adminTasks.preparations'])
      .where('appointments.patientId', '=', patientId)
      .where('appointments.state', '=', 'booked')
      .where('appointments.endsAt', '>', now)
      .orderBy('appointments.startsAt')
      .execute(),
  );
}

/** Why a patient cancelled the latest visit of a task, in the words that were kept; undefined where nobody did. */
export async function patientsCancellation(
  transaction: AuditedTransaction,
  taskId: string,
): Promise<{ readonly startsAt: Date; readonly cancelNote: string | null } | undefined> {
  const rows = await transaction.read({ action: 'read', object: 'appointments', patientOf }, (tables) =>
    tables
      .selectFrom('appointments')
      .select(['patientId', 'startsAt', 'cancelNote', 'cancelReason'])
      .where('taskId', '=', taskId)
      .where('state', '=', 'cancelled')
      .orderBy('updatedAt', 'desc')
      .limit(1)
      .execute(),
  );
  return rows.find(({ cancelReason }) => cancelReason === 'patient');
}
