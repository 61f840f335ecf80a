import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { AppError } from '../contracts/errors.ts';
import { databaseError } from './errors.ts';
import { grantToApplication, makeApplicationRole } from './privileges.ts';

/** Whoever migrates holds it; others wait, and find the work done. */
const MIGRATION_LOCK = 7_411_808_322;
const LOCK_WAIT_MS = 120_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** `unique nulls not distinct` and identity columns as we use them. */
const OLDEST_SERVER = 15;

export const MIGRATIONS_DIRECTORY = join(import.meta.dirname, 'migrations');

export interface Migration {
  /** As the file's name begins: 0001 is 1. */
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 in hexadecimal. */
  readonly checksum: string;
}

/** The folder's files NNNN-name.sql in their order. Throws DATABASE_SCHEMA for two of one number. */
export async function readMigrations(directory = MIGRATIONS_DIRECTORY): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  const migrations = await Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(directory, name), 'utf8');
      return { number: Number(name.slice(0, 4)), name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
  const twice = migrations.find(({ number }, at) => migrations[at - 1]?.number === number);
  if (twice) throw schemaError('two migrations of one number', 'a number each', twice.name);
  return migrations;
}

/**
 * Brings the schema up to date, as the database's owner: each migration in a transaction of its own, all under a lock.
 * Then lets the application's role work with it. Throws DATABASE_SCHEMA where the database knows migrations that we do
 * not, or others than ours, or where there can be no such role.
 */
export async function migrate(connection: pg.ClientConfig, migrations: readonly Migration[]): Promise<void> {
  const client = new pg.Client({
    ...connection,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    lock_timeout: LOCK_WAIT_MS,
    application_name: 'taltid-migrations',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await checkServer(client);
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(`create table if not exists schema_migrations (
      number integer primary key, name text not null, checksum text not null,
      applied_at timestamptz not null default clock_timestamp())`);
    const applied = await readApplied(client);
    checkApplied(applied, migrations);
    for (const migration of migrations.slice(applied.length)) await apply(client, migration);
    await makeApplicationRole(client);
    await grantToApplication(client);
  } catch (error) {
    throw databaseError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; encoding: string }>(
    "select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding",
  );
  const version = Math.floor(Number(rows[0]?.version) / 10_000);
  const encoding = rows[0]?.encoding ?? 'none';
  if (version < OLDEST_SERVER || encoding !== 'UTF8') {
    const expected = `version ${OLDEST_SERVER} or later with UTF8`;
    throw schemaError('the PostgreSQL server cannot be used', expected, `version ${version} with ${encoding}`);
  }
}

async function readApplied(client: pg.Client): Promise<Migration[]> {
  const { rows } = await client.query<Migration>(
    'select number, name, checksum from schema_migrations order by number',
  );
  return rows;
}

function checkApplied(applied: readonly Migration[], migrations: readonly Migration[]): void {
  for (const [at, done] of applied.entries()) {
    const ours = migrations[at];
    if (ours === undefined) {
      throw schemaError(
        'the database was made by a newer version of this program',
        `at most migration ${migrations.at(-1)?.name ?? 'none'}`,
        done.name,
      );
    }
    if (ours.number !== done.number || ours.checksum !== done.checksum) {
      throw schemaError(
        'the database was made by another migration than ours',
        `${ours.name} with checksum ${ours.checksum.slice(0, 12)}`,
        `${done.name} with ${done.checksum.slice(0, 12)}`,
      );
    }
  }
}

async function apply(client: pg.Client, { number, name, checksum, sql }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into schema_migrations (number, name, checksum) values ($1, $2, $3)', [
      number,
      name,
      checksum,
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('DATABASE_SCHEMA', `migration ${name} failed`, {
      expected: 'a schema that it fits',
      got,
      cause,
    });
  }
}

function schemaError(message: string, expected: string, got: string): AppError {
  return new AppError('DATABASE_SCHEMA', message, { expected, got });
}
