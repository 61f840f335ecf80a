import { z } from 'zod';
import { Vocabulary } from './vocabulary.ts';

/** Names that clients written for OpenAI send; each stands for the default model, so that they work unchanged. */
export const OPENAI_MODEL_ALIASES: readonly string[] = ['whisper-1', 'gpt-4o-transcribe', 'gpt-4o-mini-transcribe'];

const LANGUAGE = 'an ISO 639-1 code such as "sv", or "auto"';
/** What comes after the language itself ("sv-SE") is left out. */
export const LanguageCode = z
  .string()
  .transform((code) => code.toLowerCase().replace(/[-_].*$/, ''))
  .pipe(z.string().regex(/^([a-z]{2,3}|auto)$/, LANGUAGE));

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `one of ${values.join(', ')}` });
}

/** A number from `least` to `most`; multipart fields come as text. */
function numberField(least: number, most: number) {
  const expected = `a number from ${least} to ${most}`;
  return z.coerce.number({ error: expected }).min(least, expected).max(most, expected);
}

/** Segments are made at pauses by the recogniser itself: the strategy is checked for its form and has no effect. */
const ChunkingStrategy = z.union(
  [
    z.literal('auto'),
    z.object({
      type: z.literal('server_vad'),
      prefix_padding_ms: numberField(0, 60_000).optional(),
      silence_duration_ms: numberField(0, 60_000).optional(),
      threshold: numberField(0, 1).optional(),
    }),
  ],
  { error: '"auto" or an object with type "server_vad"' },
);

/**
 * The fields of `POST /v1/audio/transcriptions` beside `file`, after brackets are taken off their names. Unknown
 * fields are dropped. Source: openai-node, resources/audio/transcriptions.ts.
 */
export const TranscriptionForm = z.object({
  model: z.string().max(200, 'at most 200 characters').optional(),
  language: LanguageCode.optional(),
  languages: z.array(LanguageCode).max(20, 'at most 20 languages').default([]),
  prompt: z.string().max(20_000, 'at most 20000 characters').optional(),
  keywords: z.array(z.string().max(200, 'at most 200 characters each')).max(1000, 'at most 1000 keywords').default([]),
  /** Not of OpenAI's: terms with how they sound, as JSON. */
  vocabulary: Vocabulary.default([]),
  response_format: oneOf(['json', 'text', 'srt', 'vtt', 'verbose_json']).default('json'),
  temperature: numberField(0, 1).optional(),
  timestamp_granularities: z.array(oneOf(['word', 'segment'])).default([]),
  include: z.array(oneOf(['logprobs'])).default([]),
  chunking_strategy: ChunkingStrategy.optional(),
  stream: oneOf(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});
export type TranscriptionForm = z.infer<typeof TranscriptionForm>;

/** Fields of which a request may hold several. */
export const TRANSCRIPTION_LIST_FIELDS: ReadonlySet<string> = new Set([
  'languages',
  'keywords',
  'timestamp_granularities',
  'include',
]);

export interface DurationUsage {
  readonly type: 'duration';
  readonly seconds: number;
}

/** OpenAI gives one a token; here it is one a word, which is what the recogniser reports. */
export interface Logprob {
  readonly token: string;
  readonly bytes: readonly number[];
  readonly logprob: number;
}

export interface TranscriptionJson {
  readonly text: string;
  readonly logprobs?: readonly Logprob[];
  readonly usage: DurationUsage;
}

export interface VerboseSegment {
  readonly id: number;
  /** Where the segment begins, in frames of 10 ms. */
  readonly seek: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly tokens: readonly number[];
  readonly temperature: number;
  readonly avg_logprob: number;
  readonly compression_ratio: number;
  readonly no_speech_prob: number;
}

export interface VerboseWord {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

export interface TranscriptionVerboseJson {
  readonly task: 'transcribe';
  /** The English name of the language in lower case, as OpenAI writes it. */
  readonly language: string;
  readonly duration: number;
  readonly text: string;
  readonly segments?: readonly VerboseSegment[];
  readonly words?: readonly VerboseWord[];
  readonly usage: DurationUsage;
}

/** What a stream says, in this order: deltas, each followed by its segment if asked for, and then one done or error. */
export type TranscriptionStreamEvent =
  | {
      readonly type: 'transcript.text.delta';
      /** What is new; all deltas joined are the text. */
      readonly delta: string;
      readonly segment_id: string;
      readonly logprobs?: readonly Logprob[];
    }
  | {
      readonly type: 'transcript.text.segment';
      readonly id: string;
      readonly start: number;
      readonly end: number;
      readonly text: string;
      /** Always empty: speakers are not told apart. */
      readonly speaker: string;
    }
  | {
      readonly type: 'transcript.text.done';
      readonly text: string;
      readonly logprobs?: readonly Logprob[];
      readonly usage: DurationUsage;
    }
  | ({ readonly type: 'error' } & OpenAiErrorBody);

export interface OpenAiErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: 'invalid_request_error' | 'rate_limit_error' | 'server_error';
    /** The field of the request that is to blame. */
    readonly param: string | null;
    /** The error code of this product in lower case. */
    readonly code: string;
  };
}

export interface OpenAiModel {
  readonly id: string;
  readonly object: 'model';
  /** Seconds since 1970. */
  readonly created: number;
  readonly owned_by: string;
}
