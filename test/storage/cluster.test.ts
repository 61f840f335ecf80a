import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ClusterEvent, EmbeddedCluster } from '../../src/storage/cluster/embedded-cluster.ts';
import { Storage } from '../../src/storage/storage.ts';

let folder: string;
let child: ChildProcess | undefined;
const CHILD = join(import.meta.dirname, 'storage-child.ts');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taltid-cluster-'));
  // Started as root, PostgreSQL's own user has to get through.
  await chmod(folder, 0o755);
});

afterEach(async () => {
  if (child?.kill('SIGKILL')) await once(child, 'exit');
  child = undefined;
  // A cluster that a killed child left behind ends here.
  await (await EmbeddedCluster.start({ folder: join(folder, 'database') })).close();
  await rm(folder, { recursive: true, force: true });
});

/** A server in a process of its own; resolves when its storage is open. */
async function startChild(): Promise<ChildProcess> {
  child = spawn(process.execPath, [CHILD, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await Promise.race([once(child.stdout!, 'data'), once(child, 'exit')]);
  expect(String(said)).toBe('open\n');
  return child;
}

async function unitNames(storage: Storage): Promise<string[]> {
  return (await storage.plain.selectFrom('units').select('name').execute()).map(({ name }) => name);
}

test('a folder is private to one user, speaks no TCP, is durable and in UTF-8, and keeps what was committed', async () => {
  const first = await Storage.open({ dataDirectory: folder });
  await first.plain.insertInto('units').values({ name: 'Öbacka' }).execute();
  await first.close();
  expect((await stat(join(folder, 'database'))).mode & 0o777).toBe(0o700);
  const storage = await Storage.open({ dataDirectory: folder });
  const { rows } = await sql<Record<string, string>>`select
    current_setting('listen_addresses') as listen, current_setting('fsync') as fsync,
    current_setting('synchronous_commit') as commit, current_setting('full_page_writes') as pages,
    current_setting('server_encoding') as encoding, current_user as user`.execute(storage.plain);
  expect(rows[0]).toEqual({
    listen: '',
    fsync: 'on',
    commit: 'on',
    pages: 'on',
    encoding: 'UTF8',
    user: 'taltid_app',
  });
  expect(await unitNames(storage)).toEqual(['Öbacka']);
  await storage.close();
});

test('a second server on a data directory is refused by name, in the same process and in another', async () => {
  const storage = await Storage.open({ dataDirectory: folder });
  await expect(Storage.open({ dataDirectory: folder })).rejects.toMatchObject({ code: 'DATABASE_IN_USE' });
  await storage.close();
  await startChild();
  await expect(Storage.open({ dataDirectory: folder })).rejects.toMatchObject({ code: 'DATABASE_IN_USE' });
});

test('two servers that make the same cluster at once: one has it, the other is refused', async () => {
  const opened = await Promise.allSettled([1, 2].map(() => Storage.open({ dataDirectory: folder })));
  const got = opened.map((result) => (result.status === 'fulfilled' ? 'open' : result.reason.code));
  for (const result of opened) if (result.status === 'fulfilled') await result.value.close();
  expect(got.sort()).toEqual(['DATABASE_IN_USE', 'open']);
});

test('a server killed with SIGKILL leaves a running cluster: the next stops it, starts its own, and nothing is lost', async () => {
  const killed = await startChild();
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const events: ClusterEvent['event'][] = [];
  const storage = await Storage.open({
    dataDirectory: folder,
    log: ({ event }) => events.push(event as ClusterEvent['event']),
  });
  expect(events).toEqual(['database-orphan-stopped', 'database-started']);
  expect(await unitNames(storage)).toEqual(['from the child']);
  await storage.close();
});

test('a stale postmaster.pid after the whole machine went down is got over', async () => {
  const killed = await startChild();
  const pid = Number((await readFile(join(folder, 'database/cluster/postmaster.pid'), 'utf8')).split('\n')[0]);
  killed.kill('SIGKILL');
  process.kill(pid, 'SIGKILL');
  await once(killed, 'exit');
  const storage = await Storage.open({ dataDirectory: folder });
  expect(await unitNames(storage)).toEqual(['from the child']);
  await storage.close();
});

test('a cluster that ends by itself is started again; a transaction that it took along says retryable and left nothing', async () => {
  const { promise: restarted, resolve: tellRestarted } = Promise.withResolvers<void>();
  let starts = 0;
  const cluster = await EmbeddedCluster.start({
    folder: join(folder, 'database'),
    log: ({ event }) => {
      if (event === 'database-started' && ++starts === 2) tellRestarted();
    },
  });
  const storage = await Storage.connect(cluster.connection('postgres'), {}, cluster);
  await storage.plain.insertInto('units').values({ name: 'Kvar' }).execute();
  const cutOff = storage.transaction(async (tables) => {
    await tables.insertInto('units').values({ name: 'Borta' }).execute();
    process.kill(cluster.pid!, 'SIGKILL');
    await restarted;
    await tables.selectFrom('units').select('name').execute();
  });
  await expect(cutOff).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE', retryable: true });
  expect(await unitNames(storage)).toEqual(['Kvar']);
  await storage.close();
});

test('a path too long for a unix socket is refused before anything is made', async () => {
  const long = join(folder, 'x'.repeat(100));
  await expect(Storage.open({ dataDirectory: long })).rejects.toMatchObject({ code: 'DATABASE_START' });
});
