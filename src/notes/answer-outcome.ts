import { AppError } from '../contracts/errors.ts';
import type { FollowUpTime } from '../contracts/followup.ts';
import type { AnswerOutcome } from '../contracts/notes-api-questions.ts';
import { type LocalDate, parseLocalDate } from '../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { sayLatest, sayWindow } from '../followup/calendar/say.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { taskById } from '../storage/repositories/admin-tasks.ts';
import { requestById, setTargetDate } from '../storage/repositories/booking-requests.ts';
import {
  changeFollowUp,
  type FollowUpChange,
  followUpById,
  type StoredFollowUp,
} from '../storage/repositories/follow-ups.ts';
import type { Note } from '../storage/repositories/notes.ts';
import type { Question } from '../storage/repositories/questions.ts';
import { changeOfFields, requestWhereSigned } from './decide.ts';

/**
 * Does what a clinician's answer decides: on the card that it is about, or the måldatum of its task's request. Throws
 * ROLE_NOT_ALLOWED, STATE_NOT_ALLOWED for a card that does not wait for an answer, REQUEST_INVALID, FOLLOW_UP_UNCLEAR.
 */
export async function applyOutcome(
  transaction: AuditedTransaction,
  { id: questionId, followUpId, taskId }: Question,
  note: Pick<Note, 'id' | 'state'>,
  outcome: AnswerOutcome,
  now: Date,
): Promise<void> {
  requireClinician(transaction);
  const today = stockholmClockAt(now.getTime()).date;
  if (followUpId !== null) {
    const followUp = await cardToDecide(transaction, followUpId);
    const change = await changeBy(transaction, followUp, outcome, today);
    const changed = await changeFollowUp(transaction, followUp.id, followUp.version, change);
    await requestWhereSigned(transaction, note, changed);
    return;
  }
  if (outcome.decision !== 'new_target') {
    throw new AppError('REQUEST_INVALID', 'the question is about a task', {
      expected: 'an answer without an outcome, or with another måldatum',
    });
  }
  const { requestId } = await taskById(transaction, taskId!);
  const { earliestDate } = await requestById(transaction, requestId);
  const targetDate = targetOf(outcome, today);
  await setTargetDate(transaction, requestId, {
    targetDate,
    earliestDate: notAfter(earliestDate, targetDate),
    questionId,
  });
}

function requireClinician({ actor }: AuditedTransaction): void {
  if (actor.kind === 'staff' && actor.roles.includes('clinician')) return;
  throw new AppError('ROLE_NOT_ALLOWED', 'a clinician decides on a follow-up', { expected: 'clinician' });
}

/** The card that an outcome decides: one that waits for this answer. */
async function cardToDecide(transaction: AuditedTransaction, followUpId: string): Promise<StoredFollowUp> {
  const followUp = await followUpById(transaction, followUpId);
  if (followUp.state === 'asked') return followUp;
  throw new AppError('STATE_NOT_ALLOWED', 'the card does not wait for an answer', {
    expected: 'asked',
    got: followUp.state,
  });
}

async function changeBy(
  transaction: AuditedTransaction,
  followUp: StoredFollowUp,
  outcome: AnswerOutcome,
  today: LocalDate,
): Promise<FollowUpChange> {
  switch (outcome.decision) {
    case 'changed':
      return changeOfFields(transaction, followUp, outcome.fields);
    case 'new_target': {
      const { id: _, ...fields } = fieldsToConfirm(followUp);
      const time = timeUntil(targetOf(outcome, today), fields.time, today);
      return changeOfFields(transaction, followUp, { ...fields, time });
    }
    case 'confirmed':
      fieldsToConfirm(followUp);
      return { state: 'confirmed' };
    case 'nothing':
      return { state: 'nothing' };
    default:
      return outcome satisfies never;
  }
}

function fieldsToConfirm({ fields }: StoredFollowUp) {
  if (fields !== null) return fields;
  throw new AppError('FOLLOW_UP_UNCLEAR', 'the card has no fields to confirm', { expected: 'an outcome with fields' });
}

/** The days alone hold then, not what was said of them. */
function timeUntil(target: LocalDate, before: FollowUpTime | undefined, today: LocalDate): FollowUpTime {
  const earliest = parseLocalDate(notAfter(before?.earliest ?? null, target) ?? '');
  return earliest
    ? { kind: 'intervall', expr: sayWindow(earliest, target, today), earliest, latest: target, mal_datum: target }
    : { kind: 'inom', expr: sayLatest(target, today), latest: target, mal_datum: target };
}

function targetOf({ targetDate }: Extract<AnswerOutcome, { decision: 'new_target' }>, today: LocalDate): LocalDate {
  const target = parseLocalDate(targetDate);
  if (target !== undefined && target >= today) return target;
  throw new AppError('REQUEST_INVALID', 'a måldatum lies ahead', { expected: 'a day from today on' });
}

function notAfter(day: string | null, last: string): string | null {
  return day !== null && day <= last ? day : null;
}
