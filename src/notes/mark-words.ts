import { randomUUID } from 'node:crypto';
import { AppError } from '../contracts/errors.ts';
import type { SourceSpan } from '../contracts/followup.ts';
import { noteText } from '../contracts/notes.ts';
import type { MarkedWords } from '../contracts/notes-api.ts';
import type { ChangedCard } from '../contracts/notes-api-cards.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { addFollowUps, listFollowUps } from '../storage/repositories/follow-ups.ts';
import { draftOf, lockNote } from '../storage/repositories/notes.ts';
import { cardOf } from './cards.ts';
import { leftToSign } from './left-to-do.ts';
import { readWords } from './read-note.ts';
import type { ReadCard } from './reconcile/cards.ts';
import { keysAfter, withKeys } from './reconcile/keys.ts';
import { readCards } from './reconcile/read-cards.ts';
import { requireOpen, requireWriter } from './rights.ts';

/**
 * Makes a card of words that somebody marked. What can be read of the words by themselves fills its fields. Throws
 * VersionConflict where the text has another version, REQUEST_INVALID for a stretch without words.
 */
export async function markWords(
  transaction: AuditedTransaction,
  noteId: string,
  { textVersion, start, end }: MarkedWords,
  now: Date,
): Promise<ChangedCard> {
  const note = await lockNote(transaction, noteId);
  requireWriter(transaction, note);
  requireOpen(note);
  const { version, content } = await draftOf(transaction, noteId);
  if (version !== textVersion) throw new VersionConflict('text', textVersion);
  const source = stretchOf(noteText(content), start, end);
  const [read] = readCards(await readWords(transaction, note, source.text), source.text);
  const nextKey = keysAfter((await listFollowUps(transaction, noteId)).map(({ requestKey }) => requestKey));
  const [made] = await addFollowUps(transaction, note, [
    { chainId: randomUUID(), origin: 'marked', source, reading: null, ...filledBy(read, nextKey, start) },
  ]);
  const card = await cardOf(transaction, made!, now);
  return { ...card, left: await leftToSign(transaction, noteId) };
}

/** The stretch without the spaces around it. */
function stretchOf(text: string, start: number, end: number): SourceSpan {
  const marked = text.slice(start, end);
  const words = marked.trim();
  if (words === '') {
    throw new AppError('REQUEST_INVALID', 'there are no words there', { expected: 'a stretch of the text with words' });
  }
  const from = start + marked.indexOf(words);
  return { start: from, end: from + words.length, text: words };
}

/** Links to what stands outside the marked words cannot be meant: the words were read alone. */
function filledBy(read: ReadCard | undefined, nextKey: () => string, start: number) {
  if (!read?.fields) {
    return { requestKey: null, fields: null, sources: {}, proposals: [], flags: [], route: 'clinician' as const };
  }
  const key = nextKey();
  const at = ({ start: from, end, text }: SourceSpan): SourceSpan => ({ start: from + start, end: end + start, text });
  const { before: _b, after: _a, same_day: _s, alternative_to: _t, ...fields } = withKeys(read.fields, () => key);
  const sources = Object.entries(read.sources).map(([field, spans]) => [field, spans.map(at)]);
  return {
    requestKey: key,
    fields,
    sources: Object.fromEntries(sources),
    proposals: read.proposals,
    flags: read.flags.map((flag) => (flag.source ? { ...flag, source: at(flag.source) } : flag)),
    route: read.route,
  };
}
