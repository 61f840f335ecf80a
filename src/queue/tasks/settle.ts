import { taskById, wakeTask } from '../../storage/repositories/admin-tasks.ts';
import { questionById } from '../../storage/repositories/questions.ts';
import { dismissReminders } from '../../storage/repositories/reminders.ts';
import { taskIdOfRequest } from '../../storage/repositories/task-sources.ts';
import { fenced } from '../transactions.ts';
import type { ClinicWorld, JobStart } from '../world.ts';

/** A withdrawn request has taken its task with it, by the database itself; here goes what reminded of it. */
export function recall(world: ClinicWorld, job: JobStart, requestId: string): Promise<void> {
  return fenced(world, job, async (transaction) => {
    const taskId = await taskIdOfRequest(transaction, requestId);
    if (taskId !== undefined) await dismissReminders(transaction, taskId);
  });
}

/** Whoever was reminded to answer need not be reminded any more. */
export function settleQuestion(world: ClinicWorld, job: JobStart, questionId: string): Promise<void> {
  return fenced(world, job, async (transaction) => {
    const { id, state } = await questionById(transaction, questionId);
    if (state !== 'open') await dismissReminders(transaction, id);
  });
}

/** A task that was laid aside until a time that has passed already is new at once; the others wake by the round. */
export function wakeIfDue(world: ClinicWorld, job: JobStart, taskId: string): Promise<void> {
  return fenced(world, job, async (transaction) => {
    const { state, wakesAt, version } = await taskById(transaction, taskId);
    if (state === 'waiting' && wakesAt !== null && wakesAt <= world.calendar.now()) {
      await wakeTask(transaction, taskId, version);
    }
  });
}
