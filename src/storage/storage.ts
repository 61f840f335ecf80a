import { join } from 'node:path';
import { type Kysely, sql, type Transaction } from 'kysely';
import type pg from 'pg';
import type { Actor } from '../contracts/access.ts';
import { type AccessContext, type ActAs, type AuditedTransaction, withActors } from './audited-transaction.ts';
import { type ClusterEvent, EmbeddedCluster } from './cluster/embedded-cluster.ts';
import { asApplication, DEFAULT_POOL_LIMITS, openKysely, openPool, type PoolLimits } from './connections.ts';
import { type Channel, type Listening, listen } from './listen.ts';
import { migrate, readMigrations } from './migrate.ts';
import type { PlainTables, Tables } from './tables/tables.ts';

/** The database that every cluster has; a private one needs no other. */
const EMBEDDED_DATABASE = 'postgres';

export interface StorageOptions {
  /** Absolute path; the embedded database keeps to its folder `database`. */
  readonly dataDirectory: string;
  /** A server of the site's own instead of the embedded one. */
  readonly databaseUrl?: string | undefined;
  /** Until this birthday guardians act for a child, and are written to; the usual one when absent. */
  readonly guardiansSeeUnderYears?: number;
  readonly limits?: PoolLimits;
  readonly log?: (event: ClusterEvent | { readonly event: 'database-connection-lost' }) => void;
}

/** The database server, for operators. */
export interface ServerState {
  readonly kind: 'embedded' | 'external';
  /** As PostgreSQL tells it: 18.4. */
  readonly version: string;
  readonly sizeBytes: number;
}

/** The open database, its schema up to date. */
export class Storage {
  readonly #database: Kysely<Tables>;
  readonly #cluster: EmbeddedCluster | undefined;
  /** How the application connects; for parts that keep connections of their own (the job queue). */
  readonly connection: pg.ClientConfig;
  /** How the owner connects; only for what makes tables. */
  readonly ownerConnection: pg.ClientConfig;

  private constructor(
    database: Kysely<Tables>,
    connection: pg.ClientConfig,
    ownerConnection: pg.ClientConfig,
    cluster: EmbeddedCluster | undefined,
  ) {
    this.#database = database;
    this.connection = connection;
    this.ownerConnection = ownerConnection;
    this.#cluster = cluster;
  }

  /**
   * Starts the embedded database or connects to the given one, and migrates. Throws DATABASE_START, DATABASE_IN_USE,
   * DATABASE_SCHEMA or DATABASE_UNAVAILABLE.
   */
  static async open(options: StorageOptions): Promise<Storage> {
    const { databaseUrl, log } = options;
    if (databaseUrl !== undefined) return Storage.connect({ connectionString: databaseUrl }, options);
    const cluster = await EmbeddedCluster.start({
      folder: join(options.dataDirectory, 'database'),
      ...(log && { log }),
    });
    try {
      return await Storage.connect(cluster.connection(EMBEDDED_DATABASE), options, cluster);
    } catch (error) {
      await cluster.close();
      throw error;
    }
  }

  /** As `open`, with a server that runs. A cluster that is given is closed with the storage. */
  static async connect(
    owner: pg.ClientConfig,
    options: Pick<StorageOptions, 'limits' | 'log' | 'guardiansSeeUnderYears'> = {},
    cluster?: EmbeddedCluster,
  ): Promise<Storage> {
    const { limits = DEFAULT_POOL_LIMITS, log, guardiansSeeUnderYears } = options;
    await migrate(owner, await readMigrations());
    const connection = asApplication(owner, guardiansSeeUnderYears);
    const pool = openPool(connection, limits, () => {
      if (!pool.ending) log?.({ event: 'database-connection-lost' });
    });
    return new Storage(openKysely(pool), connection, owner, cluster);
  }

  /** Joins a database that the server has opened, as a process of its own; `connection` is the application's. */
  static join(connection: pg.ClientConfig, limits: PoolLimits): Storage {
    return new Storage(openKysely(openPool(connection, limits)), connection, connection, undefined);
  }

  /** Tables without patient data, outside a transaction. */
  get plain(): Kysely<PlainTables> {
    return this.#database as unknown as Kysely<PlainTables>;
  }

  /** Runs work in a transaction as an actor; see AuditedTransaction. */
  withAudit<Result>(
    actor: Actor,
    context: AccessContext,
    work: (transaction: AuditedTransaction) => Promise<Result>,
  ): Promise<Result> {
    return withActors(this.#database, context, async (actAs) => work(await actAs(actor)));
  }

  /** Runs work in one transaction in which several act in turn. */
  withActors<Result>(context: AccessContext, work: (actAs: ActAs) => Promise<Result>): Promise<Result> {
    return withActors(this.#database, context, work);
  }

  /** Runs work on tables without patient data in a transaction. */
  transaction<Result>(work: (tables: Transaction<PlainTables>) => Promise<Result>): Promise<Result> {
    return this.plain.transaction().execute(work);
  }

  /** Hears of committed events and of new messages in the outbox. */
  listen(
    channels: readonly Channel[],
    onNotification: (channel: Channel, payload: string) => void,
    onReady?: () => void,
  ): Promise<Listening> {
    return listen(this.connection, channels, onNotification, onReady);
  }

  /** What the database runs on, and what it takes of its disk. */
  async serverState(): Promise<ServerState> {
    const { rows } = await sql<{ version: string; sizeBytes: number }>`
      select split_part(current_setting('server_version'), ' ', 1) as version, pg_database_size(current_database()) as size_bytes`.execute(
      this.#database,
    );
    return { kind: this.#cluster ? 'embedded' : 'external', ...rows[0]! };
  }

  /** Waits for queries under way, then stops the embedded database. */
  async close(): Promise<void> {
    await this.#database.destroy();
    await this.#cluster?.close();
  }
}
