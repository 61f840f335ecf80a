import type { PlainError } from './errors.ts';
import type { Draft, DraftRequest, VoiceAnswer, VoiceRequest } from './live-speech.ts';
import type { Word } from './transcript.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A model's files on disk, as a worker loads them. */
export interface ModelFiles {
  readonly folder: string;
  readonly encoderPath: string;
  readonly decoderPath: string;
  readonly alignmentPath: string;
}

/** A stretch of a recording to recognise as one, in seconds from its start. */
export interface Stretch {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** What one stretch says. Times are seconds from its start. */
export interface Utterance {
  readonly text: string;
  readonly tokens: readonly number[];
  readonly language: string;
  readonly averageLogProbability: number;
  readonly compressionRatio: number;
  readonly noSpeechProbability: number;
  /** Present when words were asked for. */
  readonly words?: readonly Word[];
}

/** A vocabulary in memory that all threads share: sent without a copy, and compiled once by each. */
export interface PackedVocabulary {
  /** The same for the same terms. */
  readonly key: string;
  readonly bytes: SharedArrayBuffer;
}

export interface UtteranceOptions {
  /** ISO 639-1 code, or "auto". */
  readonly language: string;
  readonly beamSize: number;
  readonly prompt?: string;
  readonly words: boolean;
  /** Terms to expect, and to write as they are given. */
  readonly vocabulary?: Vocabulary;
  /**
   * False keeps the terms out of what is told as text said before. Told so they are understood better, but may be
   * written where nobody says them; a scorer prefers them where they are likely anyway.
   */
  readonly primes?: boolean;
  /** False leaves words to the model alone, where a lexicon of their language is there. */
  readonly lexicon?: boolean;
}

/** The same as a thread is told them. */
export type PackedUtteranceOptions = Omit<UtteranceOptions, 'vocabulary'> & { readonly vocabulary?: PackedVocabulary };

/** What a worker can be asked to do, with what it answers. One at a time. */
export interface SpeechTasks {
  /** Derive a model's graphs where the cache has none. */
  prepare: { request: { modelFolder: string; cacheFolder: string }; result: ModelFiles };
  /** Load a model, so that its first utterance need not wait. */
  load: { request: { model: ModelFiles }; result: null };
  /** Decode a file and find the speech in it. Samples are at 16 kHz. */
  open: {
    request: { file: Uint8Array<ArrayBuffer>; maxFileBytes: number; maxAudioSeconds: number };
    result: { samples: Float32Array<SharedArrayBuffer>; stretches: readonly Stretch[] };
  };
  /** Recognise at most 30 s. */
  recognise: {
    request: { model: ModelFiles; samples: Float32Array; options: PackedUtteranceOptions };
    result: Utterance;
  };
  /** Tell how likely somebody speaks, going on from what was heard before. */
  voice: { request: VoiceRequest; result: VoiceAnswer };
  /** Recognise an utterance that is not over yet. */
  draft: { request: DraftRequest & { readonly model: ModelFiles }; result: Draft };
}

export type SpeechTaskName = keyof SpeechTasks;

/** Pool to worker. */
export type ToSpeechWorker =
  | {
      [Name in SpeechTaskName]: { kind: 'task'; id: number; name: Name; request: SpeechTasks[Name]['request'] };
    }[SpeechTaskName]
  | { readonly kind: 'cancel'; readonly id: number }
  /** The thread ends, whatever it is at, as soon as it hears this. */
  | { readonly kind: 'end' };

/** Worker to pool. */
export type FromSpeechWorker =
  | { readonly kind: 'done'; readonly id: number; readonly result: SpeechTasks[SpeechTaskName]['result'] }
  | { readonly kind: 'failed'; readonly id: number; readonly error: PlainError };
