import type { Kysely } from 'kysely';
import { AppError } from '../../contracts/errors.ts';
import { VOCABULARY_LIMITS } from '../../contracts/vocabulary.ts';
import type { ListedTerm, NewTerm, TermChanges, VocabularyListKey } from '../../contracts/vocabulary-api.ts';
import { type AuditedTransaction, notFound } from '../../storage/audited-transaction.ts';
import {
  addTerm,
  changeTerm,
  countTerms,
  findTerm,
  forgetRemovedTerms,
  type ListOwner,
  type NamedTerm,
  setTermRemoved,
} from '../../storage/repositories/vocabulary.ts';
import type { PlainTables } from '../../storage/tables/tables.ts';
import type { StaffActor } from '../actor.ts';
import { keyOfList, ownerOfList, requireMayChange } from './list-rights.ts';

/** Terms of a list of one person. */
const MOST_OWN_TERMS = 2_000;

export function mostTerms({ staffId }: ListOwner): number {
  return staffId === null ? VOCABULARY_LIMITS.terms : MOST_OWN_TERMS;
}

export function listFull(owner: ListOwner, terms: number): AppError {
  return new AppError('VOCABULARY_FULL', 'the list has no room for this', {
    expected: `at most ${mostTerms(owner)} terms`,
    got: `${terms}`,
  });
}

/** Throws CONFLICT for a term that stands there, VOCABULARY_FULL, ROLE_NOT_ALLOWED, NOT_FOUND for the list. */
export async function addToList(
  transaction: AuditedTransaction,
  actor: StaffActor,
  { list, ...term }: NewTerm,
): Promise<ListedTerm> {
  requireMayChange(actor, list);
  const owner = ownerOfList(actor, list);
  const count = await countTerms(transaction.plain, owner);
  if (count >= mostTerms(owner)) throw listFull(owner, count + 1);
  const { id } = await addTerm(transaction, { ...term, ...owner, addedBy: actor.id });
  return termOf(transaction.plain, actor, id);
}

/** Throws CONFLICT, ROLE_NOT_ALLOWED, and NOT_FOUND for a term that is not on the user's lists. */
export async function changeOnList(
  transaction: AuditedTransaction,
  actor: StaffActor,
  { id, version }: { readonly id: string; readonly version: number },
  { term, soundsLike, level, enabled }: TermChanges,
): Promise<ListedTerm> {
  await changeable(transaction, actor, id);
  await changeTerm(transaction, id, version, {
    ...(term !== undefined && { term }),
    ...(soundsLike !== undefined && { soundsLike }),
    ...(level !== undefined && { level }),
    ...(enabled !== undefined && { enabled }),
  });
  return termOf(transaction.plain, actor, id);
}

/** Takes a term off its list, or puts it back as it was. Throws as `changeOnList`. */
export async function removeFromList(
  transaction: AuditedTransaction,
  actor: StaffActor,
  { id, version }: { readonly id: string; readonly version: number },
  removedAt: Date | null,
): Promise<ListedTerm> {
  const owner = await changeable(transaction, actor, id);
  await setTermRemoved(transaction, id, version, removedAt);
  if (removedAt !== null) await forgetRemovedTerms(transaction);
  else {
    const count = await countTerms(transaction.plain, owner);
    if (count > mostTerms(owner)) throw listFull(owner, count);
  }
  return termOf(transaction.plain, actor, id);
}

/** A term of a list that the user sees. Throws NOT_FOUND. */
export async function termOf(tables: Kysely<PlainTables>, actor: StaffActor, id: string): Promise<ListedTerm> {
  const stored = await findTerm(tables, id);
  const list = stored && keyOfList(actor, stored);
  if (!list) throw notFound('term');
  return listedTerm(stored, list);
}

export function listedTerm(stored: NamedTerm, list: VocabularyListKey): ListedTerm {
  const { addedByName, createdAt, updatedAt, ...told } = stored;
  return { ...told, list, addedBy: addedByName, addedAt: createdAt, changedAt: updatedAt };
}

async function changeable(transaction: AuditedTransaction, actor: StaffActor, id: string): Promise<ListOwner> {
  const { list } = await termOf(transaction.plain, actor, id);
  requireMayChange(actor, list);
  return ownerOfList(actor, list);
}
