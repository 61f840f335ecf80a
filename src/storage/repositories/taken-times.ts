import { sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';

/** From the first instant to before the second, in milliseconds since 1970-01-01T00:00Z. */
interface TakenSpan {
  readonly startMs: number;
  readonly endMs: number;
}

/**
 * What is taken of some resources' and of a patient's time, by whose it is: also what a member of staff does at other
 * units, of which no more is told than that. `apartFrom` are appointments that do not count, as they are about to move.
 */
export async function takenTimes(
  { ofUnits }: AuditedTransaction,
  { resourceIds, patientId }: { resourceIds: readonly string[]; patientId: string | null },
  { from, to }: { from: Date; to: Date },
  apartFrom: readonly string[] = [],
): Promise<(readonly [whose: string, spans: TakenSpan[]])[]> {
  const query = sql<{ whose: string; spans: string }>`select whose, spans from busy_times(
    ${[...resourceIds]}::uuid[], ${patientId}::uuid, ${from}::timestamptz, ${to}::timestamptz, ${[...apartFrom]}::uuid[])`;
  const { rows } = await query.execute(ofUnits);
  return rows.map(({ whose, spans }) => [whose, parseSpans(spans)] as const);
}

/**
 * Waits for everybody who books, moves or cancels the same resources' or patient's time, until the transaction ends.
 * A transaction that takes several times locks all of them first, so that no two wait for each other.
 */
export async function lockTimes(
  { ofUnits }: AuditedTransaction,
  { resourceIds, patientId }: { resourceIds: readonly string[]; patientId: string },
): Promise<void> {
  await sql`select lock_times(bodies_of(${patientId}::uuid, ${[...resourceIds]}::uuid[]))`.execute(ofUnits);
}

function parseSpans(text: string): TakenSpan[] {
  const instants = text.split(' ');
  const spans: TakenSpan[] = [];
  for (let at = 0; at < instants.length; at += 2) {
    spans.push({ startMs: Number(instants[at]), endMs: Number(instants[at + 1]) });
  }
  return spans;
}
