import { deleteSettled } from '../../storage/repositories/dead-letters.ts';
import { deleteFences } from '../../storage/repositories/job-fences.ts';
import { deleteSent } from '../../storage/repositories/outbox.ts';
import type { ClinicWorld } from '../world.ts';

const DAY_MS = 24 * 3_600_000;
const KEEP_SENT_MS = 7 * DAY_MS;
/** Longer than any job lives. */
const KEEP_FENCES_MS = 7 * DAY_MS;
const KEEP_SETTLED_MS = 90 * DAY_MS;

/** Clears away what has served. */
export function tidy({ storage }: ClinicWorld): Promise<void> {
  return storage.transaction(async (tables) => {
    const now = Date.now();
    await deleteSent(tables, new Date(now - KEEP_SENT_MS));
    await deleteFences(tables, new Date(now - KEEP_FENCES_MS));
    await deleteSettled(tables, new Date(now - KEEP_SETTLED_MS));
  });
}
