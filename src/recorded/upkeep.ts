import type { JobQueue } from '../queue/backends/backend.ts';
import { dictationsLeft, soundsOfNobody, soundsToRemove } from '../storage/repositories/dictation-upkeep.ts';
import { changeDictation } from '../storage/repositories/dictations.ts';
import { enqueue } from '../storage/repositories/outbox.ts';
import type { Storage } from '../storage/storage.ts';
import type { SoundStore } from './sound-store.ts';
import { asWorker } from './transactions.ts';

const BATCH = 200;
/** A recording is put down within moments of its file; one that was not by then never is. */
const ORPHAN_AFTER_MS = 60 * 60_000;
/** With an empty queue, whatever has not changed for so long has lost its job. */
const LOST_AFTER_MS = 15 * 60_000;

export interface UpkeepOptions {
  readonly storage: Pick<Storage, 'withAudit'>;
  readonly sounds: SoundStore;
  readonly queue: Pick<JobQueue, 'counts'>;
  /** How long sound is kept once its note is signed. */
  readonly keepMs: number;
}

/** Removes sound that has served and files that are nobody's; asks anew for notes whose job was lost. Twice is once. */
export async function keepRecordingsUp({ storage, sounds, queue, keepMs }: UpkeepOptions, now: Date): Promise<void> {
  const requestId = `recordings ${now.toISOString()}`;
  const before = (ms: number) => new Date(now.getTime() - ms);
  const removed = await asWorker(storage, requestId, async (transaction) => {
    const served = await soundsToRemove(transaction, before(keepMs), BATCH);
    for (const dictation of served) await changeDictation(transaction, dictation, { soundRemovedAt: now });
    return served;
  });
  for (const { id } of removed) await sounds.remove(id);
  await sounds.sweep(before(ORPHAN_AFTER_MS), (ids) =>
    asWorker(storage, requestId, (transaction) => soundsOfNobody(transaction, ids)),
  );
  const { waiting, active, delayed } = await queue.counts();
  if (waiting + active + delayed > 0) return;
  await asWorker(storage, requestId, async (transaction) => {
    for (const { id: dictationId } of await dictationsLeft(transaction, before(LOST_AFTER_MS), BATCH)) {
      await enqueue(transaction.plain, { topic: 'dictation.received', payload: { dictationId } });
    }
  });
}
