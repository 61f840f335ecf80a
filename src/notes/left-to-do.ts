import { AppError } from '../contracts/errors.ts';
import type { LeftToDo } from '../contracts/notes-left.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { listFollowUps } from '../storage/repositories/follow-ups.ts';
import { isUnstated } from '../storage/repositories/unsigned-notes.ts';

/** A note was to be signed or thrown away before all was done; `left` says what. */
export class FollowUpsLeft extends AppError {
  readonly left: readonly LeftToDo[];

  constructor(left: readonly LeftToDo[]) {
    const kinds = new Set(left.map(({ kind }) => kind));
    super('FOLLOW_UPS_UNDECIDED', 'something is left to do before this', {
      expected: 'nothing left',
      got: `${left.length}: ${[...kinds].join(', ')}`,
    });
    this.left = left;
  }
}

/** What stands between an open note and its signature, in the order of the text. */
export async function leftToSign(transaction: AuditedTransaction, noteId: string): Promise<LeftToDo[]> {
  const followUps = await listFollowUps(transaction, noteId);
  const undecided = followUps
    .filter(({ state }) => state === 'found')
    .map(({ id, source, reopenedBecause }) => ({
      kind: 'undecided' as const,
      followUpId: id,
      source,
      reopenedBecause,
    }));
  return (await isUnstated(transaction, noteId)) ? [...undecided, { kind: 'unstated' }] : undecided;
}

/** What stands between a draft and throwing it away: whatever asks for something. */
export async function leftToDiscard(transaction: AuditedTransaction, noteId: string): Promise<LeftToDo[]> {
  const followUps = await listFollowUps(transaction, noteId);
  return followUps
    .filter(({ state }) => state !== 'nothing' && state !== 'not_follow_up')
    .map(({ id, source }) => ({ kind: 'asks_for_something' as const, followUpId: id, source }));
}
