import { isOpenNote, type NoteContent, sectionStarts } from '../contracts/notes.ts';
import type { HeardUtterances, HeardWords } from '../contracts/notes-api-heard.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { draftOf, listVersions, lockNote, noteById } from '../storage/repositories/notes.ts';
import { addUtterance, listUtterances } from '../storage/repositories/utterances.ts';
import { requireOpen, requireWriter } from './rights.ts';

/** Keeps what was said into an open note. One that was kept before stays as it is. */
export async function keepUtterances(
  transaction: AuditedTransaction,
  noteId: string,
  { utterances }: HeardUtterances,
): Promise<void> {
  const note = await lockNote(transaction, noteId);
  requireWriter(transaction, note);
  requireOpen(note);
  for (const utterance of utterances) {
    await addUtterance(transaction, { ...utterance, noteId, unitId: note.unitId });
  }
}

/** Where the words of a stretch of `noteText` were said, in the order in which they were said. */
export async function heardAt(
  transaction: AuditedTransaction,
  noteId: string,
  { start, end }: { readonly start: number; readonly end: number },
): Promise<HeardWords> {
  const { state } = await noteById(transaction, noteId);
  const content = isOpenNote(state)
    ? (await draftOf(transaction, noteId)).content
    : (await listVersions(transaction, noteId))[0]!.content;
  const wanted = wordIdsAt(content, start, end);
  const utterances = await listUtterances(transaction, noteId);
  return {
    stretches: utterances.flatMap(({ id: utteranceId, liveSessionId, words, createdAt: saidAt }) => {
      const said = words.filter(({ id }) => wanted.has(id));
      if (said.length === 0) return [];
      const startSeconds = Math.min(...said.map((word) => word.startSeconds));
      const endSeconds = Math.max(...said.map((word) => word.endSeconds));
      return [{ utteranceId, liveSessionId, startSeconds, endSeconds, words: said, saidAt }];
    }),
  };
}

function wordIdsAt(content: NoteContent, start: number, end: number): ReadonlySet<string> {
  const starts = sectionStarts(content);
  return new Set(
    content.spans
      .filter((span) => {
        const section = starts.get(span.sectionId);
        return section !== undefined && section + span.start < end && start < section + span.end;
      })
      .flatMap(({ wordIds }) => wordIds),
  );
}
