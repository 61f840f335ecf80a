import { asWorker } from '../transactions.ts';
import type { ClinicWorld, JobStart } from '../world.ts';

/** The queue's order follows the calendar: earliest times are found anew, so many a round. */
export async function refreshFits(world: ClinicWorld, job: JobStart): Promise<void> {
  await world.refreshFits((work) => asWorker(world, job, work), world.calendar.now());
}
