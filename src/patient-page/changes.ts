import { placeMove } from '../appointments/move.ts';
import { openChoices, rebookChoices } from '../appointments/rebook.ts';
import type { Candidate } from '../booking/candidates.ts';
import { AppError } from '../contracts/errors.ts';
import { type ChosenVisit, chosenTimesAsWord } from '../contracts/patient-page.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { OfferedTime } from './page-choice.ts';
import { type TaskToBook, type UnitContact, unitContact } from './times.ts';
import { isTold, type Viewer, visitToChange } from './viewer.ts';

/** Times that a patient may choose from, for a booked visit or for one to book. */
export interface Offer {
  /** What it is now; null where nothing is booked yet. */
  readonly bookedAt: Date | null;
  /** Of what is changed. */
  readonly version: number;
  readonly unit: UnitContact;
  readonly times: readonly OfferedTime[];
}

/** Other times for a booked visit: within its måldatum, with what hangs on it. */
export async function offeredMoves(
  transaction: AuditedTransaction,
  viewer: Viewer,
  appointmentId: string,
  nowMs: number,
): Promise<Offer> {
  const { startsAt, version, unitId, taskId } = await visitToChange(transaction, viewer, appointmentId, nowMs);
  const { proposals } = await rebookChoices(transaction, appointmentId, nowMs);
  return offer(
    transaction,
    viewer,
    { bookedAt: startsAt, version, unitId, askedId: taskId ?? appointmentId },
    proposals,
  );
}

/** What a chosen time would be, with all that moves along; nothing has moved. Throws as `moveAppointment`. */
export async function plannedMove(
  transaction: AuditedTransaction,
  viewer: Viewer,
  { appointmentId, to }: { appointmentId: string; to: ChosenVisit },
  nowMs: number,
): Promise<Offer> {
  const appointment = await visitToChange(transaction, viewer, appointmentId, nowMs);
  const { startsAt, version, unitId } = appointment;
  const { visits } = await placeMove(transaction, appointment, { ...to, givesUp: [] }, nowMs);
  const placed = [{ visits: visits.map(({ visit }) => visit) }];
  return offer(transaction, viewer, { bookedAt: startsAt, version, unitId, askedId: to.taskId }, placed);
}

/** Times for what an open letter asks to book. */
export async function offeredBookings(
  transaction: AuditedTransaction,
  viewer: Viewer,
  { taskId, version, unitId }: TaskToBook,
  nowMs: number,
): Promise<Offer> {
  const { proposals } = await openChoices(transaction, taskId, nowMs);
  return offer(transaction, viewer, { bookedAt: null, version, unitId, askedId: taskId }, proposals);
}

/** The one of the offered times that was chosen. Throws TIME_TAKEN where it is not among them any more. */
export async function plannedBooking(
  transaction: AuditedTransaction,
  viewer: Viewer,
  task: TaskToBook,
  chosen: readonly ChosenVisit[],
  nowMs: number,
): Promise<Offer> {
  const offered = await offeredBookings(transaction, viewer, task, nowMs);
  const times = offered.times.filter((time) => isSame(time.chosen, chosen));
  if (times.length > 0) return { ...offered, times };
  throw new AppError('TIME_TAKEN', 'the time is not offered any more', { expected: 'one of those that are free now' });
}

interface Asked {
  readonly bookedAt: Date | null;
  readonly version: number;
  readonly unitId: string;
  /** Of the visits, whose time was asked for: its task, or itself where it has none. */
  readonly askedId: string;
}

async function offer(
  transaction: AuditedTransaction,
  viewer: Viewer,
  { bookedAt, version, unitId, askedId }: Asked,
  placements: readonly { readonly visits: readonly Candidate[] }[],
): Promise<Offer> {
  const isToldHere = await isTold(transaction, viewer);
  const times = placements.map(({ visits }) => {
    const asked = visits.find(({ fit }) => fit.need.taskId === askedId) ?? visits[0]!;
    const others = visits.filter((one) => one !== asked);
    return {
      chosen: [asked, ...others].map(({ fit, performerId, startMs }) => ({
        taskId: fit.need.taskId,
        occasion: fit.need.occasion ?? 1,
        performerId,
        startMs,
      })),
      meets: isToldHere ? asked.performer.name : null,
      startsAt: new Date(asked.startMs),
      along: others.map(({ fit, startMs }) => ({
        what: isToldHere ? (fit.visitType.publicName ?? fit.visitType.name) : null,
        startsAt: new Date(startMs),
      })),
    };
  });
  return { bookedAt, version, times, unit: await unitContact(transaction, unitId, isToldHere) };
}

function isSame(one: readonly ChosenVisit[], other: readonly ChosenVisit[]): boolean {
  return chosenTimesAsWord(one) === chosenTimesAsWord(other);
}
