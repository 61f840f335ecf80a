import { isOpenNote, type NoteContent, sectionStarts } from '../contracts/notes.ts';
import type { HeardUtterances, HeardWords } from '../contracts/notes-api-heard.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { draftOf, listVersions, lockNote, noteById } from '../storage/repositories/notes.ts';
import { addUtterance, listUtterances } from '../storage/repositories/utterances.ts';
import { requireOpen, requireWriter } from './rights.ts';

/** A stretch of `noteText`. */
interface TextStretch {
  readonly start: number;
  readonly end: number;
}

/** Where the sound of some words is, as the server's own live session has it. */
export interface SoundPlace {
  readonly sessionId: string;
  /** Seconds from the session's first sample. */
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * Keeps what was said into an open note. One that was kept before stays as it is. A `sound` is believed: whoever calls
 * has seen that the session is the actor's.
 */
export async function keepUtterances(
  transaction: AuditedTransaction,
  noteId: string,
  { utterances }: HeardUtterances,
): Promise<void> {
  const note = await lockNote(transaction, noteId);
  requireWriter(transaction, note);
  requireOpen(note);
  for (const { sound, ...utterance } of utterances) {
    const place = sound && { soundSessionId: sound.sessionId, soundFromSeconds: sound.fromSeconds };
    await addUtterance(transaction, { ...utterance, ...place, noteId, unitId: note.unitId });
  }
}

/** Where the words of a stretch were said, in the order in which they were said. */
export async function heardAt(
  transaction: AuditedTransaction,
  noteId: string,
  stretch: TextStretch,
): Promise<HeardWords> {
  return {
    stretches: (await saidAt(transaction, noteId, stretch)).map(({ utterance, ...said }) => ({
      ...said,
      utteranceId: utterance.id,
      liveSessionId: utterance.liveSessionId,
      saidAt: utterance.createdAt,
    })),
  };
}

/** Where the sound of a stretch's words is, in the order in which they were said; of what is only text nothing. */
export async function soundAt(
  transaction: AuditedTransaction,
  noteId: string,
  stretch: TextStretch,
): Promise<SoundPlace[]> {
  return (await saidAt(transaction, noteId, stretch)).flatMap(({ utterance, startSeconds, endSeconds }) => {
    const { soundSessionId: sessionId, soundFromSeconds: from } = utterance;
    if (sessionId === null || from === null) return [];
    return [{ sessionId, startSeconds: startSeconds - from, endSeconds: endSeconds - from }];
  });
}

async function saidAt(transaction: AuditedTransaction, noteId: string, { start, end }: TextStretch) {
  const { state } = await noteById(transaction, noteId);
  const content = isOpenNote(state)
    ? (await draftOf(transaction, noteId)).content
    : (await listVersions(transaction, noteId))[0]!.content;
  const wanted = wordIdsAt(content, start, end);
  return (await listUtterances(transaction, noteId)).flatMap((utterance) => {
    const words = utterance.words.filter(({ id }) => wanted.has(id));
    if (words.length === 0) return [];
    const startSeconds = Math.min(...words.map((word) => word.startSeconds));
    const endSeconds = Math.max(...words.map((word) => word.endSeconds));
    return [{ utterance, words, startSeconds, endSeconds }];
  });
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
