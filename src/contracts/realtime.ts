import { z } from 'zod';
import { LIVE_LIMITS } from './live.ts';
import { type DurationUsage, LanguageCode, type Logprob } from './openai.ts';

export const REALTIME_PATH = '/v1/realtime';
/** The subprotocol that browsers ask for, beside one that holds their key. */
export const REALTIME_SUBPROTOCOL = 'realtime';

const MIB = 1024 * 1024;

export const REALTIME_LIMITS = {
  /** Of one `append`, in base64. */
  audioCharacters: 15 * MIB,
  /** Of one message, with what stands around its audio. */
  messageBytes: 15 * MIB + 64 * 1024,
  /** Less than this cannot be committed. */
  commitSeconds: 0.1,
} as const;

/** What sound can come as: the name of its type, that of the legacy form, and its rate. */
export const REALTIME_FORMATS = {
  'audio/pcm': { legacyName: 'pcm16', rateHz: 24_000 },
  'audio/pcmu': { legacyName: 'g711_ulaw', rateHz: 8_000 },
  'audio/pcma': { legacyName: 'g711_alaw', rateHz: 8_000 },
} as const;
export type RealtimeFormat = keyof typeof REALTIME_FORMATS;

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: `one of ${values.join(', ')}` });
}

function numberUpTo(most: number) {
  const expected = `a number from 0 to ${most}`;
  return z.number(expected).min(0, expected).max(most, expected);
}

const Format = z
  .object({
    type: oneOf(['audio/pcm', 'audio/pcmu', 'audio/pcma']),
    rate: z.number('a number').optional(),
  })
  .refine(({ type, rate }) => rate === undefined || rate === REALTIME_FORMATS[type].rateHz, {
    path: ['rate'],
    error: 'the only rate of the format: 24000, or 8000 for G.711',
  });

const LEGACY_FORMATS = { pcm16: 'audio/pcm', g711_ulaw: 'audio/pcmu', g711_alaw: 'audio/pcma' } as const;
const LegacyFormat = oneOf(['pcm16', 'g711_ulaw', 'g711_alaw']).transform((name) => ({ type: LEGACY_FORMATS[name] }));

const { promptCharacters, vocabularyTerms, vocabularyTermCharacters } = LIVE_LIMITS;
const Transcription = z.object({
  model: z.string('text').max(200, 'at most 200 characters').optional(),
  language: LanguageCode.nullish(),
  languages: z.array(LanguageCode).max(20, 'at most 20 languages').optional(),
  prompt: z.string('text').max(promptCharacters, `at most ${promptCharacters} characters`).nullish(),
  keywords: z
    .array(z.string('text').max(vocabularyTermCharacters, `at most ${vocabularyTermCharacters} characters each`))
    .max(vocabularyTerms, `at most ${vocabularyTerms} keywords`)
    .nullish(),
});

/** The threshold and the padding are the voice detector's own: they are checked for their form and have no effect. */
const TurnDetection = z.object({
  type: z.literal('server_vad', '"server_vad", or null for commits by the client'),
  threshold: numberUpTo(1).optional(),
  prefix_padding_ms: numberUpTo(60_000).optional(),
  silence_duration_ms: numberUpTo(60_000).optional(),
});

const Include = z.array(oneOf(['item.input_audio_transcription.logprobs'])).nullish();

const INPUT_FIELDS = {
  transcription: Transcription.optional(),
  turn_detection: TurnDetection.nullish(),
};

/** What a client wants of its session; what is left out stays as it is. Unknown fields are dropped. */
export interface RealtimeWishes {
  readonly format?: { readonly type: RealtimeFormat } | undefined;
  readonly transcription?: z.infer<typeof Transcription> | undefined;
  readonly turnDetection?: z.infer<typeof TurnDetection> | null | undefined;
  readonly include?: z.infer<typeof Include>;
}

