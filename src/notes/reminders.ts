import type { Actor } from '../contracts/access.ts';
import type { ReminderLine } from '../contracts/notes-api-questions.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { decideNote } from '../storage/repositories/follow-ups.ts';
import { setDeputy } from '../storage/repositories/notes.ts';
import { passQuestionOn } from '../storage/repositories/questions.ts';
import { listReminders, remind } from '../storage/repositories/reminders.ts';
import { notesToPassOn, notesToRemindOf, questionsToPassOn } from '../storage/repositories/waiting-too-long.ts';
import type { Storage } from '../storage/storage.ts';
import { ageHours } from './age.ts';
import { patientLine } from './people.ts';

const REMINDERS: Actor = { kind: 'system', id: 'reminders' };
/** Rows of one transaction, so that none lasts long. */
const BATCH = 100;

/** What a sweep did. */
export interface Swept {
  readonly notesRemindedOf: number;
  readonly notesPassedOn: number;
  readonly questionsPassedOn: number;
}

/**
 * Reminds authors and deputies of what they have not signed in the unit's time, and passes notes and questions on to
 * the unit's deputy after the unit's longer one. Called now and then; twice is once. (Whoever has a question to answer
 * is reminded of it by the booking queue's own round.)
 */
export async function sweepReminders(storage: Storage, now: Date): Promise<Swept> {
  const context = { purpose: 'administration', requestId: `reminders ${now.toISOString()}` } as const;
  const untilNone = async (step: (transaction: AuditedTransaction, now: Date) => Promise<number>): Promise<number> => {
    let total = 0;
    for (;;) {
      const done = await storage.withAudit(REMINDERS, context, (transaction) => step(transaction, now));
      total += done;
      if (done < BATCH) return total;
    }
  };
  const notesPassedOn = await untilNone(passNotesOn);
  const questionsPassedOn = await untilNone(passQuestionsOn);
  return { notesPassedOn, questionsPassedOn, notesRemindedOf: await untilNone(remindOfNotes) };
}

async function passNotesOn(transaction: AuditedTransaction, now: Date): Promise<number> {
  const notes = await notesToPassOn(transaction, now, BATCH);
  for (const note of notes) {
    await setDeputy(transaction, note.id, note.version, note.unitDeputyId);
    await decideNote(transaction, note, 'deputised', 'osignerad för länge');
  }
  return notes.length;
}

async function passQuestionsOn(transaction: AuditedTransaction, now: Date): Promise<number> {
  const questions = await questionsToPassOn(transaction, now, BATCH);
  for (const { id, version, unitDeputyId } of questions) {
    await passQuestionOn(transaction, id, version, { toStaffId: unitDeputyId, toRole: null });
  }
  return questions.length;
}

async function remindOfNotes(transaction: AuditedTransaction, now: Date): Promise<number> {
  const due = await notesToRemindOf(transaction, now, BATCH);
  await remind(
    transaction,
    due.map(({ id: objectId, unitId, patientId, toStaffId, dueAt }) => ({
      kind: 'note_unsigned' as const,
      objectId,
      unitId,
      patientId,
      toStaffId,
      dueAt,
    })),
  );
  return due.length;
}

/** What the actor is reminded of and has not put away, the longest overdue first. */
export async function reminderLines(transaction: AuditedTransaction, now: Date): Promise<ReminderLine[]> {
  const rows = await listReminders(transaction, transaction.staffId, now);
  return rows.map(({ id, kind, objectId, patientId, dueAt, ...patient }) => ({
    id,
    kind,
    objectId,
    patient: patientLine(patientId, patient),
    dueAt,
    ageHours: ageHours(dueAt, now),
  }));
}
