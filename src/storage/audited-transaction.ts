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
  readonly patientOf: (row: Row) => string | null;
}

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
  readonly #pending: Pick<Selectable<AuditEventsTable>, 'action' | 'objectKind' | 'objectId' | 'patientIds'>[] = [];

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
    const patientIds = [...new Set(rows.map(record.patientOf))].filter((id) => id !== null);
    const { action, object: objectKind, objectId = null } = record;
    if (patientIds.length > 0) this.#pending.push({ action, objectKind, objectId, patientIds });
    return rows;
  }

  /** As `read`, of the one row that there is. Throws NOT_FOUND, also where it belongs to another unit. */
  async readOne<Row>(record: ReadRecord<Row>, query: (tables: Transaction<Tables>) => Promise<Row[]>): Promise<Row> {
    const [row] = await this.read(record, query);
    if (row === undefined) throw notFound(record.object);
    return row;
  }

  /** Puts down what no query shows: a login, a changed account. */
  record(action: AuditAction, objectKind: string, objectId: string | null): void {
    this.#pending.push({ action, objectKind, objectId, patientIds: [] });
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
      unitId: this.unitIds.length === 1 ? this.unitIds[0]! : null,
      purpose: this.context.purpose,
      requestId: this.context.requestId,
    };
    await this.plain
      .insertInto('auditEvents')
      .values(this.#pending.map((line) => ({ ...line, ...common })))
      .execute();
  }
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
