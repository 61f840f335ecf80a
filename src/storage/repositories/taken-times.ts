import { sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';

/** From the first instant to before the second, in milliseconds since 1970-01-01T00:00Z. */
interface TakenSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/** What is taken of somebody's time; what is freed is taken off again, whatever else says that it is taken. */
interface TakenOf {
  readonly taken: readonly TakenSpan[];
  readonly freed: readonly TakenSpan[];
}

const MINUTE_MS = 60_000;
const WEEK_MS = 7 * 24 * 60 * MINUTE_MS;
/** The Monday from which weeks are counted. */
const FIRST_WEEK_MS = 4 * 24 * 60 * MINUTE_MS;

interface BusyWeeks {
  readonly whose: string;
  /** "2968:480 960 1920 2400;2969:480 510": minutes of the week. */
  readonly weeks: string;
  readonly isFree: boolean;
}

/**
 * What is taken of some resources' and of a patient's time, by whose it is: also what a member of staff does at other
 * units, of which no more is told than that. Whole weeks come, and are read when they are asked for. `apartFrom` are
 * appointments that do not count, as they are about to move.
 */
export async function takenTimes(
  { ofUnits }: AuditedTransaction,
  { resourceIds, patientId }: { resourceIds: readonly string[]; patientId: string | null },
  { from, to }: { from: Date; to: Date },
  apartFrom: readonly string[] = [],
): Promise<(readonly [whose: string, read: () => TakenOf])[]> {
  const query = sql<BusyWeeks>`select whose, weeks, is_free from busy_times(
    ${[...resourceIds]}::uuid[], ${patientId}::uuid, ${from}::timestamptz, ${to}::timestamptz, ${[...apartFrom]}::uuid[])`;
  const { rows } = await query.execute(ofUnits);
  return Array.from(
    Map.groupBy(rows, ({ whose }) => whose),
    ([whose, ofOne]) => [whose, () => readWeeks(ofOne)] as const,
  );
}

/**
 * Waits for everybody who books, moves or cancels the same resources' or patient's time, until the transaction ends.
 * A transaction that takes several times locks all of them first, so that no two wait for each other.
 */
export async function lockTimes(
  { ofUnits }: AuditedTransaction,
  { resourceIds, patientId }: { resourceIds: readonly string[]; patientId: string | null },
): Promise<void> {
  await sql`select lock_times(bodies_of(${patientId}::uuid, ${[...resourceIds]}::uuid[]))`.execute(ofUnits);
}

function readWeeks(rows: readonly BusyWeeks[]): TakenOf {
  const taken: TakenSpan[] = [];
  const freed: TakenSpan[] = [];
  for (const { weeks, isFree } of rows) {
    for (const week of weeks.split(';')) {
      const [number, minutes = ''] = week.split(':');
      const startMs = FIRST_WEEK_MS + Number(number) * WEEK_MS;
      const ends = minutes.split(' ');
      for (let at = 0; at < ends.length; at += 2) {
        (isFree ? freed : taken).push({
          startMs: startMs + Number(ends[at]) * MINUTE_MS,
          endMs: startMs + Number(ends[at + 1]) * MINUTE_MS,
        });
      }
    }
  }
  return { taken, freed };
}
