import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { JobData } from '../job.ts';
import type { QueueBackend } from './backend.ts';
import { jobQueue } from './bull-queue.ts';
import { bullProcessor, bullWorkerOptions, startedWorker } from './bull-worker.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const LONGEST_RECONNECT_MS = 5_000;
const PREFIX = 'taltid';

const reconnectAfterMs = (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 10), LONGEST_RECONNECT_MS);

/**
 * Jobs in Redis, for a site that has outgrown one machine. Redis must keep what it is given (`appendonly yes`,
 * `appendfsync always`, `maxmemory-policy noeviction`); should it lose a job all the same, the round of repairs finds the
 * request that has no task.
 */
export function redisBackend(url: string, onError: (error: Error) => void): QueueBackend {
  const clients: Redis[] = [];
  const connect = (options: { maxRetriesPerRequest: number | null; enableOfflineQueue: boolean }) => {
    const client = new Redis(url, {
      ...options,
      connectTimeout: CONNECT_TIMEOUT_MS,
      retryStrategy: reconnectAfterMs,
      keepAlive: 10_000,
    });
    client.on('error', onError);
    clients.push(client);
    return client;
  };
  return {
    kind: 'redis',
    openQueue: (name) => {
      // Without Redis an addition fails at once; by default it would wait for ever.
      const connection = connect({ maxRetriesPerRequest: 1, enableOfflineQueue: false });
      // What it would ask at its start fails before the connection is there, and then for ever. Workers check the version.
      const atStart = { skipWaitingForReady: true, skipVersionCheck: true, skipMetasUpdate: true };
      return jobQueue(name, new Queue<JobData>(name, { connection, prefix: PREFIX, ...atStart }), onError);
    },
    openWorker: (options) => {
      const connection = connect({ maxRetriesPerRequest: null, enableOfflineQueue: true });
      const worker = new Worker<JobData>(options.name, bullProcessor(options), {
        ...bullWorkerOptions(options),
        connection,
        prefix: PREFIX,
      });
      return startedWorker(worker, options);
    },
    async close() {
      for (const client of clients) client.disconnect();
    },
  };
}
