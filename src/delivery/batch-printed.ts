import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { letterById } from '../storage/repositories/letters.ts';
import { markPrinted, type PrintBatch } from '../storage/repositories/print-batches.ts';
import { goOn } from './go-on.ts';

/** The letters of a pile are on their way, and wait to be read. Throws NOT_FOUND, CONFLICT for another version. */
export async function batchPrinted(
  transaction: AuditedTransaction,
  seen: Pick<PrintBatch, 'id' | 'version'>,
  now: Date,
): Promise<void> {
  for (const delivery of await markPrinted(transaction, seen, now)) {
    await goOn(transaction, await letterById(transaction, delivery.letterId), delivery, now);
  }
}
