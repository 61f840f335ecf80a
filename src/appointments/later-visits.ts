import type { Placement } from '../booking/placing.ts';
import type { CalendarQuestion } from '../booking/plan.ts';
import { proposeTimes } from '../booking/propose.ts';
import { daysToSearch } from '../booking/search-days.ts';
import type { VisitNeed } from '../booking/visit-need.ts';
import { NO_WISH } from '../booking/wishes.ts';
import { earlierOf, laterOf } from '../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { calendarQuestion, type Days } from './calendar-question.ts';
import { type Chain, chainOf } from './chain.ts';
import type { FoundTimes } from './find.ts';
import { anchorIn, joined, stayingNeeds } from './series-placement.ts';

/**
 * The proposals for a visit of a series, each with the later visits that go with it. Where the calendar has none for one
 * of them, a proposal ends before it; those with the most visits remain.
 */
export async function withLaterVisits(
  transaction: AuditedTransaction,
  found: FoundTimes,
  nowMs: number,
): Promise<FoundTimes> {
  const { chain, proposals, alternatives } = found;
  const later = chain.series!.open.filter((occasion) => occasion > chain.occasion);
  let placements = [...proposals, ...alternatives];
  for (const occasion of later) {
    const next = await nextVisits(transaction, { chain, placements, occasion }, nowMs);
    if (next.length === 0) break;
    placements = next;
  }
  placements.sort((one, other) => one.cost - other.cost);
  const fulfilling = placements.filter(({ givesUp }) => givesUp === NO_WISH);
  return { ...found, proposals: fulfilling, alternatives: fulfilling.length > 0 ? [] : placements };
}

interface Asked {
  readonly chain: Chain;
  readonly placements: readonly Placement[];
  readonly occasion: number;
}

/** Those of the placements to which the series' next visit can be added, with it. */
async function nextVisits(
  transaction: AuditedTransaction,
  { chain, placements, occasion }: Asked,
  nowMs: number,
): Promise<Placement[]> {
  const { date: today } = stockholmClockAt(nowMs);
  const asked = placements.map((placement) => {
    const anchor = anchorIn(chain, placement);
    return { placement, next: chainOf(chain.source, chain.asked.id, { occasion, anchor }) };
  });
  const days = asked.map(({ next }) => daysToSearch(next.needs, today, 'near')).reduce(around);
  const apartFrom = chain.source.appointments.filter(({ state }) => state === 'reserved').map(({ id }) => id);
  const question = await calendarQuestion(transaction, asked[0]!.next, days, { nowMs, apartFrom });
  return asked.flatMap(({ placement, next }) => placeNext(question, placement, next.needs));
}

function placeNext(question: CalendarQuestion, placement: Placement, needs: readonly VisitNeed[]): Placement[] {
  const all = [...needs, ...stayingNeeds(placement)];
  const { proposals, alternatives } = proposeTimes({ ...question, needs: all }, 1, 'alternatives');
  const next = proposals[0] ?? alternatives[0];
  return next === undefined ? [] : [joined(placement, next)];
}

function around(one: Days, other: Days): Days {
  return { firstDay: earlierOf(one.firstDay, other.firstDay), lastDay: laterOf(one.lastDay, other.lastDay) };
}
