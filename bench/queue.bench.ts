import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { PROJECT_DIRECTORY } from '../src/config.ts';
import { BookingQueue } from '../src/queue/booking-queue.ts';
import { EmbeddedCluster } from '../src/storage/cluster/embedded-cluster.ts';
import { Storage } from '../src/storage/storage.ts';
import type { Benchmark, BenchmarkReport } from './benchmark.ts';
import { markdownTable } from './markdown.ts';
import { type Timing, timing } from './measure.ts';
import { BusyClinic, REQUESTS_A_NOTE } from './queue/busy-clinic.ts';
import { fillQueue, type PageRow, timePages } from './queue/queue-pages.ts';

/** Ten clinicians who sign a note of four requests every ten seconds. */
const BUSY = { what: 'a busy morning', requestsASecond: 4, seconds: 60 };
const STEADY = { what: 'steady', requestsASecond: 200, seconds: 20 };
const TROUBLED = { what: 'in trouble', requestsASecond: 200, seconds: 60 };
const KILLS = 10;
const DATABASE_RESTARTS = 2;
const WORKERS = 2;
const TASKS = 100_000;
const POLL_MS = 100;
/** A killed worker's jobs, and a database that restarts, are waited for. */
const SETTLE_TIMEOUT_MS = 180_000;
const DATABASE = 'postgres';

interface Load {
  readonly what: string;
  readonly requestsASecond: number;
  readonly seconds: number;
}

interface LoadRow {
  readonly what: string;
  readonly requests: number;
  /** Signed a second, as far as the machine came. */
  readonly signedRate: number;
  readonly latency: Timing;
  readonly longestMs: number;
  /** From the last signature to the last task. */
  readonly settledSeconds: number;
}

