import type { RequestType } from '../contracts/followup.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { PlannedRequest } from '../storage/repositories/patient-plans.ts';

/** When a step is, as far as it is known; days are YYYY-MM-DD. */
export type StepTime =
  | { readonly is: 'booked'; readonly startsAt: Date }
  | { readonly is: 'done'; readonly day: string | null }
  /** Any day of a week was asked for. */
  | { readonly is: 'week'; readonly day: string }
  | { readonly is: 'by'; readonly day: string }
  | { readonly is: 'from'; readonly day: string }
  /** Before or after another step, or nobody knows yet. */
  | { readonly is: 'open' };

export interface PlanStep {
  readonly type: RequestType;
  /** The person who is met, where it is one by name. */
  readonly meets: string | null;
  readonly when: StepTime;
}

/** Steps that hang together, in their order. */
export interface PlanLine {
  readonly chainId: string;
  readonly unitName: string;
  readonly steps: readonly PlanStep[];
}

/** Sammanhållen planering: what is under way, the line with the earliest day first. */
export function planLines(requests: readonly PlannedRequest[]): PlanLine[] {
  return [...Map.groupBy(requests, ({ chainId }) => chainId)]
    .map(([chainId, ofChain]) => ({ chainId, unitName: ofChain[0]!.unitName, ordered: inOrder(ofChain) }))
    .sort((one, other) => compareDays(dayOf(one.ordered[0]!), dayOf(other.ordered[0]!)))
    .map(({ ordered, ...line }) => ({ ...line, steps: ordered.map(stepOf) }));
}

function stepOf(request: PlannedRequest): PlanStep {
  const { type, performerName, namedName } = request;
  return { type, meets: performerName ?? namedName, when: timeOf(request) };
}

function timeOf(request: PlannedRequest): StepTime {
  const { state, visitState, startsAt, timeKind, meantDay, targetDate, earliestDate } = request;
  if (state === 'done' || visitState === 'arrived' || visitState === 'fulfilled') {
    return { is: 'done', day: startsAt === null ? null : stockholmClockAt(startsAt.getTime()).date };
  }
  if (startsAt !== null) return { is: 'booked', startsAt };
  if (timeKind === 'vecka' && meantDay !== null) return { is: 'week', day: meantDay };
  if (targetDate !== null) return { is: 'by', day: targetDate };
  return earliestDate === null ? { is: 'open' } : { is: 'from', day: earliestDate };
}

/** By day; what has none stands beside what it was linked to, or last. */
function inOrder(requests: readonly PlannedRequest[]): PlannedRequest[] {
  const ordered = requests
    .filter((request) => dayOf(request) !== undefined)
    .sort((one, other) => compareDays(dayOf(one), dayOf(other)));
  for (const request of requests.filter((one) => dayOf(one) === undefined)) {
    const { beforeKey, afterKey } = request;
    const before = ordered.findIndex(({ key }) => key === beforeKey);
    const after = ordered.findLastIndex(({ key }) => key === afterKey);
    const at = before >= 0 ? before : after >= 0 ? after + 1 : ordered.length;
    ordered.splice(at, 0, request);
  }
  return ordered;
}

function dayOf({ startsAt, meantDay, targetDate, earliestDate }: PlannedRequest): string | undefined {
  if (startsAt !== null) return stockholmClockAt(startsAt.getTime()).date;
  return meantDay ?? targetDate ?? earliestDate ?? undefined;
}

/** What has no day comes last. */
function compareDays(one: string | undefined, other: string | undefined): number {
  const [first, second] = [one ?? '9', other ?? '9'];
  return first < second ? -1 : first > second ? 1 : 0;
}
