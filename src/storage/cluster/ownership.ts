import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CLUSTER_OWNER, type ClusterFolder } from './cluster-folder.ts';

/** An advisory lock on the database `postgres`, held by the server that started the cluster for as long as it lives. */
const OWNERSHIP_LOCK = 7_411_808_321;
const CONNECT_TIMEOUT_MS = 5_000;
const QUERY_TIMEOUT_MS = 10_000;
/** A server that has just started its cluster takes the lock well within this. */
const ORPHAN_AFTER_MS = 500;

/** What is found at the socket. */
export type Found = 'nobody' | 'starting' | 'owned' | 'orphan';

function ownerClient(folder: ClusterFolder): pg.Client {
  const client = new pg.Client({
    host: folder.path,
    user: CLUSTER_OWNER,
    database: 'postgres',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
  });
  // The server may be stopped under us; whoever waits for an answer is told by it.
  client.on('error', () => undefined);
  return client;
}

/** Whether somebody already runs this cluster, and whether a living server of ours holds it. */
export async function lookAtSocket(folder: ClusterFolder): Promise<Found> {
  const client = ownerClient(folder);
  try {
    await client.connect();
    if (!(await isFree(client))) return 'owned';
    await sleep(ORPHAN_AFTER_MS);
    return (await isFree(client)) ? 'orphan' : 'owned';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOENT' || code === 'ECONNREFUSED' ? 'nobody' : 'starting';
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [OWNERSHIP_LOCK]);
  return rows[0]?.held === true;
}

async function isFree(client: pg.Client): Promise<boolean> {
  if (!(await tryLock(client))) return false;
  await client.query('select pg_advisory_unlock($1)', [OWNERSHIP_LOCK]);
  return true;
}

/**
 * Marks the running cluster as ours. The lock goes with the connection, so that not even SIGKILL leaves it behind.
 * Throws while nobody answers yet, or while somebody else holds the lock or looks whether it is free.
 */
export async function takeOwnership(folder: ClusterFolder): Promise<pg.Client> {
  const client = ownerClient(folder);
  try {
    await client.connect();
    if (await tryLock(client)) return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  await client.end();
  throw new Error('the database is held by another server');
}

/** Ends a cluster that a killed server left running, by a fast shutdown. */
export async function stopOrphan(folder: ClusterFolder): Promise<void> {
  const pid = Number((await readFile(join(folder.cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // It has ended meanwhile.
  }
}
