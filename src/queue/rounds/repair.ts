import { freedTimesLeft } from '../../storage/repositories/freed-times.ts';
import { enqueue } from '../../storage/repositories/outbox.ts';
import { requestsWithoutTask } from '../../storage/repositories/task-sources.ts';
import { asWorker } from '../transactions.ts';
import type { ClinicWorld, JobStart } from '../world.ts';

const BATCH = 500;
/** Far beyond the last attempt: whatever is without a task then was lost. */
const LOST_AFTER_MS = 15 * 60_000;
/** Beyond it, nothing was left behind that an earlier round has not found. */
const LOOK_BACK_MS = 30 * 24 * 3_600_000;

/** Asks anew for what was lost with the job queue's own store. Nothing is lost for long, whatever loses it. */
export function repairLost(world: ClinicWorld, job: JobStart): Promise<void> {
  return asWorker(world, job, async (transaction) => {
    const now = Date.now();
    const span = { after: new Date(now - LOOK_BACK_MS), before: new Date(now - LOST_AFTER_MS), limit: BATCH };
    for (const requestId of await requestsWithoutTask(transaction, span)) {
      await enqueue(transaction.plain, { topic: 'request.created', payload: { requestId } });
    }
    for (const freedTimeId of await freedTimesLeft(transaction, span.before, BATCH)) {
      await enqueue(transaction.plain, { topic: 'time.freed', payload: { freedTimeId } });
    }
  });
}