const Session = z
  .object({
    type: z.literal('transcription', '"transcription": this server answers nobody').default('transcription'),
    audio: z
      .object({ input: z.object({ ...INPUT_FIELDS, format: Format.optional() }).default({}) })
      .default({ input: {} }),
    include: Include,
  })
  .transform(({ audio: { input }, include }): RealtimeWishes => {
    const { format, transcription, turn_detection: turnDetection } = input;
    return { format, transcription, turnDetection, include };
  });

const LegacySession = z
  .object({
    input_audio_format: LegacyFormat.optional(),
    input_audio_transcription: INPUT_FIELDS.transcription,
    turn_detection: INPUT_FIELDS.turn_detection,
    include: Include,
  })
  .transform((session): RealtimeWishes => {
    const { input_audio_format: format, input_audio_transcription: transcription, include } = session;
    return { format, transcription, turnDetection: session.turn_detection, include };
  });

/**
 * Client to server, as far as transcription needs it. Source: openai-node, resources/realtime/realtime.ts; the guide
 * "Realtime transcription".
 */
export const RealtimeClientEvent = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('session.update'), session: Session }),
    z.object({ type: z.literal('transcription_session.update'), session: LegacySession }),
    z.object({ type: z.literal('input_audio_buffer.append'), audio: z.string('base64') }),
    z.object({ type: z.literal('input_audio_buffer.commit') }),
    z.object({ type: z.literal('input_audio_buffer.clear') }),
  ],
  'session.update, transcription_session.update, input_audio_buffer.append, .commit or .clear',
);
export type RealtimeClientEvent = z.infer<typeof RealtimeClientEvent>;

export interface RealtimeErrorBody {
  readonly type: 'invalid_request_error' | 'rate_limit_error' | 'server_error';
  /** OpenAI's where clients know one, else the error code of this product in lower case. */
  readonly code: string;
  readonly message: string;
  /** The field of the event that is to blame. */
  readonly param: string | null;
}

interface UserMessageItem {
  readonly id: string;
  readonly object: 'realtime.item';
  readonly type: 'message';
  readonly status: 'completed';
  readonly role: 'user';
  readonly content: readonly [{ readonly type: 'input_audio'; readonly transcript: null }];
}

/** Server to client; each is sent with an `event_id`. Times count from the session's first sample. */
export type RealtimeServerEvent =
  | {
      readonly type:
        | 'session.created'
        | 'session.updated'
        | 'transcription_session.created'
        | 'transcription_session.updated';
      readonly session: object;
    }
  | { readonly type: 'input_audio_buffer.speech_started'; readonly audio_start_ms: number; readonly item_id: string }
  | { readonly type: 'input_audio_buffer.speech_stopped'; readonly audio_end_ms: number; readonly item_id: string }
  | {
      readonly type: 'input_audio_buffer.committed';
      readonly item_id: string;
      readonly previous_item_id: string | null;
    }
  | { readonly type: 'input_audio_buffer.cleared' }
  | {
      /** The second is the legacy form's. */
      readonly type: 'conversation.item.added' | 'conversation.item.created';
      readonly previous_item_id: string | null;
      readonly item: UserMessageItem;
    }
  | {
      readonly type: 'conversation.item.input_audio_transcription.delta';
      readonly item_id: string;
      readonly content_index: 0;
      /** What is new; all deltas of an item joined are its transcript. */
      readonly delta: string;
      readonly logprobs?: readonly Logprob[];
    }
  | {
      readonly type: 'conversation.item.input_audio_transcription.completed';
      readonly item_id: string;
      readonly content_index: 0;
      readonly transcript: string;
      readonly usage: DurationUsage;
      readonly logprobs?: readonly Logprob[];
    }
  | {
      readonly type: 'conversation.item.input_audio_transcription.failed';
      readonly item_id: string;
      readonly content_index: 0;
      readonly error: RealtimeErrorBody;
    }
  /** `event_id` is that of the client's event which is to blame. */
  | { readonly type: 'error'; readonly error: RealtimeErrorBody & { readonly event_id: string | null } };
