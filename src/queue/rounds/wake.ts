import { tasksToWake, wakeTask } from '../../storage/repositories/admin-tasks.ts';
import { VersionConflict } from '../../storage/repositories/expect.ts';
import { asWorker } from '../transactions.ts';
import type { ClinicWorld, JobStart } from '../world.ts';

const BATCH = 100;

/** Tasks whose time has come are new again. The next round takes what is beyond a batch. */
export function wakeTasks(world: ClinicWorld, job: JobStart): Promise<void> {
  return asWorker(world, job, async (transaction) => {
    for (const { id, version } of await tasksToWake(transaction, world.calendar.now(), BATCH)) {
      await wakeTask(transaction, id, version).catch((error: unknown) => {
        // Somebody has changed it meanwhile, and knows better.
        if (!(error instanceof VersionConflict)) throw error;
      });
    }
  });
}
