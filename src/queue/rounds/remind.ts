import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import {
  questionsToRemind,
  remind,
  remindAgainAt,
  staffWithRole,
  tasksNearTarget,
} from '../../storage/repositories/reminders.ts';
import { asWorker } from '../transactions.ts';
import type { ClinicCalendar, ClinicWorld, JobStart } from '../world.ts';

const BATCH = 100;
/** A question that is still open is reminded of each morning of a working day. */
const REMIND_AGAIN_AFTER_WORKING_DAYS = 1;
/** An unbooked task is told when this many working days or fewer are left to its måldatum. */
const TARGET_NEAR_WORKING_DAYS = 3;
const ADMINISTRATOR = 'administrator';

/** Reminds whoever has a question to answer, of tasks whose måldatum comes near before they are booked, and of notes. */
export async function remindOfWaiting(world: ClinicWorld, job: JobStart): Promise<void> {
  const { calendar, remindOfNotes } = world;
  await asWorker(world, job, async (transaction) => {
    await remindOfQuestions(transaction, calendar);
    await remindOfTargets(transaction, calendar);
  });
  await remindOfNotes(calendar.now());
}

async function remindOfQuestions(transaction: AuditedTransaction, calendar: ClinicCalendar): Promise<void> {
  const next = calendar.morningOf(calendar.addWorkingDays(calendar.today(), REMIND_AGAIN_AFTER_WORKING_DAYS));
  for (const question of await questionsToRemind(transaction, calendar.now(), BATCH)) {
    const { id: objectId, unitId, patientId, toStaffId, toRole, remindAt: dueAt } = question;
    const to = toStaffId === null ? await staffWithRole(transaction, unitId, toRole ?? ADMINISTRATOR) : [toStaffId];
    const reminder = { kind: 'question_unanswered', objectId, unitId, patientId, dueAt } as const;
    await remind(
      transaction,
      to.map((id) => ({ ...reminder, toStaffId: id })),
    );
    await remindAgainAt(transaction, question, next);
  }
}

async function remindOfTargets(transaction: AuditedTransaction, calendar: ClinicCalendar): Promise<void> {
  const lastDay = calendar.addWorkingDays(calendar.today(), TARGET_NEAR_WORKING_DAYS);
  for (const task of await tasksNearTarget(transaction, lastDay, BATCH)) {
    const { id: objectId, unitId, patientId, claimedBy, targetDate } = task;
    const to = claimedBy === null ? await staffWithRole(transaction, unitId, ADMINISTRATOR) : [claimedBy];
    const dueAt = calendar.morningOf(calendar.addWorkingDays(targetDate!, -TARGET_NEAR_WORKING_DAYS));
    const reminder = { kind: 'target_near', objectId, unitId, patientId, dueAt } as const;
    await remind(
      transaction,
      to.map((id) => ({ ...reminder, toStaffId: id })),
    );
  }
}
