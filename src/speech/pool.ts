import { join } from 'node:path';
import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import { AppError } from '../contracts/errors.ts';
import type { ModelFiles, Stretch, Utterance, UtteranceOptions } from '../contracts/speech-messages.ts';
import type { ModelSummary, TranscribeRequest, Transcriber, TranscriberStatus } from '../contracts/transcriber.ts';
import type { Segment, TranscribeOptions, Transcript } from '../contracts/transcript.ts';
import { findGraphs } from './models/graph-cache.ts';
import { BUNDLED_DIRECTORY, listModels, type ModelLocations, resolveModel } from './models/registry.ts';
import { SpeechWorkerPool, type WorkerPoolEvent } from './worker-pool.ts';
import { cancelled, SpeechWorkerThread } from './worker-thread.ts';

const WORKER_SCRIPT = new URL('../../workers/speech.ts', import.meta.url);
const PREPARE_TIMEOUT_MS = 10 * 60_000;
const LOAD_TIMEOUT_MS = 60_000;
/** Thirty seconds of speech take about two; a slow machine with a large model may need many times that. */
const UTTERANCE_TIMEOUT_MS = 180_000;
const OPEN_TIMEOUT_MS = 15 * 60_000;

export interface SpeechPoolOptions {
  readonly workers: number;
  /** Files that may be under way at once; the next is refused with SPEECH_BUSY. */
  readonly queueLimit: number;
  readonly dataDirectory: string;
  readonly defaultModel?: string;
  readonly maxFileBytes: number;
  readonly maxAudioSeconds: number;
  readonly logger?: (event: object) => void;
}

/** A recording that has been decoded, on its way to a transcript. */
interface Opened {
  readonly samples: Float32Array<SharedArrayBuffer>;
  readonly stretches: readonly Stretch[];
}

/**
 * Starts the recognising threads and returns at once; `status().ready` turns true when all have their model loaded.
 * @throws AppError MODEL_NOT_FOUND when the default model is not installed.
 */
export async function startSpeechPool(options: SpeechPoolOptions): Promise<Transcriber> {
  return new FileTranscriber(options);
}

/** Files to text: one thread decodes, then all threads share the stretches of speech found. */
class FileTranscriber implements Transcriber {
  readonly #options: SpeechPoolOptions;
  readonly #locations: ModelLocations;
  readonly #pool: SpeechWorkerPool;
  /** Graphs of each model folder, derived once. */
  readonly #prepared = new Map<string, Promise<ModelFiles>>();
  readonly #underWay = new Set<TranscribeRequest>();
  readonly #closing = new AbortController();

