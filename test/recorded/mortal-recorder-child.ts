import { once } from 'node:events';
import { openBackend } from '../../src/queue/backends/open-backend.ts';
import { QUEUE_NAMES } from '../../src/queue/job.ts';
import { OutboxRelay } from '../../src/queue/relay.ts';
import { startDictationWorker } from '../../src/recorded/dictation-worker.ts';
import type { DictationWorld } from '../../src/recorded/draft-dictation.ts';
import { SoundStore } from '../../src/recorded/sound-store.ts';
import { DEFAULT_POOL_LIMITS } from '../../src/storage/connections.ts';
import { Storage } from '../../src/storage/storage.ts';
import { ScriptedTranscriber } from '../server/scripted-transcriber.ts';
import type { MortalSettings, Step } from './mortal-recorder.ts';
import { PLAN, said } from './said.ts';

/** Makes notes of recordings in a process that kills itself at a given step, without a word to anybody. */
const [{ death, ...settings }] = (await once(process, 'message')) as [MortalSettings];

function reach(step: Step): void {
  if (death === step) process.kill(process.pid, 'SIGKILL');
}

const ignore = () => undefined;
const storage = Storage.join(settings.database, { ...DEFAULT_POOL_LIMITS, maxConnections: 8 });
const backend = openBackend(settings.queue, ignore);
const queues = new Map(QUEUE_NAMES.map((name) => [name, backend.openQueue(name)]));
const recogniser = new ScriptedTranscriber();
recogniser.segments = said(...PLAN);

let isTranscribed = false;
const world: DictationWorld = {
  sounds: await SoundStore.open({ folder: settings.folder, maxFileBytes: 1e6, maxStoredBytes: 1e7 }),
  transcriber: {
    async transcribe(request) {
      reach('job begun');
      const transcript = await recogniser.transcribe(request);
      isTranscribed = true;
      reach('sound transcribed');
      return transcript;
    },
  },
  storage: {
    transaction: (work) => storage.transaction(work),
    async withAudit(actor, context, work) {
      reach('job taken');
      const result = await storage.withAudit(actor, context, async (transaction) => {
        const written = await work(transaction);
        if (isTranscribed) reach('note written');
        return written;
      });
      if (isTranscribed) reach('note committed');
      return result;
    },
  },
};

await startDictationWorker({ backend, world, times: settings.times, onFailure: ignore, onError: ignore });
await OutboxRelay.start({ storage, queues, times: settings.times, onError: ignore });
process.once('disconnect', () => process.exit());
