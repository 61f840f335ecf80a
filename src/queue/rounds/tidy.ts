import { tidyCodeAttempts } from '../../storage/repositories/answer-codes.ts';
import { tidyReservations } from '../../storage/repositories/appointments.ts';
import { deleteSettled } from '../../storage/repositories/dead-letters.ts';
import { deleteFences } from '../../storage/repositories/job-fences.ts';
import { deleteSent } from '../../storage/repositories/outbox.ts';
import { asWorker } from '../transactions.ts';
import type { ClinicWorld, JobStart } from '../world.ts';

const DAY_MS = 24 * 3_600_000;
const KEEP_SENT_MS = 7 * DAY_MS;
/** Longer than any job lives. */
const KEEP_FENCES_MS = 7 * DAY_MS;
const KEEP_SETTLED_MS = 90 * DAY_MS;
/** Its times have been free since it ran out; whoever comes back late may still book them if they are. */
const KEEP_LAPSED_MS = 3_600_000;
/** Beyond any limit on guessed codes. */
const KEEP_GUESSES_MS = DAY_MS;

/** Clears away what has served. */
export async function tidy(world: ClinicWorld, job: JobStart): Promise<void> {
  const now = Date.now();
  await asWorker(world, job, async (transaction) => {
    await tidyReservations(transaction, new Date(now - KEEP_LAPSED_MS));
    await tidyCodeAttempts(transaction, { startedBefore: new Date(now - KEEP_GUESSES_MS), now: new Date(now) });
  });
  await world.storage.transaction(async (tables) => {
    await deleteSent(tables, new Date(now - KEEP_SENT_MS));
    await deleteFences(tables, new Date(now - KEEP_FENCES_MS));
    await deleteSettled(tables, new Date(now - KEEP_SETTLED_MS));
  });
}
