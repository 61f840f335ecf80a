import type { z } from 'zod';
import { AppError } from '../contracts/errors.ts';
import type { FollowUpRequest } from '../contracts/followup.ts';
import { FLAGS, strictestRoute } from '../contracts/followup-flags.ts';
import { isOpenNote } from '../contracts/notes.ts';
import type { ChangedCard, CardDecision as Decision } from '../contracts/notes-api-cards.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { requestConfirmed } from '../storage/repositories/booking-requests.ts';
import {
  changeFollowUp,
  type FollowUpChange,
  followUpById,
  listFollowUps,
  type StoredFollowUp,
} from '../storage/repositories/follow-ups.ts';
import { lockNote, type Note } from '../storage/repositories/notes.ts';
import { askAboutFollowUp, withdrawQuestionsAbout } from '../storage/repositories/questions.ts';
import { unitById } from '../storage/repositories/staff.ts';
import { addresseeAt } from './addressee.ts';
import { hoursAfter } from './age.ts';
import { fieldsOf } from './card-fields.ts';
import { cardOf } from './cards.ts';
import { leftToSign } from './left-to-do.ts';
import { keysAfter } from './reconcile/keys.ts';
import { requireDecider } from './rights.ts';

type CardDecision = z.output<typeof Decision>;

/**
 * Decides on a card, or takes its decision back. On a signed note only a card that was asked about can be decided on,
 * and what is confirmed there is requested at once. Throws VersionConflict, STATE_NOT_ALLOWED, NOTE_CLOSED, and
 * FOLLOW_UP_UNCLEAR for a confirmation that passes over what only the author can answer.
 */
export async function decideCard(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  decision: CardDecision,
  now: Date,
): Promise<ChangedCard> {
  const { noteId } = await followUpById(transaction, id);
  const note = await lockNote(transaction, noteId);
  requireDecider(transaction, note);
  const followUp = await followUpById(transaction, id);
  const changed = await changeFollowUp(transaction, id, version, await changeBy(transaction, followUp, decision));
  if (followUp.state === 'asked') await withdrawQuestionsAbout(transaction, id);
  if (decision.decision === 'asked') {
    const { toStaffId, toRole } = await addresseeAt(transaction, note.unitId, decision.to);
    const { remindAfterHours } = await unitById(transaction.plain, note.unitId);
    const remindAt = hoursAfter(now, remindAfterHours);
    await askAboutFollowUp(transaction, changed, { toStaffId, toRole, text: decision.text, remindAt });
  }
  await requestWhereSigned(transaction, note, changed);
  const card = await cardOf(transaction, changed, now);
  return { ...card, left: isOpenNote(note.state) ? await leftToSign(transaction, noteId) : [] };
}

/** What an answer confirms on a signed note is requested with it; an open note requests when it is signed. */
export async function requestWhereSigned(
  transaction: AuditedTransaction,
  { id, state }: Pick<Note, 'id' | 'state'>,
  followUp: StoredFollowUp,
): Promise<void> {
  if (state === 'signed') await requestConfirmed(transaction, id, [followUp]);
}

async function changeBy(
  transaction: AuditedTransaction,
  followUp: StoredFollowUp,
  decision: CardDecision,
): Promise<FollowUpChange> {
  switch (decision.decision) {
    case 'confirmed':
      return confirmation(followUp, decision.despite);
    case 'changed':
      return changeOfFields(transaction, followUp, decision.fields, decision.reason);
    case 'nothing':
      return { state: 'nothing', reason: decision.reason ?? null };
    case 'found':
      return undoing(followUp);
    case 'asked':
    case 'not_follow_up':
      return { state: decision.decision };
    default:
      return decision satisfies never;
  }
}

function confirmation({ fields, flags, route }: StoredFollowUp, despite: readonly string[]): FollowUpChange {
  const unclear = new Set(flags.filter(({ name }) => FLAGS[name].route === 'clinician').map(({ name }) => name));
  const passedOver = [...unclear].filter((name) => !despite.includes(name));
  if (fields === null || passedOver.length > 0) {
    throw new AppError('FOLLOW_UP_UNCLEAR', 'the card leaves something open that only the author can answer', {
      expected: fields === null ? 'a decision with fields' : 'a decision with fields, or "despite" with each open flag',
      got: `open: ${fields === null ? 'fields' : passedOver.join(', ')}`,
    });
  }
  return { state: 'confirmed', route: answered(route) };
}

/** The fields as somebody has set them; a card that had none gets its key with them. */
export async function changeOfFields(
  transaction: AuditedTransaction,
  { noteId, requestKey, route }: StoredFollowUp,
  fields: Omit<FollowUpRequest, 'id'>,
  reason?: string,
): Promise<FollowUpChange> {
  const others = await listFollowUps(transaction, noteId);
  const key = requestKey ?? keysAfter(others.map((other) => other.requestKey))();
  return {
    state: 'changed',
    fields: fieldsOf(fields, key, others),
    requestKey: key,
    route: answered(route),
    ...(reason !== undefined && { reason }),
  };
}

/** What only the author could answer is answered; staff still look at its flags. */
export function answered(route: StoredFollowUp['route']): StoredFollowUp['route'] {
  return route === 'clinician' ? 'review' : route;
}

/** Back to how the text has it; words marked by hand keep what they were given. */
function undoing({ reading, fields, flags }: StoredFollowUp): FollowUpChange {
  const read = reading === null ? fields : reading.fields;
  const route = strictestRoute([...(read === null ? [] : ['auto' as const]), ...flags.map((flag) => flag.route)]);
  return { state: 'found', fields: read, route, reason: null, reopenedBecause: null };
}
