import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { AccessPurpose, Actor, AuditAction } from '../contracts/access.ts';
import { AppError } from '../contracts/errors.ts';
import type { AuditEventsTable } from './tables/background.ts';
import type { PlainTables, Tables, UnitTables } from './tables/tables.ts';

/** What the log says beside the actor. */
export interface AccessContext {
  readonly purpose: AccessPurpose;
  /** Of the HTTP request or job, so that the log's lines can be told to belong together. */
  readonly requestId: string;
}

/** Reads of patient tables as the log tells them. */
export interface ReadRecord<Row> {
  readonly action: Extract<AuditAction, 'read' | 'search' | 'list' | 'export'>;
  /** A table, or what was listed. */
  readonly object: string;
  /** Of one object; absent for lists. */
  readonly objectId?: string | undefined;
  /** Several where a row tells of a child and its guardian. */
  readonly patientOf: (row: Row) => string | readonly string[] | null;
}

/** A line of the log before what all lines of the transaction have in common. */
type PendingLine = Pick<
  Selectable<AuditEventsTable>,
  'action' | 'objectKind' | 'objectId' | 'patientIds' | 'unitId' | 'detail'
>;

type Writes = Pick<Transaction<Tables>, 'insertInto' | 'updateTable' | 'deleteFrom'>;

/**
 * A transaction with an actor. Rows with patient data come out by `read` alone, which tells the log whose they were;
 * writes are logged by the database itself. The rows are of the actor's units, whatever the query says.
 */
export class AuditedTransaction {
  readonly actor: Actor;
  /** Units whose patients this transaction sees. */
  readonly unitIds: readonly string[];
  readonly context: AccessContext;
  /** Tables without patient data. */
  readonly plain: Transaction<PlainTables>;
  /** Those and what the actor's units have set up. */
  readonly ofUnits: Transaction<PlainTables & UnitTables>;
  readonly write: Writes;
  readonly #transaction: Transaction<Tables>;
  readonly #pending: PendingLine[] = [];

  constructor(transaction: Transaction<Tables>, actor: Actor, unitIds: readonly string[], context: AccessContext) {
    this.#transaction = transaction;
    this.actor = actor;
    this.unitIds = unitIds;
    this.context = context;
    this.plain = transaction as unknown as Transaction<PlainTables>;
    this.ofUnits = transaction as unknown as Transaction<PlainTables & UnitTables>;
    this.write = transaction;
  }

  /** Runs a query on patient tables and puts down whose rows came out; no rows of patients leave no line. */
  async read<Row>(record: ReadRecord<Row>, query: (tables: Transaction<Tables>) => Promise<Row[]>): Promise<Row[]> {
    const rows = await query(this.#transaction);
    const { action, object: objectKind, objectId = null } = record;
    for (const [unitId, patients] of this.#patientsByUnit(rows, record.patientOf)) {
      this.#pending.push({ action, objectKind, objectId, patientIds: [...patients], unitId, detail: null });
    }
    return rows;
  }

  /** As `read`, of the one row that there is. Throws NOT_FOUND, also where it belongs to another unit. */
  async readOne<Row>(record: ReadRecord<Row>, query: (tables: Transaction<Tables>) => Promise<Row[]>): Promise<Row> {
    const [row] = await this.read(record, query);
    if (row === undefined) throw notFound(record.object);
    return row;
  }

  /** Puts down what no query shows: a login, a changed account. */
  record(action: AuditAction, objectKind: string, objectId: string | null, detail: string | null = null): void {
    this.#pending.push({ action, objectKind, objectId, patientIds: [], unitId: this.#onlyUnit, detail });
  }

  /** Null where there are several. */
  get #onlyUnit(): string | null {
    return this.unitIds.length === 1 ? this.unitIds[0]! : null;
  }

