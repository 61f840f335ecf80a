import { createPostgresBackend, type PgPool, runMigrations, withBackend } from 'bullmq';
import pg from 'pg';
import { APPLICATION_ROLE, DEFAULT_POOL_LIMITS, openPool } from '../../storage/connections.ts';
import type { JobData } from '../job.ts';
import type { QueueBackend } from './backend.ts';
import { jobQueue } from './bull-queue.ts';
import { bullProcessor, bullWorkerOptions, startedWorker } from './bull-worker.ts';

/** BullMQ's tables lie in a schema of their own, and are its own affair. */
const SCHEMA = 'bullmq';
/** One listens; the others claim, complete and prolong. */
const MAX_CONNECTIONS = 6;
const MIGRATE_TIMEOUT_MS = 60_000;

const { Queue, Worker } = withBackend(createPostgresBackend);

/**
 * Makes or updates BullMQ's tables as the database's owner, and lets the application work with them. Several servers may
 * call it at once.
 */
export async function preparePostgresQueue(owner: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...owner, application_name: 'taltid-migrations', query_timeout: MIGRATE_TIMEOUT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await runMigrations(client, SCHEMA);
    await client.query(`
      grant usage, create on schema ${SCHEMA} to ${APPLICATION_ROLE};
      grant select, insert, update, delete on all tables in schema ${SCHEMA} to ${APPLICATION_ROLE};
      grant usage on all sequences in schema ${SCHEMA} to ${APPLICATION_ROLE}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Jobs in the clinic's own database. */
export function postgresBackend(connection: pg.ClientConfig, onError: (error: Error) => void): QueueBackend {
  const pool = openPool(
    { ...connection, options: `${connection.options ?? ''} -c search_path=${SCHEMA}` },
    { ...DEFAULT_POOL_LIMITS, maxConnections: MAX_CONNECTIONS },
    onError,
  );
  const shared = pool as unknown as PgPool;
  return {
    kind: 'postgres',
    openQueue: (name) => jobQueue(name, new Queue<JobData>(name, { connection: shared }), onError),
    openWorker: (options) => {
      const bullOptions = { ...bullWorkerOptions(options), connection: shared };
      const worker = new Worker<JobData>(options.name, bullProcessor(options), bullOptions);
      return startedWorker(worker, options);
    },
    close: () => pool.end(),
  };
}
