import { AppError } from '../contracts/errors.ts';
import { isOpenNote } from '../contracts/notes.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { Note } from '../storage/repositories/notes.ts';

type Whose = Pick<Note, 'authorId' | 'deputyId'>;

/** The author and the deputy decide and sign. */
export function mayDecide({ actor }: AuditedTransaction, { authorId, deputyId }: Whose): boolean {
  return actor.kind === 'staff' && actor.roles.includes('clinician') && [authorId, deputyId].includes(actor.id);
}

/** Administrators correct text, too: a recorded dictation comes to its author with it done. */
export function mayWrite(transaction: AuditedTransaction, note: Whose): boolean {
  const { actor } = transaction;
  return mayDecide(transaction, note) || (actor.kind === 'staff' && actor.roles.includes('administrator'));
}

export function requireDecider(transaction: AuditedTransaction, note: Whose): void {
  if (!mayDecide(transaction, note)) throw refused("the note's author or deputy");
}

export function requireWriter(transaction: AuditedTransaction, note: Whose): void {
  if (!mayWrite(transaction, note)) throw refused("the note's author or deputy, or an administrator");
}

/** Throws NOTE_CLOSED for a note that is signed or thrown away. */
export function requireOpen({ state }: Pick<Note, 'state'>): void {
  if (isOpenNote(state)) return;
  throw new AppError('NOTE_CLOSED', 'the note is not being written', { expected: 'draft or amending', got: state });
}

function refused(expected: string): AppError {
  return new AppError('ROLE_NOT_ALLOWED', 'this is done by whoever is responsible for the note', {
    expected,
    got: 'somebody else',
  });
}
