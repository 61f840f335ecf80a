import { AppError } from '../contracts/errors.ts';
import { handOver, withdrawDraft } from '../notes/recorded-note.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { clearProgress } from '../storage/repositories/dictation-upkeep.ts';
import { changeDictation, type Dictation, keyOwner, lockDictation } from '../storage/repositories/dictations.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { enqueue } from '../storage/repositories/outbox.ts';

/** The dictation that is to be changed, in the version that was seen; locked. */
async function dictationToChange(transaction: AuditedTransaction, id: string, version: number): Promise<Dictation> {
  const dictation = await lockDictation(transaction, id);
  if (dictation.version !== version) throw new VersionConflict('dictation', version);
  return dictation;
}

/** Has a failed one transcribed again. Throws STATE_NOT_ALLOWED for any other. */
export async function retryDictation(transaction: AuditedTransaction, id: string, version: number): Promise<void> {
  const dictation = await dictationToChange(transaction, id, version);
  requireState(dictation, 'failed');
  await changeDictation(transaction, dictation, { state: 'received', errorCode: null });
  await enqueue(transaction.plain, { topic: 'dictation.received', payload: { dictationId: id } });
}

/** The text is corrected: hands the note to its author for signing. Throws STATE_NOT_ALLOWED for one without a draft. */
export async function handOverDictation(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  now: Date,
): Promise<void> {
  const dictation = await dictationToChange(transaction, id, version);
  requireState(dictation, 'drafted');
  await handOver(transaction, dictation.noteId!, now);
  await changeDictation(transaction, dictation, { handedOverAt: now, handedOverBy: transaction.staffId });
}

/**
 * Takes one back that was sent by mistake, with its draft; its sound is not kept any more. For its author, and for
 * whoever sent it: a member of staff, or a key of the same owner. Throws ROLE_NOT_ALLOWED, and STATE_NOT_ALLOWED once it
 * is signed or its note worked on.
 */
export async function withdrawDictation(transaction: AuditedTransaction, id: string, now: Date): Promise<void> {
  const dictation = await lockDictation(transaction, id);
  await requireSender(transaction, dictation);
  switch (dictation.state) {
    case 'withdrawn':
      return;
    case 'signed':
      return requireState(dictation, 'drafted');
    case 'drafted':
      // The dictation follows its note.
      await withdrawDraft(transaction, dictation.noteId!);
      break;
    case 'received':
    case 'transcribing':
    case 'failed':
      await changeDictation(transaction, dictation, { state: 'withdrawn' });
      await clearProgress(transaction.plain, id);
      break;
    default:
      dictation.state satisfies never;
  }
  await changeDictation(transaction, await lockDictation(transaction, id), { soundRemovedAt: now });
}

async function requireSender(
  { actor, plain }: AuditedTransaction,
  { authorId, sentBy, apiKeyId }: Dictation,
): Promise<void> {
  const isTheirs =
    actor.kind === 'staff'
      ? actor.id === authorId || actor.id === sentBy
      : actor.kind === 'api-key' && apiKeyId !== null && (await keyOwner(plain, apiKeyId)) === actor.ownerId;
  if (isTheirs) return;
  throw new AppError('ROLE_NOT_ALLOWED', 'a dictation is taken back by its author or by whoever sent it', {
    expected: 'the author or the sender',
    got: 'somebody else',
  });
}

function requireState({ state }: Dictation, expected: Dictation['state']): void {
  if (state === expected) return;
  throw new AppError('STATE_NOT_ALLOWED', 'the dictation has come to another state', { expected, got: state });
}
