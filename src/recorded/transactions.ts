import type { Actor } from '../contracts/access.ts';
import type { TakenJob } from '../queue/backends/backend.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { passFence } from '../storage/repositories/job-fences.ts';
import type { Storage } from '../storage/storage.ts';

const WORKER: Actor = { kind: 'system', id: 'dictation-worker' };

/** As the part of the product that makes notes of recordings; `requestId` is for the log. */
export function asWorker<Result>(
  storage: Pick<Storage, 'withAudit'>,
  requestId: string,
  work: (transaction: AuditedTransaction) => Promise<Result>,
): Promise<Result> {
  return storage.withAudit(WORKER, { purpose: 'care', requestId }, work);
}

/** A job's transaction. Throws Superseded when the job was begun again later, and then nothing is written. */
export function fenced<Result>(
  storage: Pick<Storage, 'withAudit'>,
  job: Pick<TakenJob, 'id' | 'start'>,
  work: (transaction: AuditedTransaction) => Promise<Result>,
): Promise<Result> {
  return asWorker(storage, job.id, async (transaction) => {
    await passFence(transaction.plain, job);
    return work(transaction);
  });
}
