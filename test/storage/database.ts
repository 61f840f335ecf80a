import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { EmbeddedCluster } from '../../src/storage/cluster/embedded-cluster.ts';
import { migrate, readMigrations } from '../../src/storage/migrate.ts';
import { Storage } from '../../src/storage/storage.ts';

const TEMPLATE_DATABASE = 'taltid_template';
/** What a test loses with the power does not matter. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  logging_collector: 'off',
  log_min_messages: 'fatal',
  shared_buffers: '64MB',
  // Each test has a database and pools of its own, which close at the end of the file.
  max_connections: '400',
  max_wal_size: '2GB',
};

/** A cluster of a test file's own; each test takes a fresh database from it, migrated and empty. */
export interface TestCluster {
  fresh(): Promise<TestDatabase>;
  close(): Promise<void>;
}

export interface TestDatabase {
  readonly storage: Storage;
  /** The owner, whom no privilege and no row policy holds: what is refused here is refused by a trigger or constraint. */
  readonly owner: pg.Client;
  /** The application's role, without an actor until a test sets one. */
  readonly application: pg.Client;
}

/**
 * Starts PostgreSQL for a test file, in about a second: `beforeAll(async () => { cluster = await startTestCluster(); })`
 * and `afterAll(() => cluster.close())`. A migrated cluster is made once for each state of the migrations, kept in the
 * temporary folder and copied.
 */
export async function startTestCluster(): Promise<TestCluster> {
  const template = await templateFolder();
  const folder = await mkdtemp(join(tmpdir(), 'taltid-db-'));
  await rm(folder, { recursive: true });
  await promisify(execFile)('cp', ['-a', template, folder]);
  const cluster = await EmbeddedCluster.start({ folder, settings: FAST });
  // The server is in a process group of its own, so that Ctrl-C alone would leave it behind.
  const stopAtExit = () => {
    if (cluster.pid !== undefined) process.kill(cluster.pid, 'SIGQUIT');
  };
  process.once('exit', stopAtExit);
  const opened: TestDatabase[] = [];
  return {
    async fresh() {
      const name = `test_${opened.length}`;
      await onDatabase(cluster, 'postgres', `create database ${name} template ${TEMPLATE_DATABASE} strategy file_copy`);
      const storage = await Storage.connect(cluster.connection(name));
      const database = {
        storage,
        owner: await connected(storage.ownerConnection),
        application: await connected(storage.connection),
      };
      opened.push(database);
      return database;
    },
    async close() {
      for (const { storage, owner, application } of opened) {
        await Promise.all([storage.close(), owner.end(), application.end()]);
      }
      await cluster.close();
      process.off('exit', stopAtExit);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connected(connection: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(connection);
  await client.connect();
  return client;
}

async function onDatabase(cluster: EmbeddedCluster, database: string, sql: string): Promise<void> {
  const client = await connected(cluster.connection(database));
  await client.query(sql).finally(() => client.end());
}

/** Made aside and renamed: of two workers that make one at once, the first wins. */
async function templateFolder(): Promise<string> {
  const migrations = await readMigrations();
  const hash = createHash('sha256');
  for (const { checksum } of migrations) hash.update(checksum);
  const folder = join(tmpdir(), `taltid-template-${process.getuid?.() ?? 0}-${hash.digest('hex').slice(0, 16)}`);
  if (await stat(folder).catch(() => undefined)) return folder;
  const aside = await mkdtemp(join(tmpdir(), 'taltid-db-'));
  await chmod(aside, 0o700);
  const cluster = await EmbeddedCluster.start({ folder: aside, settings: FAST });
  await onDatabase(cluster, 'postgres', `create database ${TEMPLATE_DATABASE}`);
  await migrate(cluster.connection(TEMPLATE_DATABASE), migrations);
  await cluster.close();
  await rename(aside, folder).catch(() => rm(aside, { recursive: true, force: true }));
  return folder;
}
