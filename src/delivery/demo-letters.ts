import type { AccessContext } from '../storage/audited-transaction.ts';
import { OPEN_LETTERS_TO } from '../storage/demo/demo-desk-notes.ts';
import { findStaffByUsername, staffActor } from '../storage/repositories/staff.ts';
import type { Storage } from '../storage/storage.ts';
import { type IssueWorld, issueLetter } from './issue.ts';

const CONTEXT: AccessContext = { purpose: 'booking', requestId: 'demo' };
/** Who works at the demo clinic's desk. */
const SENDER = 'oberg';

/** Sends the letters of a demo clinic that has just been made: about what was called, and one that asks to book. */
export async function sendDemoLetters(storage: Storage, world: IssueWorld): Promise<void> {
  const sender = await findStaffByUsername(storage.plain, SENDER);
  const actor = sender && (await staffActor(storage.plain, sender.id));
  if (actor === undefined) return;
  await storage.withAudit(actor, CONTEXT, async (transaction) => {
    const patientOf = ({ patientId }: { patientId: string }) => patientId;
    const tasks = await transaction.read({ action: 'list', object: 'admin_tasks', patientOf }, (tables) =>
      tables
        .selectFrom('adminTasks')
        .innerJoin('patients', 'patients.id', 'adminTasks.patientId')
        .select(['adminTasks.id', 'adminTasks.patientId'])
        .where((row) =>
          row.or([row('adminTasks.state', '=', 'called'), row('patients.familyName', 'in', [...OPEN_LETTERS_TO])]),
        )
        .execute(),
    );
    for (const { id: taskId } of tasks) {
      await issueLetter(transaction, { taskId, kind: 'kallelse', preparations: 'as-before' }, world);
    }
  });
}
