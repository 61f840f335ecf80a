import { AppError } from '../contracts/errors.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import {
  addDictation,
  countWaiting,
  type Dictation,
  dictationSentAs,
  type SentAs,
} from '../storage/repositories/dictations.ts';
import { enqueue } from '../storage/repositories/outbox.ts';
import { type References, resolveReferences } from './references.ts';

/** At the sender's units: what they dictate in a week would have to wait first. */
const MAX_WAITING = 2_000;

/** A recording whose sound is on the disk. */
export interface NewRecording extends References {
  readonly id: string;
  readonly idempotencyKey: string;
  /** SHA-256 of everything that was sent. */
  readonly bodyHash: Buffer;
  readonly recordedAt: Date;
  readonly wishes: Dictation['wishes'];
  readonly soundBytes: number;
  readonly soundType: string;
}

/**
 * Puts a recording down and asks for its note, in one transaction. The same one sent again is the one that is there,
 * by another id than that of `recording`, whose sound is not needed then. Throws CONFLICT where the key came with
 * something else, RECORDINGS_FULL, REQUEST_INVALID as `resolveReferences` does.
 */
export async function receiveRecording(
  transaction: AuditedTransaction,
  recording: NewRecording,
  now: Date,
): Promise<Dictation> {
  const { patient, author, unit, encounterId, ...row } = recording;
  const sentAs = { ...senderOf(transaction), idempotencyKey: recording.idempotencyKey };
  const earlier = await dictationSentAs(transaction, sentAs);
  if (earlier) return same(earlier, recording);
  const resolved = await resolveReferences(transaction, { patient, author, unit, encounterId });
  await requireRoom(transaction);
  const added = await addDictation(transaction, { ...row, ...sentAs, ...resolved, createdAt: now });
  // Sent twice at once: the other was first.
  if (added === undefined) return same((await dictationSentAs(transaction, sentAs))!, recording);
  await enqueue(transaction.plain, { topic: 'dictation.received', payload: { dictationId: added.id } });
  return added;
}

function senderOf(transaction: AuditedTransaction): Omit<SentAs, 'idempotencyKey'> {
  const { actor } = transaction;
  if (actor.kind === 'api-key') return { apiKeyId: actor.id, sentBy: null };
  return { apiKeyId: null, sentBy: transaction.staffId };
}

function same(earlier: Dictation, { bodyHash }: NewRecording): Dictation {
  if (earlier.bodyHash.equals(bodyHash)) return earlier;
  throw new AppError('CONFLICT', 'the idempotency key was used for another dictation', {
    expected: 'a new key for each dictation, or exactly what was sent with it before',
    got: 'other fields or another file',
  });
}

async function requireRoom(transaction: AuditedTransaction): Promise<void> {
  const waiting = await countWaiting(transaction);
  if (waiting < MAX_WAITING) return;
  throw new AppError('RECORDINGS_FULL', 'too many recordings wait to be transcribed', {
    retryable: true,
    expected: `at most ${MAX_WAITING}`,
    got: `${waiting + 1} with this one`,
  });
}
