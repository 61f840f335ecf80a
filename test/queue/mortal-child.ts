import { once } from 'node:events';
import { openBackend } from '../../src/queue/backends/open-backend.ts';
import { startBookingWorker } from '../../src/queue/booking-worker.ts';
import { QUEUE_NAMES } from '../../src/queue/job.ts';
import { OutboxRelay } from '../../src/queue/relay.ts';
import type { WorkerSettings } from '../../src/queue/worker-messages.ts';
import type { ClinicWorld } from '../../src/queue/world.ts';
import { DEFAULT_POOL_LIMITS } from '../../src/storage/connections.ts';
import { Storage } from '../../src/storage/storage.ts';
import { CALENDAR } from './calendar.ts';
import type { Death } from './mortal.ts';

/** A relay and a worker in a process that kills itself at a given step of their work, without a word to anybody. */
const [{ death, ...settings }] = (await once(process, 'message')) as [WorkerSettings & { readonly death?: Death }];

let left = death?.count ?? 0;
function reach(step: Death['step']): void {
  if (death?.step === step && --left === 0) process.kill(process.pid, 'SIGKILL');
}

const ignore = () => undefined;
const storage = Storage.join(settings.database, { ...DEFAULT_POOL_LIMITS, maxConnections: 8 });
const backend = openBackend(settings.queue, ignore);
const queues = new Map(
  QUEUE_NAMES.map((name) => {
    const queue = backend.openQueue(name);
    const addAll: typeof queue.addAll = async (jobs, times) => {
      reach('messages taken');
      await queue.addAll(jobs, times);
      reach('jobs added');
    };
    return [name, { ...queue, addAll }];
  }),
);

const world: ClinicWorld = {
  calendar: CALENDAR,
  remindOfNotes: async () => undefined,
  offerFreedTime: async () => undefined,
  refreshFits: async () => undefined,
  storage: {
    transaction: (work) => storage.transaction(work),
    async withAudit(actor, context, work) {
      reach('job begun');
      const result = await storage.withAudit(actor, context, async (transaction) => {
        const written = await work(transaction);
        reach('task written');
        return written;
      });
      reach('task committed');
      return result;
    },
  },
};

await startBookingWorker({
  backend,
  world,
  times: settings.times,
  concurrency: 4,
  onTaskMade: ignore,
  onFailure: ignore,
  onError: ignore,
});
await OutboxRelay.start({ storage, queues, times: settings.times, onError: ignore });
process.once('disconnect', () => process.exit());
