import type { Placement } from '../booking/placing.ts';
import type { CalendarQuestion, NothingToPlace } from '../booking/plan.ts';
import { proposeTimes } from '../booking/propose.ts';
import type { Span } from '../booking/schedule.ts';
import { daysToSearch } from '../booking/search-days.ts';
import { TakenTimes } from '../booking/taken-times.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { calendarQuestion } from './calendar-question.ts';
import type { Subject } from './sick-day-subject.ts';

type Reach = 'near' | 'far';
/** Whom to ask: whoever was to see the patient, or anybody who does the same. */
type Who = 'same' | 'anybody';

/** A time for a visit of a sick day, and what moves to it. */
export interface FoundTime {
  readonly subject: Subject;
  readonly placement: Placement;
}

/** What a search for a visit found. */
export interface VisitSearch {
  /** Everything asked for is fulfilled. */
  readonly best: FoundTime | null;
  /** Where nothing is: the least that would have to be given up. */
  readonly alternative: FoundTime | null;
  readonly problem: NothingToPlace | null;
}

/** With a last day to keep, the same person later; without one, not so much later that a colleague would be kinder. */
const WITH_LAST_DAY = [
  ['same', 'near'],
  ['same', 'far'],
  ['anybody', 'near'],
  ['anybody', 'far'],
] as const satisfies readonly (readonly [Who, Reach])[];
const WITHOUT_LAST_DAY = [
  ['same', 'near'],
  ['anybody', 'near'],
  ['same', 'far'],
  ['anybody', 'far'],
] as const satisfies readonly (readonly [Who, Reach])[];

/** Times that a plan has promised, by whose they are, as long as nobody has booked them. */
export class PromisedTimes {
  readonly #spans = new Map<string, Span[]>();

  add(whose: string, span: Span): void {
    const known = this.#spans.get(whose);
    if (known) known.push(span);
    else this.#spans.set(whose, [span]);
  }

  of(whose: string): readonly Span[] {
    return this.#spans.get(whose) ?? [];
  }
}

/** What is taken; also what is promised, and all of the time of those who are left out. */
class TakenOrPromised extends TakenTimes {
  readonly #stored: TakenTimes;
  readonly #promised: PromisedTimes;
  readonly #leftOut: ReadonlySet<string>;

  constructor(stored: TakenTimes, promised: PromisedTimes, leftOut: ReadonlySet<string>) {
    super([]);
    this.#stored = stored;
    this.#promised = promised;
    this.#leftOut = leftOut;
  }

  override isFree(whose: string, startMs: number, endMs: number): boolean {
    if (this.#leftOut.has(whose) || !this.#stored.isFree(whose, startMs, endMs)) return false;
    return !this.#promised.of(whose).some((span) => span.startMs < endMs && startMs < span.endMs);
  }
}

/**
 * The best other time for a visit: with the same person within måldatum, else with a colleague who does the same if
 * nobody is named; of the subjects, the one that moves least.
 *
 * @param resourceId whose calendar it stands in now
 */
export async function searchVisit(
  transaction: AuditedTransaction,
  subjects: readonly Subject[],
  { resourceId, promised, nowMs }: { resourceId: string; promised: PromisedTimes; nowMs: number },
): Promise<VisitSearch> {
  const questions = new Map<string, CalendarQuestion>();
  const ask = async (subject: Subject, reach: Reach, who: Who): Promise<CalendarQuestion> => {
    const key = `${subjects.indexOf(subject)} ${reach}`;
    const question = questions.get(key) ?? (await questionOf(transaction, subject, reach, nowMs));
    questions.set(key, question);
    const leftOut = who === 'same' ? othersThan(resourceId, question) : new Set<string>();
    return { ...question, taken: new TakenOrPromised(question.taken, promised, leftOut) };
  };
  const hasLastDay = subjects[0]!.toPlace.needs.some(({ fixed, latest }) => fixed === null && latest !== null);
  for (const [who, reach] of hasLastDay ? WITH_LAST_DAY : WITHOUT_LAST_DAY) {
    for (const subject of subjects) {
      const { proposals, problem } = proposeTimes(await ask(subject, reach, who), 1, 'nothing');
      if (problem !== null) return { best: null, alternative: null, problem };
      const [placement] = proposals;
      if (placement !== undefined) return { best: { subject, placement }, alternative: null, problem: null };
    }
  }
  const subject = subjects.at(-1)!;
  const [placement] = proposeTimes(await ask(subject, 'far', 'anybody'), 1, 'alternatives').alternatives;
  return { best: null, alternative: placement === undefined ? null : { subject, placement }, problem: null };
}

/** Several times for a visit, whoever has them, for somebody to choose from. */
export async function choicesFor(
  transaction: AuditedTransaction,
  subjects: readonly Subject[],
  { wanted, nowMs }: { wanted: number; nowMs: number },
): Promise<FoundTime[]> {
  for (const reach of ['near', 'far'] as const) {
    for (const subject of subjects) {
      const { proposals } = proposeTimes(await questionOf(transaction, subject, reach, nowMs), wanted, 'nothing');
      if (proposals.length > 0) return proposals.map((placement) => ({ subject, placement }));
    }
  }
  const subject = subjects.at(-1)!;
  const far = await questionOf(transaction, subject, 'far', nowMs);
  return proposeTimes(far, wanted, 'alternatives').alternatives.map((placement) => ({ subject, placement }));
}

function questionOf(
  transaction: AuditedTransaction,
  { toPlace, moving }: Subject,
  reach: Reach,
  nowMs: number,
): Promise<CalendarQuestion> {
  const { date: today } = stockholmClockAt(nowMs);
  const apartFrom = [...moving.values()].map(({ id }) => id);
  return calendarQuestion(transaction, toPlace, daysToSearch(toPlace.needs, today, reach), { nowMs, apartFrom });
}

/** Whoever else could see the patient. */
function othersThan(resourceId: string, { schedule: { resources } }: CalendarQuestion): Set<string> {
  const own = resources.find(({ id }) => id === resourceId);
  const others = resources.filter(
    ({ id, kind, role }) => (kind === 'person' || kind === 'role') && id !== resourceId && role === (own?.role ?? null),
  );
  return new Set(others.map(({ whose }) => whose));
}
