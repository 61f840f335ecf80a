import type { AuditedTransaction } from '../audited-transaction.ts';

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** A task of a chain with what its request says. */
export type ChainTask = Awaited<ReturnType<typeof chainTasks>>[number];

/** The tasks that share a task's chain, itself among them; none where it is of another unit. */
export async function chainTasks(transaction: AuditedTransaction, chainId: string) {
  return transaction.read({ action: 'list', object: 'admin_tasks', patientOf }, (tables) =>
    tables
      .selectFrom('adminTasks')
      .innerJoin('bookingRequests', 'bookingRequests.id', 'adminTasks.requestId')
      .innerJoin('units', 'units.id', 'adminTasks.unitId')
      .innerJoin('staff', 'staff.id', 'bookingRequests.orderedBy')
      .select(['adminTasks.id', 'adminTasks.version', 'adminTasks.state', 'adminTasks.unitId', 'adminTasks.patientId'])
      .select(['adminTasks.chainId', 'adminTasks.type', 'adminTasks.service', 'adminTasks.role'])
      .select(['adminTasks.practitionerId', 'adminTasks.interpreterLanguage', 'adminTasks.claimedBy'])
      .select(['adminTasks.earliestDate', 'adminTasks.targetDate'])
      .select(['bookingRequests.fields', 'bookingRequests.createdAt as orderedAt', 'units.defaults'])
      .select('staff.profession as orderedByRole')
      .where('adminTasks.chainId', '=', chainId)
      .orderBy('bookingRequests.createdAt')
      .orderBy('adminTasks.id')
      .execute(),
  );
}
