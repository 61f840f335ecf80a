import type { AppError } from './contracts/errors.ts';
import { noticeSender } from './delivery/channels/notice.ts';
import { openChannels } from './delivery/channels/open-channels.ts';
import type { DelayedLetter } from './delivery/deliver.ts';
import { startLetterWorker } from './delivery/letter-worker.ts';
import { DEFAULT_DELIVERY_TIMES, type DeliverySettings, type DeliveryTimes } from './delivery/settings.ts';
import { keepLettersUp } from './delivery/upkeep.ts';
import { remindOfVisits } from './delivery/visit-reminders.ts';
import { startNoticeWorker } from './freed-times/notice-worker.ts';
import type { Failure } from './queue/attempt.ts';
import type { JobWorker, QueueBackend } from './queue/backends/backend.ts';
import { openBackend } from './queue/backends/open-backend.ts';
import type { BookingQueue, QueueEvent } from './queue/booking-queue.ts';
import { DEFAULT_JOB_TIMES, type JobTimes } from './queue/job.ts';
import { RegularWork } from './queue/regular-work.ts';
import { startDictationWorker } from './recorded/dictation-worker.ts';
import type { DictationWorld } from './recorded/draft-dictation.ts';
import type { SoundStore } from './recorded/sound-store.ts';
import { keepRecordingsUp } from './recorded/upkeep.ts';
import type { Storage } from './storage/storage.ts';
import { startDeliveryWorker } from './webhooks/delivery-worker.ts';
import type { WebhookHosts } from './webhooks/hosts.ts';
import { DEFAULT_RETRY_TIMES, type RetryTimes } from './webhooks/retry-times.ts';
import { keepDeliveriesUp } from './webhooks/upkeep.ts';

const UPKEEP_EVERY_MS = 10 * 60_000;

export type BackgroundEvent = QueueEvent | ({ readonly event: 'letter-delayed' } & DelayedLetter);

export interface BackgroundOptions extends Pick<DictationWorld, 'transcriber' | 'vocabulary'> {
  readonly storage: Storage;
  readonly queue: Pick<BookingQueue, 'connection' | 'queues'>;
  readonly sounds: SoundStore;
  /** How long sound is kept once its note is signed. */
  readonly keepSoundsMs: number;
  readonly webhookHosts: WebhookHosts;
  readonly times?: JobTimes;
  readonly retries?: RetryTimes;
  /** The channels by which letters leave this server; the patient page and paper when absent. */
  readonly letters?: DeliverySettings;
  readonly letterTimes?: DeliveryTimes;
  /** Whether patients can sign in to their page. */
  readonly patientsSignIn: boolean;
  /** What patients type to reach this server. */
  readonly publicUrl: string;
  readonly log: (event: BackgroundEvent) => void;
}

/** Work of the server's own process beside its requests: notes of recordings, telling other programs, letters. */
export class Background {
  readonly #backend: QueueBackend;
  readonly #workers: readonly JobWorker[];
  readonly #upkeep: readonly RegularWork[];

  private constructor(backend: QueueBackend, workers: readonly JobWorker[], upkeep: readonly RegularWork[]) {
    this.#backend = backend;
    this.#workers = workers;
    this.#upkeep = upkeep;
  }

  /** Throws what the job queue's store throws. */
  static async start(options: BackgroundOptions): Promise<Background> {
    const { storage, queue, sounds, keepSoundsMs, publicUrl, log, times = DEFAULT_JOB_TIMES } = options;
    const trouble = (code: AppError['code']) => log({ event: 'queue-trouble', code });
    const backend = openBackend(queue.connection, () => trouble('QUEUE_UNAVAILABLE'));
    const shared = {
      backend,
      times,
      onFailure: (failure: Failure) => log({ event: 'queue-job-failed', ...failure }),
      onError: () => trouble('QUEUE_UNAVAILABLE'),
    };
    const hosts = options.webhookHosts;
    const retries = options.retries ?? DEFAULT_RETRY_TIMES;
    const letterTimes = options.letterTimes ?? DEFAULT_DELIVERY_TIMES;
    const workers = await Promise.all([
      startDictationWorker({ ...shared, world: options }),
      startDeliveryWorker({ ...shared, world: { storage, hosts, retries } }),
      startLetterWorker({
        ...shared,
        world: {
          storage,
          channels: openChannels(options.letters ?? {}, { ...letterTimes, publicUrl }),
          times: letterTimes,
          patientsSignIn: options.patientsSignIn,
          onDelayed: (delay) => log({ event: 'letter-delayed', ...delay }),
        },
      }),
      startNoticeWorker({
        ...shared,
        world: { storage, publicUrl, send: noticeSender(options.letters ?? {}, letterTimes.timeoutMs) },
      }),
    ]);
    const [dictations, deliveries] = [queue.queues.get('dictation')!, queue.queues.get('delivery')!];
    const upkeepOptions = { storage, sounds, queue: dictations, keepMs: keepSoundsMs };
    const upkeep = [
      new RegularWork((now) => keepRecordingsUp(upkeepOptions, now), UPKEEP_EVERY_MS, trouble),
      new RegularWork((now) => keepDeliveriesUp({ storage, queue: deliveries }, now), UPKEEP_EVERY_MS, trouble),
      new RegularWork((now) => keepLettersUp(storage, now), UPKEEP_EVERY_MS, trouble),
      new RegularWork((now) => remindOfVisits({ storage, publicUrl }, now), UPKEEP_EVERY_MS, trouble),
    ];
    return new Background(backend, workers, upkeep);
  }

  /** What is under way is taken up at the next start. */
  async close(): Promise<void> {
    await Promise.all([...this.#workers, ...this.#upkeep].map((part) => part.close()));
    await this.#backend.close();
  }
}
