import type { Segment, TranscribeOptions, Transcript } from './transcript.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Progress {
  readonly doneSeconds: number;
  readonly totalSeconds: number;
}

export interface TranscribeRequest {
  /** The whole file as it came, in any supported format; handed over, not to be used by the caller afterwards. */
  readonly file: Uint8Array<ArrayBuffer>;
  readonly options: TranscribeOptions;
  /** Terms that the clinic expects, after those of the options; for Swedish alone. */
  readonly clinicVocabulary?: Vocabulary;
  /** Where less is wanted than the recogniser takes. */
  readonly maxAudioSeconds?: number;
  readonly signal?: AbortSignal;
  /** Called with the whole sound at 16 kHz once it is decoded; not to be changed. */
  readonly onDecoded?: (samples: Float32Array) => void;
  /** Called once a segment, in the order of the audio. */
  readonly onSegment?: (segment: Segment) => void;
  readonly onProgress?: (progress: Progress) => void;
}

export interface ModelSummary {
  readonly name: string;
  readonly languages: readonly string[];
  readonly licence: string;
  readonly sizeBytes: number;
  readonly bundled: boolean;
  /** Seconds since 1970 at which the model was installed. */
  readonly createdUnixSeconds: number;
}

export interface TranscriberStatus {
  /** True when every worker has its model loaded. */
  readonly ready: boolean;
  readonly workers: number;
  readonly busyWorkers: number;
  readonly queuedJobs: number;
  readonly queueLimit: number;
  /** Workers that died and were replaced since the start. */
  readonly replacedWorkers: number;
}

/** What the edge needs of the recogniser: files in, text out; how and where it runs stays hidden. */
export interface Transcriber {
  /**
   * Recognises one file. Throws AppError: AUDIO_* for the file, MODEL_NOT_FOUND, SPEECH_BUSY when the queue is full
   * (retryable), SPEECH_WORKER_DIED (retryable), CANCELLED when the signal fired.
   */
  transcribe(request: TranscribeRequest): Promise<Transcript>;
  models(): Promise<readonly ModelSummary[]>;
  status(): TranscriberStatus;
  close(): Promise<void>;
}