  constructor(options: SpeechPoolOptions) {
    this.#options = options;
    this.#locations = { bundledDirectory: BUNDLED_DIRECTORY, dataDirectory: options.dataDirectory };
    const model = resolveModel(this.#locations, options.defaultModel);
    this.#pool = new SpeechWorkerPool({
      script: WORKER_SCRIPT,
      size: options.workers,
      warmUp: async (thread) => {
        const files = await this.#prepare(model.folder);
        await thread.run('load', { model: files }, { timeoutMs: LOAD_TIMEOUT_MS });
      },
      onEvent: (event) => this.#log(event),
    });
  }

  async transcribe(request: TranscribeRequest): Promise<Transcript> {
    const { queueLimit } = this.#options;
    if (this.#underWay.size >= queueLimit) {
      throw new AppError('SPEECH_BUSY', 'the recogniser has no room for another file', {
        retryable: true,
        expected: `at most ${queueLimit} files at once`,
        got: 'one more',
      });
    }
    const { name, folder } = resolveModel(this.#locations, request.options.model ?? this.#options.defaultModel);
    this.#underWay.add(request);
    try {
      const model = await this.#prepare(folder);
      const opened = await this.#open(request);
      return await this.#recognise(request, name, model, opened);
    } finally {
      this.#underWay.delete(request);
    }
  }

  async models(): Promise<readonly ModelSummary[]> {
    return listModels(this.#locations);
  }

  status(): TranscriberStatus {
    const busyWorkers = this.#pool.busyThreads;
    return {
      ready: this.#pool.isReady,
      workers: this.#options.workers,
      busyWorkers,
      queuedJobs: Math.max(0, this.#underWay.size - busyWorkers),
      queueLimit: this.#options.queueLimit,
      replacedWorkers: this.#pool.replacedThreads,
    };
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#pool.close();
  }

  #open(request: TranscribeRequest): Promise<Opened> {
    const { maxFileBytes, maxAudioSeconds } = this.#options;
    // The file's memory moves to the thread; where it is a part of something larger, a copy moves.
    const file = request.file.byteLength === request.file.buffer.byteLength ? request.file : request.file.slice();
    return this.#pool.run(
      'open',
      { file, maxFileBytes, maxAudioSeconds },
      { owner: request, timeoutMs: OPEN_TIMEOUT_MS, ...(request.signal && { signal: request.signal }) },
    );
  }

  /** All stretches at once, told in their order. The first one decides the language when it is to be found. */
  async #recognise(request: TranscribeRequest, name: string, model: ModelFiles, opened: Opened): Promise<Transcript> {
    const { samples, stretches } = opened;
    const failure = new AbortController();
    const signal = request.signal ? AbortSignal.any([request.signal, failure.signal]) : failure.signal;
    const recognise = (stretch: Stretch, language: string): Promise<Utterance> =>
      this.#pool.run(
        'recognise',
        { model, samples: cut(samples, stretch), options: { ...utteranceOptions(request.options), language } },
        { owner: request, timeoutMs: UTTERANCE_TIMEOUT_MS, signal },
      );
    const totalSeconds = samples.length / SPEECH_RATE_HZ;
    const segments: Segment[] = [];
    const tell = (utterance: Utterance, stretch: Stretch): void => {
      const segment = toSegment(utterance, stretch, segments.length);
      segments.push(segment);
      request.onSegment?.(segment);
      request.onProgress?.({ doneSeconds: stretch.endSeconds, totalSeconds });
    };
    let { language } = request.options;
    try {
      const [first, ...rest] = stretches;
      if (first && language === 'auto') {
        const utterance = await recognise(first, language);
        language = utterance.language;
        tell(utterance, first);
      }
      const open = language !== 'auto' && segments.length === 0 ? stretches : rest;
      const pending = open.map((stretch) => recognise(stretch, language));
      for (const promise of pending) promise.catch(() => failure.abort());
      for (const [index, promise] of pending.entries()) {
        const utterance = await promise;
        // Cancelled meanwhile: what was recognised already is not told any more.
        if (request.signal?.aborted) throw cancelled();
        tell(utterance, open[index]!);
      }
    } catch (error) {
      failure.abort();
      throw AppError.from(error);
    }
    return {
      model: name,
      language: language === 'auto' ? 'sv' : language,
      durationSeconds: totalSeconds,
      text: segments.flatMap(({ text }) => (text === '' ? [] : [text])).join(' '),
      segments,
    };
  }

  #prepare(modelFolder: string): Promise<ModelFiles> {
    const started = this.#prepared.get(modelFolder);
    if (started) return started;
    const cacheFolder = join(this.#options.dataDirectory, 'cache', 'graphs');
    const preparing = prepareModel(modelFolder, cacheFolder, this.#closing.signal);
    this.#prepared.set(modelFolder, preparing);
    preparing.catch(() => this.#prepared.delete(modelFolder));
    return preparing;
  }

  #log(event: WorkerPoolEvent): void {
    const told = event.kind === 'worker-failed-to-start' ? { ...event, error: event.error.toPlain() } : event;
    this.#options.logger?.(told);
  }
}

/** Graphs that are not there are derived in a thread of their own, which takes its memory with it when it ends. */
async function prepareModel(modelFolder: string, cacheFolder: string, closing: AbortSignal): Promise<ModelFiles> {
  const found = await findGraphs(modelFolder, cacheFolder);
  if (found) return { folder: modelFolder, ...found };
  const thread = new SpeechWorkerThread(WORKER_SCRIPT, () => {});
  closing.addEventListener('abort', () => void thread.close(), { once: true });
  try {
    return await thread.run('prepare', { modelFolder, cacheFolder }, { timeoutMs: PREPARE_TIMEOUT_MS });
  } finally {
    await thread.close();
  }
}

function utteranceOptions({
  beamSize,
  prompt,
  vocabulary,
  words,
}: TranscribeOptions): Omit<UtteranceOptions, 'language'> {
  const context = [vocabulary.join(', '), prompt ?? ''].filter((part) => part !== '').join('. ');
  return { beamSize, words, ...(context !== '' && { prompt: context }) };
}

function cut(samples: Float32Array<SharedArrayBuffer>, { startSeconds, endSeconds }: Stretch) {
  return samples.subarray(Math.round(startSeconds * SPEECH_RATE_HZ), Math.round(endSeconds * SPEECH_RATE_HZ));
}

function toSegment(utterance: Utterance, { startSeconds, endSeconds }: Stretch, index: number): Segment {
  const { text, tokens, averageLogProbability, compressionRatio, noSpeechProbability, words } = utterance;
  return {
    index,
    startSeconds,
    endSeconds,
    text,
    tokens: [...tokens],
    averageLogProbability,
    compressionRatio,
    noSpeechProbability,
    ...(words && {
      words: words.map((word) => ({
        ...word,
        // The recogniser counts in steps of 20 ms, the last of which may reach past the sound.
        startSeconds: Math.min(startSeconds + word.startSeconds, endSeconds),
        endSeconds: Math.min(startSeconds + word.endSeconds, endSeconds),
      })),
    }),
  };
}
