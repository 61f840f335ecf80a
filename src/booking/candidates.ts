import type { LocalDate } from '../followup/calendar/local-date.ts';
import { type CalendarDay, type CalendarDays, wallMinute } from './calendar-days.ts';
import { companionsAt } from './companions.ts';
import type { Fit } from './fit.ts';
import { type OpenTime, openTimesOn } from './open-times.ts';
import type { Resource } from './schedule.ts';
import type { SessionBook } from './sessions.ts';
import type { TakenTimes } from './taken-times.ts';
import type { PlacedVisit } from './visit-need.ts';
import { both, isWithin, type WishSet } from './wishes.ts';

/** What is searched: a unit's calendar as it is now, for one patient. */
export interface Search {
  readonly book: SessionBook;
  readonly days: CalendarDays;
  readonly taken: TakenTimes;
  readonly patientId: string;
  /** What is taken is known of these days, both included, and nothing is proposed on others. */
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  readonly nowMs: number;
  readonly today: CalendarDay;
  /** The first day for which an interpreter can still be sent for. */
  readonly interpreterFrom: LocalDate;
  /** Whose times are looked for: of care, which may take lent ones knowingly; of patients, to whom only those are lent. */
  readonly owner: 'care' | 'patients';
  /** Only the best time of each half of a day and performer: enough where nothing hangs on it. */
  readonly isSparse: boolean;
}

/** A time at which a need can be met. */
export interface Candidate extends PlacedVisit {
  readonly fit: Fit;
  readonly performer: Resource;
  /** Room, equipment and interpreter. */
  readonly otherResourceIds: readonly string[];
  readonly givesUp: WishSet;
  /** Within its day, from 0 to below 10: what a day more or less costs. */
  readonly cost: number;
}

const NOON_MINUTE = 720;

/**
 * The times of a day that need no more given up than is allowed, the cheapest first. Each is made when it is asked for,
 * once a search: of hundreds of free times a few are looked at.
 */
export function candidatesOn(search: Search, fit: Fit, day: CalendarDay, allowed: WishSet): Iterable<Candidate> {
  const key = `${allowed} ${day.number}`;
  const known = fit.found.get(key);
  if (known !== undefined) return known;
  const found = new CandidateList(candidatesFrom(search, fit, day, allowed));
  fit.found.set(key, found);
  return found;
}

/** Candidates that are made one after another, and kept. */
class CandidateList implements Iterable<Candidate> {
  readonly #made: Candidate[] = [];
  readonly #more: Iterator<Candidate>;

  constructor(more: Iterator<Candidate>) {
    this.#more = more;
  }

  *[Symbol.iterator](): Generator<Candidate> {
    for (let at = 0; ; at++) {
      if (at === this.#made.length) {
        const next = this.#more.next();
        if (next.done === true) return;
        this.#made.push(next.value);
      }
      yield this.#made[at]!;
    }
  }
}

function* candidatesFrom(search: Search, fit: Fit, day: CalendarDay, allowed: WishSet): Generator<Candidate> {
  const seen = new Set<string>();
  for (const time of openTimesOn(search, fit, day, allowed)) {
    const companions = companionsAt(search, fit, day, time);
    if (companions === undefined) continue;
    const givesUp = both(time.givesUp, companions.givesUp);
    if (!isWithin(givesUp, allowed)) continue;
    if (search.isSparse) {
      const key = `${time.performer.id} ${givesUp} ${wallMinute(day, time.startMs) < NOON_MINUTE}`;
      if (seen.has(key)) continue;
      seen.add(key);
    }
    yield candidateOf(fit, day, time, { otherResourceIds: companions.ids, givesUp });
  }
}

function candidateOf(
  fit: Fit,
  day: CalendarDay,
  { performer, startMs, endMs, cost }: OpenTime,
  taken: Pick<Candidate, 'otherResourceIds' | 'givesUp'>,
): Candidate {
  return { fit, performer, performerId: performer.id, date: day.date, startMs, endMs, cost, ...taken };
}
