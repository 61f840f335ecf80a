import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import { AppError } from '../contracts/errors.ts';
import { withClinicVocabulary } from '../contracts/joined-vocabulary.ts';
import type { ModelFiles, PackedUtteranceOptions, Stretch, Utterance } from '../contracts/speech-messages.ts';
import type { TranscribeRequest } from '../contracts/transcriber.ts';
import type { Segment, Transcript } from '../contracts/transcript.ts';
import { CLINIC_LANGUAGE } from '../contracts/vocabulary.ts';
import type { PreparedModels } from './prepared-models.ts';
import { TASK_TIMEOUTS_MS } from './task-timeouts.ts';
import { packedOptions } from './vocabulary/packed-vocabulary.ts';
import type { SpeechWorkerPool } from './worker-pool.ts';
import { cancelled } from './worker-thread.ts';

export interface FileLimits {
  /** Files that may be under way at once; the next is refused with SPEECH_BUSY. */
  readonly queueLimit: number;
  readonly maxFileBytes: number;
  readonly maxAudioSeconds: number;
}

/** A recording that has been decoded, on its way to a transcript. */
interface Opened {
  readonly samples: Float32Array<SharedArrayBuffer>;
  readonly stretches: readonly Stretch[];
}

/** Files to text: one thread decodes, then all threads share the stretches of speech found. */
export class FileTranscriber {
  readonly #workers: SpeechWorkerPool;
  readonly #models: PreparedModels;
  readonly #limits: FileLimits;
  readonly #underWay = new Set<TranscribeRequest>();

  constructor(workers: SpeechWorkerPool, models: PreparedModels, limits: FileLimits) {
    this.#workers = workers;
    this.#models = models;
    this.#limits = limits;
  }

  get filesUnderWay(): number {
    return this.#underWay.size;
  }

  /** @throws AppError as `Transcriber.transcribe` does */
  async transcribe(request: TranscribeRequest): Promise<Transcript> {
    const { queueLimit } = this.#limits;
    if (this.#underWay.size >= queueLimit) {
      throw new AppError('SPEECH_BUSY', 'the recogniser has no room for another file', {
        retryable: true,
        expected: `at most ${queueLimit} files at once`,
        got: 'one more',
      });
    }
    const { name, folder } = this.#models.resolve(request.options.model);
    this.#underWay.add(request);
    try {
      const model = await this.#models.prepare(folder);
      const opened = await this.#open(request);
      request.onDecoded?.(opened.samples);
      return await this.#recognise(request, name, model, opened);
    } finally {
      this.#underWay.delete(request);
    }
  }

  #open(request: TranscribeRequest): Promise<Opened> {
    const { maxFileBytes } = this.#limits;
    const maxAudioSeconds = Math.min(this.#limits.maxAudioSeconds, request.maxAudioSeconds ?? Number.POSITIVE_INFINITY);
    // The file's memory moves to the thread; where it is a part of something larger, a copy moves.
    const file = request.file.byteLength === request.file.buffer.byteLength ? request.file : request.file.slice();
    return this.#workers.run(
      'open',
      { file, maxFileBytes, maxAudioSeconds },
      {
        owner: request,
        priority: 'file',
        timeoutMs: TASK_TIMEOUTS_MS.open,
        ...(request.signal && { signal: request.signal }),
      },
    );
  }

  /** All stretches at once, told in their order. The first one decides the language when it is to be found. */
  async #recognise(request: TranscribeRequest, name: string, model: ModelFiles, opened: Opened): Promise<Transcript> {
    const { samples, stretches } = opened;
    const failure = new AbortController();
    const signal = request.signal ? AbortSignal.any([request.signal, failure.signal]) : failure.signal;
    const recognise = (stretch: Stretch, language: string): Promise<Utterance> =>
      this.#workers.run(
        'recognise',
        { model, samples: cut(samples, stretch), options: utteranceOptions(request, language) },
        { owner: request, priority: 'file', timeoutMs: TASK_TIMEOUTS_MS.recognise, signal },
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
}

function utteranceOptions(
  { options, clinicVocabulary = [] }: TranscribeRequest,
  language: string,
): PackedUtteranceOptions {
  const { beamSize, prompt, lexicon, words } = options;
  const vocabulary = withClinicVocabulary(options.vocabulary, language === CLINIC_LANGUAGE ? clinicVocabulary : []);
  return packedOptions({ language, beamSize, words, vocabulary, lexicon, ...(prompt && { prompt }) });
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
