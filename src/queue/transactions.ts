import type { Actor } from '../contracts/access.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { passFence } from '../storage/repositories/job-fences.ts';
import type { ClinicWorld, JobStart } from './world.ts';

const WORKER: Actor = { kind: 'system', id: 'booking-worker' };

/** A job's transaction. Throws Superseded when another worker has begun the job later, and then nothing is written. */
export function fenced<Result>(
  { storage }: ClinicWorld,
  job: JobStart,
  work: (transaction: AuditedTransaction) => Promise<Result>,
): Promise<Result> {
  return asWorker({ storage }, job, async (transaction) => {
    await passFence(transaction.plain, job);
    return work(transaction);
  });
}

/** A transaction of a round, which looks for what is due and changes only what is as it was seen. */
export function asWorker<Result>(
  { storage }: Pick<ClinicWorld, 'storage'>,
  { id: requestId }: Pick<JobStart, 'id'>,
  work: (transaction: AuditedTransaction) => Promise<Result>,
): Promise<Result> {
  return storage.withAudit(WORKER, { purpose: 'booking', requestId }, work);
}
