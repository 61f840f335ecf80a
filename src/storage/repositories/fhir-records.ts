import { type RawBuilder, sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import { FHIR_SOURCES, type FhirRecordName, type FhirRecords, type RecordRow } from './fhir-sources.ts';

/** What a record must be. Columns are named by the program, never by a request. */
export type RecordFilter =
  | { readonly column: string; readonly isOneOf: readonly string[] }
  | { readonly column: string; readonly isOneOfIds: readonly string[] }
  /** A column with a list of ids, of which one is among these. */
  | { readonly column: string; readonly holdsIds: readonly string[] }
  /** The first is included, the last is not; null for no bound. */
  | { readonly column: string; readonly from: Date | null; readonly before: Date | null }
  /** Days, YYYY-MM-DD, both included. */
  | { readonly column: string; readonly firstDay: string | null; readonly lastDay: string | null }
  | { readonly column: string; readonly beginsWith: string }
  /** A column with a patient's id, whose number this is. */
  | { readonly column: string; readonly isPatientNumbered: readonly string[] }
  | { readonly column: string; readonly isTrue: boolean }
  /** Any of them. */
  | { readonly anyOf: readonly RecordFilter[] }
  | { readonly allOf: readonly RecordFilter[] };

/** A record's place in its list: microseconds since 1970-01-01T00:00Z of what orders it, as digits, and its id. */
export interface RecordPlace {
  readonly orderedAtUs: string;
  readonly id: string;
  /** Of the whole list, as it was counted for its first page. */
  readonly total: number;
}

/** An instant or a day by which a list is ordered; records without one come last. */
export interface RecordOrder {
  readonly column: string;
  readonly mayBeEmpty: boolean;
  readonly isDescending: boolean;
}

export interface RecordQuery {
  readonly filters: readonly RecordFilter[];
  readonly limit: number;
  /** In the order of time where it is absent. */
  readonly order?: RecordOrder | undefined;
  /** The last one of the page before. */
  readonly after?: RecordPlace | undefined;
}

export interface FoundRecords<Row> {
  readonly records: readonly Row[];
  /** Where the next page begins; null on the last one. */
  readonly next: RecordPlace | null;
  /** On all pages. */
  readonly total: number;
}

/** What the log of accesses calls each: a table. */
const LOGGED_AS: Readonly<Record<FhirRecordName, string>> = {
  patients: 'patients',
  guardians: 'patients',
  staff: 'staff',
  units: 'units',
  resources: 'resources',
  requests: 'booking_requests',
  tasks: 'admin_tasks',
  appointments: 'appointments',
  letters: 'letters',
  notes: 'note_versions',
  sounds: 'dictations',
  sources: 'follow_ups',
  plans: 'booking_requests',
  teams: 'booking_requests',
};

/** Sorts after every character that a name can have. */
const AFTER_ALL = '\u{10FFFF}';

const IN_TIME: RecordOrder = { column: 'ordered_at', mayBeEmpty: false, isDescending: false };
/** Before and after every date that a record has; in microseconds no more than a double holds. */
const [BEFORE_ALL, AFTER_ALL_DATES] = ['1700-01-01T00:00Z', '2250-01-01T00:00Z'];

/** Records that pass every filter, in their order. The log is told whose they are. */
export async function findRecords<Name extends FhirRecordName>(
  transaction: AuditedTransaction,
  name: Name,
  { filters, limit, order = IN_TIME, after }: RecordQuery,
): Promise<FoundRecords<FhirRecords[Name]>> {
  const passes = filters.map(condition);
  const key = orderKey(order);
  const [beyond, direction] = order.isDescending ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`];
  const place = after
    ? [
        sql`(${key}, id) ${beyond} (timestamptz 'epoch' + ${after.orderedAtUs}::bigint * interval '1 microsecond', ${after.id}::uuid)`,
      ]
    : [];
  let hasMore = false;
  const records = await transaction.read({ action: 'search', object: LOGGED_AS[name], patientOf }, async (tables) => {
    const { rows: found } = await sql<FhirRecords[Name] & { readonly orderedAtUs: string }>`
      select record.*, (extract(epoch from ${key}) * 1000000)::bigint::text as ordered_at_us
      from (${FHIR_SOURCES[name]}) as record
      where ${all([...passes, ...place])} order by ${key} ${direction}, id ${direction} limit ${limit + 1}`.execute(
      tables,
    );
    hasMore = found.length > limit;
    return found.slice(0, limit);
  });
  const last = records.at(-1);
  const total = after?.total ?? (await countRecords(transaction, name, passes));
  return {
    records,
    next: hasMore && last !== undefined ? { orderedAtUs: last.orderedAtUs, id: last.id, total } : null,
    total,
  };
}

/** Throws NOT_FOUND, also for one of another unit and one that does not pass. */
export async function recordById<Name extends FhirRecordName>(
  transaction: AuditedTransaction,
  name: Name,
  id: string,
  filters: readonly RecordFilter[] = [],
): Promise<FhirRecords[Name]> {
  const record = { action: 'read', object: LOGGED_AS[name], objectId: id, patientOf } as const;
  return transaction.readOne(record, async (tables) => {
    const { rows } = await sql<FhirRecords[Name]>`
      select * from (${FHIR_SOURCES[name]}) as record
      where ${all([sql`id = ${id}::uuid`, ...filters.map(condition)])}`.execute(tables);
    return rows;
  });
}

async function countRecords(
  transaction: AuditedTransaction,
  name: FhirRecordName,
  passes: readonly RawBuilder<unknown>[],
): Promise<number> {
  const record = { action: 'search', object: LOGGED_AS[name], patientOf: () => null } as const;
  const [counted] = await transaction.read(record, async (tables) => {
    const { rows } = await sql<{ total: number }>`
      select count(*) as total from (${FHIR_SOURCES[name]}) as record where ${all(passes)}`.execute(tables);
    return rows;
  });
  return counted!.total;
}

function orderKey({ column, mayBeEmpty, isDescending }: RecordOrder): RawBuilder<unknown> {
  if (!mayBeEmpty) return sql.ref(column);
  return sql`coalesce(${sql.ref(column)}::timestamptz, ${isDescending ? BEFORE_ALL : AFTER_ALL_DATES}::timestamptz)`;
}

function patientOf({ patientId, otherPatientId }: RecordRow): string | readonly string[] | null {
  return patientId !== null && otherPatientId !== undefined ? [patientId, otherPatientId] : patientId;
}

function all(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`true` : sql.join([...conditions], sql` and `);
}

function condition(filter: RecordFilter): RawBuilder<unknown> {
  if ('anyOf' in filter) {
    return filter.anyOf.length === 0 ? sql`false` : sql`(${sql.join(filter.anyOf.map(condition), sql` or `)})`;
  }
  if ('allOf' in filter) return all(filter.allOf.map(condition));
  const column = sql.ref(filter.column);
  if ('isOneOf' in filter) return sql`${column} = any (${[...filter.isOneOf]}::text[])`;
  if ('isOneOfIds' in filter) return sql`${column} = any (${[...filter.isOneOfIds]}::uuid[])`;
  if ('isTrue' in filter) return sql`${column} = ${filter.isTrue}`;
  if ('holdsIds' in filter) return sql`${column} && ${[...filter.holdsIds]}::uuid[]`;
  if ('beginsWith' in filter) {
    const { beginsWith } = filter;
    return sql`(${column} >= ${beginsWith} and ${column} < ${beginsWith + AFTER_ALL})`;
  }
  if ('isPatientNumbered' in filter) {
    return sql`${column} in (select id from patients where personal_number = any (${[...filter.isPatientNumbered]}::text[]))`;
  }
  if ('firstDay' in filter) {
    return sql`(${filter.firstDay}::date is null or ${column} >= ${filter.firstDay}::date)
      and (${filter.lastDay}::date is null or ${column} <= ${filter.lastDay}::date)`;
  }
  return sql`(${filter.from}::timestamptz is null or ${column} >= ${filter.from}::timestamptz)
    and (${filter.before}::timestamptz is null or ${column} < ${filter.before}::timestamptz)`;
}
