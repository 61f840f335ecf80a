import { calendarQuestion } from '../../appointments/calendar-question.ts';
import { type Chain, loadChain } from '../../appointments/chain.ts';
import { isFixed } from '../../appointments/held.ts';
import type { Candidate } from '../../booking/candidates.ts';
import { freeTimesFor } from '../../booking/free-for.ts';
import type { Placement } from '../../booking/placing.ts';
import { proposeTimes } from '../../booking/propose.ts';
import { reasonsFor } from '../../booking/reasons.ts';
import type { VisitType } from '../../booking/schedule.ts';
import { AppError } from '../../contracts/errors.ts';
import type { PatientPreference } from '../../contracts/followup.ts';
import { addDays, earlierOf, type LocalDate, laterOf } from '../../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { type AuditedTransaction, notFound } from '../../storage/audited-transaction.ts';
import { listVisitTypes, type StoredVisitType } from '../../storage/repositories/calendar-setup.ts';
import { listUnits } from '../../storage/repositories/staff.ts';
import { taskIdOfRequest } from '../../storage/repositories/task-sources.ts';
import type { FindInput } from './find-input.ts';
import { askedFreely } from './free-visit.ts';
import type { Proposal } from './kept-proposals.ts';
import { referralId } from './resolve.ts';

/** Times that can be booked, what was asked for first. */
export interface FoundTimes {
  readonly proposal: Proposal;
  readonly visits: readonly [Candidate, ...Candidate[]];
  readonly patientId: string | null;
  /** Why they fit, in Swedish; none for free times. */
  readonly reasons: readonly string[];
}

export interface Found {
  readonly times: readonly FoundTimes[];
  /** Why there are none. */
  readonly because?: string;
}

/** What hangs on a visit may lie so far from it. */
const CHAIN_DAYS = 60;
const MOST_VISIT_TYPES = 10;

/**
 * Times for a referral, or free times for visit types, that fulfil everything that is asked for. Throws REQUEST_INVALID
 * where neither is named, NOT_FOUND for a referral of another unit.
 */
export async function findTimes(transaction: AuditedTransaction, input: FindInput, nowMs: number): Promise<Found> {
  if (input.referral !== undefined) return timesForReferral(transaction, referralId(input.referral), input, nowMs);
  if (input.visitTypes.length + input.roles.length + input.reasons.length > 0) {
    return freeTimes(transaction, input, nowMs);
  }
  throw new AppError('REQUEST_INVALID', 'nothing says what the time is for', {
    expected: 'a referral-identifier, a visit-type, a specialty or a reason',
  });
}

async function timesForReferral(
  transaction: AuditedTransaction,
  requestId: string,
  input: FindInput,
  nowMs: number,
): Promise<Found> {
  const taskId = await taskIdOfRequest(transaction, requestId);
  if (taskId === undefined) throw notFound('ServiceRequest');
  const chain = await loadChain(transaction, taskId);
  const { state, unitId, patientId } = chain.asked;
  if (state !== 'new' && state !== 'claimed') return { times: [], because: `the task is ${state}` };
  if (input.unitIds?.includes(unitId) === false || (input.patient && input.patient.id !== patientId))
    return { times: [] };
  const times: FoundTimes[] = [];
  for (const staffId of input.staffIds ?? [undefined]) {
    const left = input.count - times.length;
    if (left === 0) break;
    const found = await placementsOf(transaction, chain, { ...input, staffId, count: left }, nowMs);
    if (typeof found === 'string') return { times, because: found };
    times.push(...found);
  }
  return { times };
}

/** The best that lie where they were asked for; a string says why there is nothing to propose. */
async function placementsOf(
  transaction: AuditedTransaction,
  chain: Chain,
  input: FindInput & { readonly staffId: string | undefined },
  nowMs: number,
): Promise<FoundTimes[] | string> {
  const { startMs, endMs, count } = input;
  const apartFrom = chain.appointments.filter((one) => !isFixed(chain, one.taskId!)).map(({ id }) => id);
  const first = stockholmClockAt(startMs).date;
  const last = stockholmClockAt(endMs - 1).date;
  const reach = chain.needs.length > 1 ? CHAIN_DAYS : 0;
  const { date: today } = stockholmClockAt(nowMs);
  const days = { firstDay: laterOf(addDays(first, -reach), today), lastDay: addDays(last, reach) };
  for (const wishes of preferredFirst(input.wishes)) {
    const asked = { ...chain, needs: needsWithin(chain, { first, last }, input, wishes) };
    const question = await calendarQuestion(transaction, asked, days, { nowMs, apartFrom });
    const { problem, proposals } = proposeTimes(question, count, 'nothing');
    if (problem !== null) return problem.reason;
    const fitting = proposals.flatMap((placement) => timesOfTask(placement, chain.asked, input, today) ?? []);
    if (fitting.length > 0) return fitting;
  }
  return [];
}

/** What is wished holds where it can. */
function preferredFirst(wishes: PatientPreference): PatientPreference[] {
  return Object.keys(wishes).length === 0 ? [{}] : [wishes, {}];
}

