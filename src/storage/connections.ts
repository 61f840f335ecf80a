import { CamelCasePlugin, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { GUARDIANS_SEE_UNDER_YEARS } from '../contracts/patient-plan.ts';
import { databaseError } from './errors.ts';
import type { Tables } from './tables/tables.ts';

/** The role that the application works as: it owns nothing, so that it can take no rule away. */
export const APPLICATION_ROLE = 'taltid_app';

export interface PoolLimits {
  readonly maxConnections: number;
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  /** Of a transaction that waits for its own code. */
  readonly idleInTransactionTimeoutMs: number;
}

export const DEFAULT_POOL_LIMITS: PoolLimits = {
  maxConnections: 12,
  connectTimeoutMs: 5_000,
  statementTimeoutMs: 15_000,
  lockTimeoutMs: 5_000,
  idleInTransactionTimeoutMs: 15_000,
};

const DATE_OID = 1082;
const BIGINT_OID = 20;

/** Days stay as they are written (YYYY-MM-DD), whatever the time zone; identity columns and counts are numbers. */
const TYPES: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') => {
    if (oid === DATE_OID) return (text: string) => text;
    if (oid === BIGINT_OID) return Number;
    return pg.types.getTypeParser(oid, format);
  }) as pg.CustomTypesConfig['getTypeParser'],
};

/** The same server seen by the application's role, and with the site's own age limit, which row policies ask for. */
export function asApplication(
  owner: pg.ClientConfig,
  guardiansSeeUnderYears = GUARDIANS_SEE_UNDER_YEARS,
): pg.ClientConfig {
  const settings = `-c taltid.guardians_see_under_years=${guardiansSeeUnderYears}`;
  return { ...owner, options: `-c role=${APPLICATION_ROLE} ${settings}` };
}

/** A pool whose every wait has an end. `onError` hears of idle connections that broke; queries tell their own errors. */
export function openPool(
  connection: pg.ClientConfig,
  limits: PoolLimits = DEFAULT_POOL_LIMITS,
  onError: (error: Error) => void = () => undefined,
): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    types: TYPES,
    max: limits.maxConnections,
    connectionTimeoutMillis: limits.connectTimeoutMs,
    statement_timeout: limits.statementTimeoutMs,
    lock_timeout: limits.lockTimeoutMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionTimeoutMs,
    application_name: 'taltid',
    keepAlive: true,
  });
  pool.on('error', onError);
  // One that breaks while it is in use says so by its query too; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** The pool, its failures as AppError. */
function translated(pool: pg.Pool): PostgresPool {
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw databaseError(error);
      });
      const query = async (text: string, parameters: readonly unknown[]) => {
        try {
          return await client.query(text, [...parameters]);
        } catch (error) {
          throw databaseError(error);
        }
      };
      // Kysely's other form of a query, a cursor, is not used here.
      return { query, release: (destroy?: boolean) => client.release(destroy) } as unknown as PostgresPoolClient;
    },
    end: () => pool.end(),
    options: pool.options,
  };
}

/**
 * Column names are snake_case in the database and camelCase here; what lies in jsonb keeps its keys. Every failure is
 * an AppError.
 */
export function openKysely(pool: pg.Pool): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: translated(pool) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}
