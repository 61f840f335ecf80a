import type { FollowUpReading } from '../contracts/followup.ts';
import { isOpenNote, type NoteContent } from '../contracts/notes.ts';
import type { NoteView } from '../contracts/notes-api.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type Decision, listDecisions } from '../storage/repositories/follow-ups.ts';
import { draftOf, listVersions, type Note, noteById } from '../storage/repositories/notes.ts';
import { patientById } from '../storage/repositories/patients.ts';
import { ageHours } from './age.ts';
import { cardsOf } from './cards.ts';
import { leftToSign } from './left-to-do.ts';
import { namesOf, patientLine } from './people.ts';
import { readNote } from './read-note.ts';
import { mayDecide, mayWrite } from './rights.ts';

/** A note as its page shows it. Throws NOT_FOUND for one of other units. */
export async function viewNote(transaction: AuditedTransaction, noteId: string, now: Date): Promise<NoteView> {
  const note = await noteById(transaction, noteId);
  const { id, version, state, signedVersion, unitId, encounterId, authorId, deputyId, writtenOn } = note;
  const isOpen = isOpenNote(state);
  const text = await textOf(transaction, note);
  const decisions = await listDecisions(transaction, id);
  const nameOf = await namesOf(transaction, [authorId, deputyId, ...decisions.map(decidedBy)]);
  const { decisions: denials, setAside }: FollowUpReading = await readNote(transaction, note, text.content);
  const since = note.openedAt ?? note.createdAt;
  return {
    id,
    version,
    state,
    signedVersion,
    unitId,
    encounterId,
    patient: patientLine(note.patientId, await patientById(transaction, note.patientId)),
    author: nameOf(authorId),
    deputy: deputyId === null ? null : nameOf(deputyId),
    may: { write: isOpen && mayWrite(transaction, note), decide: mayDecide(transaction, note) },
    writtenOn,
    createdAt: note.createdAt,
    ageHours: isOpen ? ageHours(since, now) : 0,
    text: { ...text, denials, setAside },
    followUps: await cardsOf(transaction, id, now),
    decisions: decisions.map((decision) => {
      const { kind, followUpId, fromState, reason, at } = decision;
      const by = decidedBy(decision);
      return { kind, followUpId, fromState, reason, at, by: by === null ? null : nameOf(by) };
    }),
    left: isOpen ? await leftToSign(transaction, id) : [],
  };
}

/** The draft where there is one, else what was signed last. */
async function textOf(
  transaction: AuditedTransaction,
  { id, state }: Note,
): Promise<{ version: number | null; content: NoteContent }> {
  if (state === 'signed') return { version: null, content: (await listVersions(transaction, id))[0]!.content };
  const { version, content } = await draftOf(transaction, id);
  return { version, content };
}

function decidedBy({ actorKind, actorId }: Decision): string | null {
  return actorKind === 'staff' ? actorId : null;
}
