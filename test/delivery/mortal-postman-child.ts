import { once } from 'node:events';
import type { Channel } from '../../src/delivery/channel.ts';
import { openChannels } from '../../src/delivery/channels/open-channels.ts';
import { startLetterWorker } from '../../src/delivery/letter-worker.ts';
import { openBackend } from '../../src/queue/backends/open-backend.ts';
import { QUEUE_NAMES } from '../../src/queue/job.ts';
import { OutboxRelay } from '../../src/queue/relay.ts';
import { DEFAULT_POOL_LIMITS } from '../../src/storage/connections.ts';
import { Storage } from '../../src/storage/storage.ts';
import type { PostmanSettings, Step } from './mortal-postman.ts';
import { PUBLIC_URL } from './planted-letter.ts';
import { SHORT_DELIVERY } from './post-office.ts';

/** Sends letters in a process that kills itself at a given step, without a word to anybody. */
const [{ death, ...settings }] = (await once(process, 'message')) as [PostmanSettings];

function reach(step: Step): void {
  if (death === step) process.kill(process.pid, 'SIGKILL');
}

const ignore = () => undefined;
const storage = Storage.join(settings.database, { ...DEFAULT_POOL_LIMITS, maxConnections: 8 });
const backend = openBackend(settings.queue, ignore);
const queues = new Map(QUEUE_NAMES.map((name) => [name, backend.openQueue(name)]));

let isSent = false;
const leaving = (channel: Channel): Channel => ({
  async send(letter) {
    reach('attempt put down');
    const outcome = await channel.send(letter);
    isSent = true;
    reach('letter sent');
    return outcome;
  },
});
const channels = openChannels(settings.letters, { ...SHORT_DELIVERY, publicUrl: PUBLIC_URL });

await startLetterWorker({
  backend,
  world: {
    channels: { ...channels, notice: leaving(channels.notice), digital_post: leaving(channels.digital_post) },
    times: SHORT_DELIVERY,
    patientsSignIn: true,
    onDelayed: ignore,
    storage: {
      transaction: (work) => storage.transaction(work),
      async withAudit(actor, context, work) {
        reach('job begun');
        const result = await storage.withAudit(actor, context, async (transaction) => {
          const written = await work(transaction);
          if (isSent) reach('outcome written');
          return written;
        });
        if (isSent) reach('outcome committed');
        return result;
      },
    },
  },
  times: settings.times,
  onFailure: ignore,
  onError: ignore,
});
await OutboxRelay.start({ storage, queues, times: settings.times, onError: ignore });
process.once('disconnect', () => process.exit());
