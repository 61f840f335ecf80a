import type { Transaction } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { Tables } from '../tables/tables.ts';

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** A task of a chain with what its request says. */
export type ChainTask = Awaited<ReturnType<typeof chainTasks>>[number];

/** The tasks that share a task's chain, itself among them; none where it is of another unit. */
export async function chainTasks(transaction: AuditedTransaction, chainId: string) {
  return transaction.read({ action: 'list', object: 'admin_tasks', patientOf }, (tables) =>
    tasksWithRequests(tables).where('adminTasks.chainId', '=', chainId).execute(),
  );
}

/** The same of several chains at once, named by a task of each: one line in the log. */
export async function tasksOfChains(transaction: AuditedTransaction, taskIds: readonly string[]) {
  return transaction.read({ action: 'list', object: 'admin_tasks', patientOf }, (tables) =>
    tasksWithRequests(tables)
      .where('adminTasks.chainId', 'in', (row) =>
        row
          .selectFrom('adminTasks as named')
          .select('named.chainId')
          .where('named.id', 'in', [...taskIds]),
      )
      .execute(),
  );
}

function tasksWithRequests(tables: Transaction<Tables>) {
  return tables
    .selectFrom('adminTasks')
    .innerJoin('bookingRequests', 'bookingRequests.id', 'adminTasks.requestId')
    .innerJoin('units', 'units.id', 'adminTasks.unitId')
    .innerJoin('staff', 'staff.id', 'bookingRequests.orderedBy')
    .leftJoin('patientWishes', (join) =>
      join
        .onRef('patientWishes.chainId', '=', 'adminTasks.chainId')
        .onRef('patientWishes.unitId', '=', 'adminTasks.unitId'),
    )
    .select(['adminTasks.id', 'adminTasks.version', 'adminTasks.state', 'adminTasks.unitId', 'adminTasks.patientId'])
    .select(['adminTasks.chainId', 'adminTasks.type', 'adminTasks.service', 'adminTasks.role'])
    .select(['adminTasks.practitionerId', 'adminTasks.interpreterLanguage', 'adminTasks.claimedBy'])
    .select(['adminTasks.earliestDate', 'adminTasks.targetDate', 'adminTasks.seriesCount'])
    .select(['bookingRequests.fields', 'bookingRequests.createdAt as orderedAt', 'units.defaults'])
    .select('units.seriesAheadMonths')
    .select(['staff.profession as orderedByRole', 'patientWishes.preference as statedWishes'])
    .orderBy('bookingRequests.createdAt')
    .orderBy('adminTasks.id');
}
