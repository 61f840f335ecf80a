import type { LiveSpeech } from '../contracts/live-speech.ts';
import type { ModelSummary, TranscribeRequest, Transcriber, TranscriberStatus } from '../contracts/transcriber.ts';
import type { Transcript } from '../contracts/transcript.ts';
import { type FileLimits, FileTranscriber } from './file-transcriber.ts';
import { LivePool } from './live-pool.ts';
import { PreparedModels } from './prepared-models.ts';
import { TASK_TIMEOUTS_MS } from './task-timeouts.ts';
import { SpeechWorkerPool, type WorkerPoolEvent } from './worker-pool.ts';

const WORKER_SCRIPT = new URL('../../workers/speech.ts', import.meta.url);
/** Far more than sessions that keep up ever have waiting: each has a few calls at most. */
const LIVE_CALL_LIMIT = 256;

export interface SpeechPoolOptions extends FileLimits {
  readonly workers: number;
  readonly dataDirectory: string;
  readonly defaultModel?: string;
  readonly logger?: (event: object) => void;
}

/** Files and live sessions, on the same threads. */
export interface SpeechPool extends Transcriber {
  readonly live: LiveSpeech;
}

/**
 * Starts the recognising threads and returns at once; `status().ready` turns true when all have their model loaded.
 * @throws AppError MODEL_NOT_FOUND when the default model is not installed.
 */
export async function startSpeechPool(options: SpeechPoolOptions): Promise<SpeechPool> {
  return new SharedPool(options);
}

class SharedPool implements SpeechPool {
  readonly live: LiveSpeech;
  readonly #options: SpeechPoolOptions;
  readonly #models: PreparedModels;
  readonly #workers: SpeechWorkerPool;
  readonly #files: FileTranscriber;

  constructor(options: SpeechPoolOptions) {
    this.#options = options;
    const models = new PreparedModels({ ...options, script: WORKER_SCRIPT });
    const { folder } = models.resolve();
    const defaultModel = () => models.prepare(folder);
    this.#models = models;
    this.#workers = new SpeechWorkerPool({
      script: WORKER_SCRIPT,
      size: options.workers,
      liveLimit: LIVE_CALL_LIMIT,
      warmUp: async (thread) => {
        await thread.run('load', { model: await defaultModel() }, { timeoutMs: TASK_TIMEOUTS_MS.load });
      },
      onEvent: (event) => this.#log(event),
    });
    this.#files = new FileTranscriber(this.#workers, models, options);
    this.live = new LivePool(this.#workers, defaultModel);
  }

  transcribe(request: TranscribeRequest): Promise<Transcript> {
    return this.#files.transcribe(request);
  }

  async models(): Promise<readonly ModelSummary[]> {
    return this.#models.list();
  }

  status(): TranscriberStatus {
    return {
      ready: this.#workers.isReady,
      workers: this.#options.workers,
      busyWorkers: this.#workers.busyThreads,
      queuedJobs: Math.max(0, this.#files.filesUnderWay - this.#workers.threadsWithFiles),
      queueLimit: this.#options.queueLimit,
      replacedWorkers: this.#workers.replacedThreads,
    };
  }

  async close(): Promise<void> {
    this.#models.close();
    await this.#workers.close();
  }

  #log(event: WorkerPoolEvent): void {
    const told = event.kind === 'worker-failed-to-start' ? { ...event, error: event.error.toPlain() } : event;
    this.#options.logger?.(told);
  }
}