/** Signed requests on their way into tasks, few, many and in trouble, and the pages of a long queue. */
export const queue: Benchmark = {
  name: 'queue',
  isOnRequest: true,
  run: async ({ rounds }) => {
    const folder = await mkdtemp(join(tmpdir(), 'taltid-bench-'));
    const cluster = await EmbeddedCluster.start({ folder: join(folder, 'database') });
    const storage = await Storage.connect(cluster.connection(DATABASE), {}, cluster);
    let ready = 0;
    const booking = await BookingQueue.open({
      storage,
      workers: WORKERS,
      workerScript: join(PROJECT_DIRECTORY, 'workers', 'booking.ts'),
      log: ({ event }) => {
        if (event === 'queue-worker-ready') ready++;
      },
    });
    try {
      const clinic = await BusyClinic.found(storage);
      await clinic.writeDrafts(notesIn(BUSY) + notesIn(STEADY) + notesIn(TROUBLED));
      await booking.start();
      while (ready < WORKERS) await delay(POLL_MS);
      const loads = [
        await measureLoad(storage, clinic, BUSY, () => undefined),
        await measureLoad(storage, clinic, STEADY, () => undefined),
        await measureLoad(storage, clinic, TROUBLED, troublesOf(booking, cluster)),
      ];
      await fillQueue(storage.ownerConnection, clinic, TASKS);
      return report(loads, await timePages(storage, clinic, rounds));
    } finally {
      await booking.close();
      await storage.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const notesIn = ({ requestsASecond, seconds }: Load) => (seconds * requestsASecond) / REQUESTS_A_NOTE;

/** Signs at a steady rate whatever becomes of what was signed before, and waits for every task. */
async function measureLoad(
  storage: Storage,
  clinic: BusyClinic,
  load: Load,
  trouble: (share: number) => void,
): Promise<LoadRow> {
  const before = await counted(storage);
  const { what, seconds } = load;
  const notes = notesIn(load);
  const startMs = performance.now();
  const signatures: Promise<void>[] = [];
  for (let signed = 0; signed < notes; signed++) {
    const dueMs = startMs + (signed * seconds * 1000) / notes;
    const early = dueMs - performance.now();
    if (early > 0) await delay(early);
    trouble(signed / notes);
    signatures.push(clinic.sign());
  }
  await Promise.all(signatures);
  const signedMs = performance.now();
  const requests = notes * REQUESTS_A_NOTE;
  await allTasks(storage, before.tasks + requests, signedMs);
  const settledSeconds = (performance.now() - signedMs) / 1000;
  const now = await counted(storage);
  // One task a request is the database's promise; that there is one for each is what is shown here.
  if (now.requests - before.requests !== requests || now.tasks !== now.requests || now.deadLetters > 0) {
    throw new Error(`${what}: expected ${requests} requests with a task each; got ${JSON.stringify(now)}`);
  }
  const latenciesMs = await latencies(storage, before.tasks);
  const signedRate = requests / ((signedMs - startMs) / 1000);
  return {
    what,
    requests,
    signedRate,
    latency: timing(latenciesMs),
    longestMs: Math.max(...latenciesMs),
    settledSeconds,
  };
}

/** Kills a worker, or the database, each when its share of the load has been signed. */
function troublesOf(booking: BookingQueue, cluster: EmbeddedCluster): (share: number) => void {
  const kill = () => {
    const pid = booking.workerPids[0];
    if (pid === undefined) throw new Error('expected a worker to kill; got none that is up');
    process.kill(pid, 'SIGKILL');
  };
  const restart = () => process.kill(cluster.pid!, 'SIGQUIT');
  const troubles = [
    ...Array.from({ length: KILLS }, (_, at) => ({ share: (at + 0.5) / KILLS, make: kill })),
    ...Array.from({ length: DATABASE_RESTARTS }, (_, at) => ({
      share: (at + 1) / (DATABASE_RESTARTS + 1),
      make: restart,
    })),
  ].toSorted((a, b) => a.share - b.share);
  return (share) => {
    while (troubles[0] !== undefined && troubles[0].share <= share) troubles.shift()!.make();
  };
}

async function allTasks(storage: Storage, tasks: number, sinceMs: number): Promise<void> {
  for (;;) {
    const now = await counted(storage).catch(() => undefined);
    if (now !== undefined && now.tasks >= tasks) return;
    if (performance.now() - sinceMs > SETTLE_TIMEOUT_MS) {
      throw new Error(`expected ${tasks} tasks; got ${now?.tasks ?? 'no answer'}`);
    }
    await delay(POLL_MS);
  }
}

async function counted(storage: Storage): Promise<{ requests: number; tasks: number; deadLetters: number }> {
  const { rows } = await asOwner<{ requests: string; tasks: string; letters: string }>(
    storage,
    `select (select count(*) from booking_requests) as requests, (select count(*) from admin_tasks) as tasks,
      (select count(*) from dead_letters) as letters`,
  );
  const { requests, tasks, letters } = rows[0]!;
  return { requests: Number(requests), tasks: Number(tasks), deadLetters: Number(letters) };
}

/** From the request's row to its task's, by the database's own clock, of the tasks after so many. */
async function latencies(storage: Storage, after: number): Promise<number[]> {
  const { rows } = await asOwner<{ ms: number }>(
    storage,
    `select extract(epoch from admin_tasks.created_at - booking_requests.created_at)::float8 * 1000 as ms
      from admin_tasks join booking_requests on booking_requests.id = request_id
      order by booking_requests.created_at offset ${after}`,
  );
  return rows.map(({ ms }) => ms);
}

async function asOwner<Row extends pg.QueryResultRow>(storage: Storage, sql: string): Promise<pg.QueryResult<Row>> {
  const client = new pg.Client(storage.ownerConnection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await client.query<Row>(sql);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function report(loads: readonly LoadRow[], pages: readonly PageRow[]): BenchmarkReport {
  const loadTable = markdownTable(
    [
      'load',
      'requests',
      'signed a second',
      'to task: median, ms',
      '95th percentile, ms',
      'longest, s',
      'all done after, s',
    ],
    loads.map(({ what, requests, signedRate, latency, longestMs, settledSeconds }) => [
      what,
      String(requests),
      signedRate.toFixed(0),
      latency.medianMs.toFixed(0),
      latency.p95Ms.toFixed(0),
      (longestMs / 1000).toFixed(1),
      settledSeconds.toFixed(1),
    ]),
  );
  const pageTable = markdownTable(
    ['page of 100 tasks', 'median, ms', '95th percentile, ms'],
    pages.map(({ filter, time }) => [filter, time.medianMs.toFixed(1), time.p95Ms.toFixed(1)]),
  );
  return {
    title: 'From signed request to task',
    markdown: `Embedded PostgreSQL with its own settings, ${WORKERS} worker processes, ${REQUESTS_A_NOTE} requests a note, signed by the same machine. In trouble: ${KILLS} workers and ${DATABASE_RESTARTS} times the database killed meanwhile; every request had exactly one task in the end, and no job was given up.\n\n${loadTable}\n\nThe queue with ${TASKS.toLocaleString('en')} tasks, each page a transaction with its line in the log of accesses:\n\n${pageTable}`,
    plots: {},
  };
}