  /** Whose rows came out, by the unit that the rows are of: staff of several units leave a line at each. */
  #patientsByUnit<Row>(rows: readonly Row[], patientOf: ReadRecord<Row>['patientOf']): Map<string | null, Set<string>> {
    const found = new Map<string | null, Set<string>>();
    for (const row of rows) {
      const patients = [patientOf(row) ?? []].flat();
      if (patients.length === 0) continue;
      const unitId = unitIdOf(row) ?? this.#onlyUnit;
      found.set(unitId, new Set([...(found.get(unitId) ?? []), ...patients]));
    }
    return found;
  }

  /** Work that is taken back by itself where it fails: what was done before it stands. Throws what it throws. */
  async apart<Result>(work: () => Promise<Result>): Promise<Result> {
    await sql`savepoint apart`.execute(this.#transaction);
    try {
      const result = await work();
      await sql`release savepoint apart`.execute(this.#transaction);
      return result;
    } catch (error) {
      await sql`rollback to savepoint apart`.execute(this.#transaction);
      throw error;
    }
  }

  /** The staff member who acts. Throws UNIT_NOT_ALLOWED for another kind of actor. */
  get staffId(): string {
    if (this.actor.kind === 'staff') return this.actor.id;
    throw new AppError('UNIT_NOT_ALLOWED', 'this is done by staff', { expected: 'staff', got: this.actor.kind });
  }

  /** The member of staff who acts, or who answers for the program that does. Throws UNIT_NOT_ALLOWED for others. */
  get answeringStaffId(): string {
    return this.actor.kind === 'api-key' ? this.actor.ownerId : this.staffId;
  }

  /** Writes the lines that were put down; the last thing before the commit. */
  async writePending(): Promise<void> {
    if (this.#pending.length === 0) return;
    const common = {
      actorKind: this.actor.kind,
      actorId: this.actor.id,
      purpose: this.context.purpose,
      requestId: this.context.requestId,
    };
    await this.plain
      .insertInto('auditEvents')
      .values(this.#pending.map((line) => ({ ...line, ...common })))
      .execute();
  }
}

function unitIdOf(row: unknown): string | undefined {
  const { unitId } = row as { readonly unitId?: unknown };
  return typeof unitId === 'string' ? unitId : undefined;
}

/** No such row, or none that the actor may see: the two are not told apart. */
export function notFound(what: string): AppError {
  return new AppError('NOT_FOUND', `there is no such ${what} here`, { expected: 'the id of one of the own units' });
}

/** Makes the transaction go on as an actor: what is written from now on is that actor's. */
export type ActAs = (actor: Actor) => Promise<AuditedTransaction>;

/**
 * Runs work in a transaction in which one actor may follow another: commits when it resolves, rolls back when it throws.
 * Failures of the database come out as AppError; one that is `retryable` changed nothing.
 */
export async function withActors<Result>(
  database: Kysely<Tables>,
  context: AccessContext,
  work: (actAs: ActAs) => Promise<Result>,
): Promise<Result> {
  return database.transaction().execute(async (transaction) => {
    const acted: AuditedTransaction[] = [];
    const result = await work(async (actor) => {
      const unitIds = await unitsOf(transaction, actor);
      await sql`select
        set_config('taltid.actor_kind', ${actor.kind}, true), set_config('taltid.actor_id', ${actor.id}, true),
        set_config('taltid.units', ${unitIds.join(',')}, true), set_config('taltid.purpose', ${context.purpose}, true),
        set_config('taltid.chain', ${chainOf(actor)}, true),
        set_config('taltid.request_id', ${context.requestId}, true)`.execute(transaction);
      const audited = new AuditedTransaction(transaction, actor, unitIds, context);
      acted.push(audited);
      return audited;
    });
    for (const audited of acted) await audited.writePending();
    return result;
  });
}

function chainOf(actor: Actor): string {
  return (actor.kind === 'patient' ? actor.chainId : null) ?? '';
}

async function unitsOf(transaction: Transaction<Tables>, actor: Actor): Promise<readonly string[]> {
  if (actor.kind !== 'system') return actor.unitIds;
  return (await transaction.selectFrom('units').select('id').execute()).map(({ id }) => id);
}
