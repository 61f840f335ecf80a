import type { Utterance, UtteranceOptions } from './speech-messages.ts';

/** What the voice detector remembers of the sound so far. Plain data, so that any thread can go on from it. */
export interface VoiceMemory {
  /** The network's state, as it was told. */
  readonly state: Float32Array;
  /** The last samples heard, which the next window begins with. */
  readonly context: Float32Array;
}

export interface VoiceRequest {
  /** At 16 kHz, whole windows of the detector (512 samples each). */
  readonly samples: Float32Array;
  /** What the answer before told; null at the beginning. */
  readonly memory: VoiceMemory | null;
}

export interface VoiceAnswer {
  /** Of speech, one a window. */
  readonly probabilities: Float32Array;
  readonly memory: VoiceMemory;
}

export interface DraftRequest {
  /** The utterance so far at 16 kHz, at most 30 s. */
  readonly samples: Float32Array;
  readonly language: string;
  readonly prompt?: string;
  /** The hypothesis before, which is checked in one pass; only what follows the part still agreed with is searched. */
  readonly draft: readonly number[];
}

/** A provisional hypothesis, greedy. */
export interface Draft {
  readonly tokens: readonly number[];
  /** The text up to each token: `text.slice(0, ends[i])` is what the first i + 1 tokens write. */
  readonly text: string;
  readonly ends: readonly number[];
  /** How many tokens of the draft given were still agreed with. */
  readonly kept: number;
  readonly language: string;
}

export interface LiveCall {
  /** Whose turn it is: calls of one session wait in line, sessions take turns. */
  readonly owner: object;
  readonly signal?: AbortSignal;
}

/**
 * The recogniser as a live session uses it. Final text goes before voice detection, and that before drafts, however
 * many sessions there are. Stateless: every call carries all that it needs, so that a dead thread costs one call.
 */
export interface LiveSpeech {
  /** @throws AppError SPEECH_WORKER_DIED, SPEECH_TIMEOUT, SPEECH_CLOSED, SPEECH_BUSY (retryable), CANCELLED */
  voice(request: VoiceRequest, call: LiveCall): Promise<VoiceAnswer>;
  /** A draft that still waits is CANCELLED when its owner asks for the next one. @throws AppError as `voice` */
  draft(request: DraftRequest, call: LiveCall): Promise<Draft>;
  /** Beam search over one whole utterance of at most 30 s. @throws AppError as `draft` */
  recognise(samples: Float32Array, options: UtteranceOptions, call: LiveCall): Promise<Utterance>;
  /** Calls that wait for a thread: above the number of threads, drafts should become fewer. */
  readonly waitingCalls: number;
}
