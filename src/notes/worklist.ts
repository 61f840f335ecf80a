import type { AnsweredCard, LeftNote, UnsignedNote, Visit, Worklist } from '../contracts/notes-api.ts';
import { parseLocalDate } from '../followup/calendar/local-date.ts';
import { localTime, stockholmClockAt, stockholmInstant } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { listEncounters } from '../storage/repositories/encounters.ts';
import {
  listAnsweredCards,
  listLeftNotes,
  listUnsignedNotes,
  notesOfEncounters,
  type OpenNoteRow,
} from '../storage/repositories/unsigned-notes.ts';
import { ageHours, hoursAfter } from './age.ts';
import { cardsOf } from './cards.ts';
import { type Names, namesOf, patientLine } from './people.ts';

/** Longest first that a page of the worklist shows of the unit's own; the rest is in the list of left notes. */
const MAX_LEFT_NOTES = 50;
const LONGEST_DAY_HOURS = 25;

/** A clinician's day: visits, unsigned notes with what is left to do, and answers that wait for a decision. */
export async function worklist(transaction: AuditedTransaction, now: Date): Promise<Worklist> {
  const { date: day } = stockholmClockAt(now.getTime());
  const own = await listUnsignedNotes(transaction, transaction.staffId);
  const ownIds = new Set(own.map(({ id }) => id));
  const left = (await listLeftNotes(transaction, { now, limit: MAX_LEFT_NOTES })).filter(({ id }) => !ownIds.has(id));
  const nameOf = await namesOfRows(transaction, [...own, ...left]);
  return {
    day,
    visits: await visitsOf(transaction, day),
    notes: [...own, ...left].map((row) => toUnsigned(row, transaction.staffId, nameOf, now)),
    answered: await answeredCards(transaction, now),
  };
}

/** What nobody has signed in time at the actor's units, with the follow-ups in it; the oldest first. */
export async function leftNotes(
  transaction: AuditedTransaction,
  page: Parameters<typeof listLeftNotes>[1],
): Promise<LeftNote[]> {
  const rows = await listLeftNotes(transaction, page);
  const nameOf = await namesOfRows(transaction, rows);
  const notes: LeftNote[] = [];
  for (const row of rows) {
    const followUps = await cardsOf(transaction, row.id, page.now);
    notes.push({ ...toUnsigned(row, transaction.staffId, nameOf, page.now), followUps });
  }
  return notes;
}

async function visitsOf(transaction: AuditedTransaction, day: string): Promise<Visit[]> {
  const from = midnight(day);
  const { date: nextDay } = stockholmClockAt(hoursAfter(from, LONGEST_DAY_HOURS).getTime());
  const encounters = await listEncounters(transaction, { staffId: transaction.staffId, from, to: midnight(nextDay) });
  const notes = new Map(
    (
      await notesOfEncounters(
        transaction,
        encounters.map(({ id }) => id),
      )
    ).map((note) => [note.encounterId, note]),
  );
  return encounters.map(({ id, unitId, kind, state, startsAt, endsAt, patientId, ...patient }) => {
    const note = notes.get(id);
    return {
      encounterId: id,
      unitId,
      kind,
      state,
      startsAt,
      endsAt,
      patient: patientLine(patientId, patient),
      note: note ? { id: note.id, state: note.state, undecided: note.undecided } : null,
    };
  });
}

function midnight(day: string): Date {
  return new Date(stockholmInstant(parseLocalDate(day)!, localTime(0, 0)!).instantMs);
}

async function answeredCards(transaction: AuditedTransaction, now: Date): Promise<AnsweredCard[]> {
  const rows = await listAnsweredCards(transaction, transaction.staffId);
  return rows.map(({ noteId, followUpId, patientId, source, answeredAt, ...patient }) => ({
    noteId,
    followUpId,
    patient: patientLine(patientId, patient),
    source,
    answeredAt,
    ageHours: ageHours(answeredAt, now),
  }));
}

function namesOfRows(transaction: AuditedTransaction, rows: readonly OpenNoteRow[]): Promise<Names> {
  return namesOf(
    transaction,
    rows.flatMap(({ authorId, deputyId }) => [authorId, deputyId]),
  );
}

function toUnsigned(row: OpenNoteRow, staffId: string, nameOf: Names, now: Date): UnsignedNote {
  const { id, version, state, encounterId, patientId, authorId, deputyId, writtenOn, openSince } = row;
  return {
    id,
    version,
    state,
    relation: authorId === staffId ? 'author' : deputyId === staffId ? 'deputy' : 'unit',
    encounterId,
    patient: patientLine(patientId, row),
    author: nameOf(authorId),
    deputy: deputyId === null ? null : nameOf(deputyId),
    writtenOn,
    openSince,
    ageHours: ageHours(openSince, now),
    undecided: row.undecided,
    asked: row.asked,
    unstated: row.unstated,
    isRecorded: row.isRecorded,
  };
}
