import { randomUUID } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';
import type { Failure } from '../../src/queue/attempt.ts';
import type { QueueConnection } from '../../src/queue/backends/backend.ts';
import { openBackend } from '../../src/queue/backends/open-backend.ts';
import { BookingQueue } from '../../src/queue/booking-queue.ts';
import { startBookingWorker } from '../../src/queue/booking-worker.ts';
import type { JobTimes } from '../../src/queue/job.ts';
import type { ClinicWorld } from '../../src/queue/world.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { CALENDAR } from './calendar.ts';
import { type RedisServer, redisIsMissing } from './redis-server.ts';

/** Short, so that a test need not wait for them; the proportions are the product's. */
export const SHORT_TIMES: JobTimes = {
  attempts: 3,
  firstRetryMs: 20,
  unavailableRetryMs: 100,
  lockMs: 1_000,
  stalledCheckMs: 400,
};

export const BACKENDS = [
  { kind: 'postgres' as const, isMissing: false },
  { kind: 'redis' as const, isMissing: redisIsMissing() },
];

/** A store of jobs of a test's own. */
export function connectionFor(storage: Storage, redis: RedisServer | undefined): QueueConnection {
  return redis === undefined ? { kind: 'postgres', connection: storage.connection } : { kind: 'redis', url: redis.url };
}

export interface RunningQueue {
  readonly queue: BookingQueue;
  readonly failures: readonly Failure[];
}

/** The server's part and a worker, both in this process, until the test has finished. */
export async function runQueue(
  storage: Storage,
  redis: RedisServer | undefined,
  world: Partial<ClinicWorld> = {},
  times = SHORT_TIMES,
): Promise<RunningQueue> {
  const failures: Failure[] = [];
  const ignore = () => undefined;
  const queue = await BookingQueue.open({
    storage,
    redisUrl: redis?.url,
    workers: 0,
    workerScript: '',
    times,
    log: ignore,
  });
  await queue.start();
  const backend = openBackend(connectionFor(storage, redis), ignore);
  const worker = await startBookingWorker({
    backend,
    world: {
      storage,
      calendar: CALENDAR,
      remindOfNotes: async () => undefined,
      offerFreedTime: async () => undefined,
      refreshFits: async () => undefined,
      ...world,
    },
    times,
    concurrency: 4,
    onTaskMade: ignore,
    onFailure: (failure) => failures.push(failure),
    onError: ignore,
  });
  onTestFinished(async () => {
    await worker.close();
    await backend.close();
    await queue.close();
  });
  return { queue, failures };
}

/** Waits until it holds. */
export function eventually<Result>(claim: () => Promise<Result> | Result, timeoutMs = 20_000): Promise<Result> {
  return vi.waitFor(claim, { timeout: timeoutMs, interval: 20 });
}

/** A number that no other test has. */
export function someId(): string {
  return randomUUID();
}
