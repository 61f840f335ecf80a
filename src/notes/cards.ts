import type { CardQuestion, FollowUpCard } from '../contracts/notes-api-cards.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type BookingRequest, listRequests } from '../storage/repositories/booking-requests.ts';
import { listFollowUps, type StoredFollowUp } from '../storage/repositories/follow-ups.ts';
import { listQuestions, type Question } from '../storage/repositories/questions.ts';
import { ageHours } from './age.ts';
import { type Names, namesOf } from './people.ts';
import { isInText } from './reconcile/cards.ts';

/** A note's follow-ups as cards, in the order of the text. */
export async function cardsOf(transaction: AuditedTransaction, noteId: string, now: Date): Promise<FollowUpCard[]> {
  const followUps = await listFollowUps(transaction, noteId);
  if (followUps.length === 0) return [];
  const asked = await listQuestions(transaction, { noteId });
  const nameOf = await namesOf(
    transaction,
    asked.map(({ toStaffId }) => toStaffId),
  );
  const questions = Map.groupBy(asked, ({ followUpId }) => followUpId);
  const requests = new Map(
    (await listRequests(transaction, { noteId })).map((request) => [request.followUpId, request]),
  );
  return followUps.map((followUp) =>
    toCard(
      followUp,
      (questions.get(followUp.id) ?? []).map((question) => toCardQuestion(question, nameOf, now)),
      requests.get(followUp.id),
    ),
  );
}

/** One card, by its follow-up. */
export async function cardOf(
  transaction: AuditedTransaction,
  { id, noteId }: Pick<StoredFollowUp, 'id' | 'noteId'>,
  now: Date,
): Promise<FollowUpCard> {
  return (await cardsOf(transaction, noteId, now)).find((card) => card.id === id)!;
}

function toCard(
  {
    reading,
    createdAt: _created,
    updatedAt: _updated,
    unitId: _unit,
    patientId: _patient,
    ...followUp
  }: StoredFollowUp,
  questions: CardQuestion[],
  request: BookingRequest | undefined,
): FollowUpCard {
  return {
    ...followUp,
    proposals: [...followUp.proposals],
    flags: [...followUp.flags],
    heard: reading?.fields ?? null,
    isInText: isInText(followUp.source),
    questions,
    request: request ? { id: request.id, version: request.version, state: request.state } : null,
  };
}

export function toCardQuestion(question: Question, nameOf: Names, now: Date): CardQuestion {
  const { id, version, state, text, answer, toStaffId, toRole, createdAt, answeredAt } = question;
  const toStaff = toStaffId === null ? null : nameOf(toStaffId);
  const age = ageHours(createdAt, answeredAt ?? now);
  return { id, version, state, text, answer, toStaff, toRole, createdAt, answeredAt, ageHours: age };
}
