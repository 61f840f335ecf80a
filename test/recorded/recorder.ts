import { createHash, randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { Background, type BackgroundEvent } from '../../src/background.ts';
import type { Actor } from '../../src/contracts/access.ts';
import { DictationWishes } from '../../src/contracts/dictations.ts';
import type { DictationView } from '../../src/contracts/dictations-api.ts';
import { BookingQueue } from '../../src/queue/booking-queue.ts';
import type { JobTimes } from '../../src/queue/job.ts';
import { receiveRecording } from '../../src/recorded/receive.ts';
import { SoundStore } from '../../src/recorded/sound-store.ts';
import { viewDictation } from '../../src/recorded/view.ts';
import type { Storage } from '../../src/storage/storage.ts';
import type { RetryTimes } from '../../src/webhooks/retry-times.ts';
import type { RedisServer } from '../queue/redis-server.ts';
import { eventually, SHORT_TIMES } from '../queue/running-queue.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { ScriptedTranscriber } from '../server/scripted-transcriber.ts';
import { type Clinic, CONTEXT } from '../storage/clinic.ts';
import { said } from './said.ts';

const MIB = 1024 * 1024;

/** The server's part of recordings and webhooks, with a recogniser that says what a test planted. */
export interface RunningRecorder {
  readonly storage: Storage;
  readonly sounds: SoundStore;
  readonly transcriber: ScriptedTranscriber;
  readonly queue: BookingQueue;
  readonly events: BackgroundEvent[];
}

export interface RecorderOptions {
  readonly redis?: RedisServer | undefined;
  readonly transcriber?: ScriptedTranscriber;
  readonly times?: JobTimes;
  readonly webhookHosts?: readonly string[];
  readonly retries?: RetryTimes;
}

export async function openSounds(): Promise<SoundStore> {
  return SoundStore.open({ folder: await scratchFolder(), maxFileBytes: MIB, maxStoredBytes: 10 * MIB });
}

/** Runs until the test has finished. */
export async function runRecorder(
  storage: Storage,
  { redis, transcriber = new ScriptedTranscriber(), times = SHORT_TIMES, ...options }: RecorderOptions = {},
): Promise<RunningRecorder> {
  const events: BackgroundEvent[] = [];
  const log = (event: BackgroundEvent) => void events.push(event);
  const sounds = await openSounds();
  const queue = await BookingQueue.open({
    storage,
    redisUrl: redis?.url,
    workers: 0,
    workerScript: '',
    times,
    log,
  });
  await queue.start();
  const background = await Background.start({
    storage,
    queue,
    sounds,
    transcriber,
    keepSoundsMs: 0,
    publicUrl: 'http://localhost',
    patientsSignIn: false,
    webhookHosts: [],
    times,
    log,
    ...options,
  });
  onTestFinished(async () => {
    await background.close();
    await queue.close();
  });
  return { storage, sounds, transcriber, queue, events };
}

/** What the recogniser is to say. */
export function saying(...stretches: string[]): ScriptedTranscriber {
  const transcriber = new ScriptedTranscriber();
  transcriber.segments = said(...stretches);
  return transcriber;
}

/** A recording as it comes in: its sound, and then the dictation. */
export async function record(
  { storage, sounds }: Pick<RunningRecorder, 'storage' | 'sounds'>,
  { patientId, doctor }: Clinic,
  { actor = doctor, key = randomUUID(), recordedAt = new Date('2026-03-10T09:00:00Z') } = {} as {
    actor?: Actor;
    key?: string;
    recordedAt?: Date;
  },
): Promise<DictationView> {
  const id = randomUUID();
  const sound = (async function* () {
    yield new Uint8Array(1000).fill(1);
  })();
  const { sizeBytes, hash } = await sounds.receive(id, sound);
  const recording = {
    id,
    patient: { id: patientId },
    author: doctor.id,
    unit: undefined,
    encounterId: undefined,
    idempotencyKey: key,
    bodyHash: createHash('sha256').update(hash).digest(),
    recordedAt,
    wishes: DictationWishes.parse({}),
    soundBytes: sizeBytes,
    soundType: 'audio/wav',
  };
  return storage.withAudit(actor, CONTEXT, async (transaction) => {
    const dictation = await receiveRecording(transaction, recording, new Date());
    return viewDictation(transaction, dictation.id);
  });
}

export function look(storage: Storage, { doctor }: Clinic, id: string): Promise<DictationView> {
  return storage.withAudit(doctor, CONTEXT, (transaction) => viewDictation(transaction, id));
}

/** The dictation once it is in a state. */
export function reached(
  storage: Storage,
  clinic: Clinic,
  id: string,
  state: DictationView['state'],
): Promise<DictationView> {
  return eventually(async () => {
    const view = await look(storage, clinic, id);
    if (view.state !== state) throw new Error(`expected ${state}; got ${view.state}`);
    return view;
  });
}