/** The needs with what the search narrows of the visit that it is about. */
function needsWithin(
  { needs, asked }: Chain,
  { first, last }: { first: LocalDate; last: LocalDate },
  { staffId, roles }: FindInput & { readonly staffId: string | undefined },
  wishes: PatientPreference,
): Chain['needs'] {
  const at = needs.findIndex(({ taskId, fixed }) => taskId === asked.id && fixed === null);
  return needs.map((need, index) =>
    index !== at
      ? need
      : {
          ...need,
          floor: need.floor === null ? first : laterOf(need.floor, first),
          latest: need.latest === null ? last : earlierOf(need.latest, last),
          staffId: need.staffId ?? staffId ?? null,
          role: need.role ?? roles[0] ?? null,
          wishes: { ...wishes, ...need.wishes },
        },
  );
}

/** The visit that was asked for and those with it; undefined where it is not as the search says. */
function timesOfTask(
  placement: Placement,
  { id: taskId, patientId }: Pick<Chain['asked'], 'id' | 'patientId'>,
  input: FindInput & { readonly staffId: string | undefined },
  today: LocalDate,
): FoundTimes | undefined {
  const { visits } = placement;
  const main = visits.find(({ fit }) => fit.need.taskId === taskId);
  if (main === undefined || !isAsAsked(main, input)) return undefined;
  const times = visits.map(({ fit: { need }, performerId, startMs }) => ({
    taskId: need.taskId,
    occasion: need.occasion,
    performerId,
    startMs,
  }));
  return {
    proposal: { choice: { times, givesUp: [] }, of: { kind: 'task', taskId } },
    visits: [main, ...visits.filter((visit) => visit !== main)],
    patientId,
    reasons: reasonsFor(placement, today),
  };
}

function isAsAsked(
  { fit: { visitType }, startMs, performer, otherResourceIds }: Candidate,
  input: FindInput & { readonly staffId: string | undefined },
): boolean {
  const { visitTypes, roles, roomIds, staffId } = input;
  return (
    startMs >= input.startMs &&
    startMs < input.endMs &&
    (visitTypes.length === 0 || visitTypes.some((code) => code === visitType.id || code === visitType.type)) &&
    (roles.length === 0 || roles.some((role) => role === performer.role)) &&
    (staffId === undefined || performer.staffId === staffId) &&
    (roomIds === undefined || roomIds.some((id) => otherResourceIds.includes(id)))
  );
}

/** The free times of the visit types, the soonest first. */
async function freeTimes(transaction: AuditedTransaction, input: FindInput, nowMs: number): Promise<Found> {
  for (const wishes of preferredFirst(input.wishes)) {
    const times: FoundTimes[] = [];
    for (const asked of await visitTypesOf(transaction, input)) {
      times.push(...(await freeTimesOf(transaction, asked, { ...input, wishes }, nowMs)));
    }
    times.sort(({ visits: [one] }, { visits: [other] }) => one.startMs - other.startMs);
    if (times.length > 0) return { times: times.slice(0, input.count) };
  }
  return { times: [] };
}

async function freeTimesOf(
  transaction: AuditedTransaction,
  { unitId, visitType }: { readonly unitId: string; readonly visitType: VisitType },
  input: FindInput,
  nowMs: number,
): Promise<FoundTimes[]> {
  const days = { firstDay: stockholmClockAt(input.startMs).date, lastDay: stockholmClockAt(input.endMs - 1).date };
  const { id: patientId = null, interpreterLanguage = null } = input.patient ?? {};
  const { date: today } = stockholmClockAt(nowMs);
  const asked = askedFreely({ unitId, visitType, patientId, interpreterLanguage, today, wishes: input.wishes });
  const found = freeTimesFor(await calendarQuestion(transaction, asked, days, { nowMs, apartFrom: [] }));
  if ('reason' in found) return [];
  return found.flatMap(({ fits, placement }): FoundTimes[] => {
    const [visit] = placement?.visits ?? [];
    // Of two types that nothing tells apart one is booked: the other is not proposed.
    if (visit === undefined || !fits || visit.fit.visitType.id !== visitType.id) return [];
    if (!(input.staffIds ?? [undefined]).some((staffId) => isAsAsked(visit, { ...input, staffId }))) return [];
    const times = [{ taskId: visitType.id, performerId: visit.performerId, startMs: visit.startMs }];
    const of = { kind: 'free', unitId, visitTypeId: visitType.id, patientId } as const;
    return [{ proposal: { choice: { times, givesUp: [] }, of }, visits: [visit], patientId, reasons: [] }];
  });
}

async function visitTypesOf(transaction: AuditedTransaction, input: FindInput) {
  const { visitTypes: codes, roles, places, reasons } = input;
  const units = (await listUnits(transaction.plain)).filter(
    ({ id, name, address }) =>
      transaction.unitIds.includes(id) &&
      input.unitIds?.includes(id) !== false &&
      (places.length === 0 || places.some((place) => `${name} ${address ?? ''}`.toLowerCase().includes(place))),
  );
  const found: { unitId: string; visitType: StoredVisitType }[] = [];
  for (const { id: unitId } of units) {
    for (const visitType of await listVisitTypes(transaction, unitId)) {
      const isAsked =
        (codes.length === 0 || codes.some((code) => code === visitType.id || code === visitType.type)) &&
        (roles.length === 0 || roles.some((role) => role === visitType.role));
      if (visitType.active && isAsked) found.push({ unitId, visitType });
    }
  }
  const forReason = found.filter(({ visitType: { name, service } }) =>
    [name, service].some((word) => word !== null && reasons.includes(word.toLowerCase())),
  );
  const isByReasonAlone = codes.length + roles.length === 0;
  return (forReason.length > 0 || isByReasonAlone ? forReason : found).slice(0, MOST_VISIT_TYPES);
}
