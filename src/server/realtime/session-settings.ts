import { LIVE_LIMITS } from '../../contracts/live.ts';
import { OPENAI_MODEL_ALIASES } from '../../contracts/openai.ts';
import { REALTIME_FORMATS, type RealtimeFormat, type RealtimeWishes } from '../../contracts/realtime.ts';
import { RealtimeFault } from './fault.ts';

/** Where OpenAI's own default for the silence stands. */
const DEFAULT_SILENCE_MS = 500;

/** How a session is at the moment. */
export interface RealtimeSettings {
  readonly format: RealtimeFormat;
  /** As the client named it. */
  readonly model: string;
  readonly language: string;
  readonly prompt: string;
  readonly keywords: readonly string[];
  /** How long a voice is silent when its turn ends; null when the client commits. */
  readonly silenceMs: number | null;
  readonly logprobs: boolean;
}

/** @param model the one that live sessions are recognised with */
export function initialSettings(model: string): RealtimeSettings {
  const said = { prompt: '', keywords: [], language: 'sv' };
  return { format: 'audio/pcm', model, ...said, silenceMs: DEFAULT_SILENCE_MS, logprobs: false };
}

/**
 * The settings as a client wishes them, as far as they can be had. What is left out stays.
 * @param model the one that live sessions are recognised with
 * @throws RealtimeFault for another model, and for what cannot change once sound has come
 */
export function changedSettings(
  before: RealtimeSettings,
  { format, transcription = {}, turnDetection, include }: RealtimeWishes,
  { model, hasBegun }: { readonly model: string; readonly hasBegun: boolean },
): RealtimeSettings {
  const { languages = [], keywords, prompt } = transcription;
  const changed: RealtimeSettings = {
    format: format?.type ?? before.format,
    model: transcription.model ?? before.model,
    // Several languages to choose from are a matter for detection; a single one is a statement.
    language: transcription.language ?? (languages.length > 1 ? 'auto' : (languages[0] ?? before.language)),
    prompt: prompt === undefined ? before.prompt : (prompt ?? ''),
    keywords: keywords === undefined ? before.keywords : (keywords ?? []),
    silenceMs: turnDetection === undefined ? before.silenceMs : turnDetection && silenceMs(turnDetection),
    logprobs: include === undefined ? before.logprobs : (include ?? []).length > 0,
  };
  if (changed.model !== model && !isOpenAiModel(changed.model)) {
    throw new RealtimeFault('model_not_found', 'live sessions run the default model of this server', {
      param: 'session.audio.input.transcription.model',
      expected: `${JSON.stringify(model)}, a name of OpenAI's, or none`,
    });
  }
  if (hasBegun && (changed.format !== before.format || changed.language !== before.language)) {
    throw new RealtimeFault('invalid_value', 'format and language cannot change once sound has come', {
      param: 'session.audio.input',
      expected: `${before.format} in "${before.language}"`,
    });
  }
  return changed;
}

/** How the session core is to be started, or told of a change. */
export function sessionWishes({ silenceMs: silence, prompt, keywords }: RealtimeSettings) {
  return {
    vocabulary: keywords.filter((term) => term.trim() !== '').map((term) => ({ term })),
    prompt,
    pauseSeconds: silence === null ? LIVE_LIMITS.pauseSeconds.default : silence / 1000,
  };
}

/** The session as it is told: what has no effect here is told as it is, not as it was wished. */
export function sessionBody(id: string, settings: RealtimeSettings, isLegacy: boolean): object {
  const { format, silenceMs: silence, logprobs } = settings;
  const transcription = {
    model: settings.model,
    language: settings.language,
    prompt: settings.prompt,
    keywords: settings.keywords,
  };
  const turnDetection = silence === null ? null : { ...VOICE_DETECTOR, silence_duration_ms: silence };
  const include = logprobs ? ['item.input_audio_transcription.logprobs'] : null;
  const { legacyName, rateHz } = REALTIME_FORMATS[format];
  if (isLegacy) {
    return {
      id,
      object: 'realtime.transcription_session',
      input_audio_format: legacyName,
      input_audio_transcription: transcription,
      input_audio_noise_reduction: null,
      turn_detection: turnDetection,
      include,
    };
  }
  return {
    id,
    object: 'realtime.transcription_session',
    type: 'transcription',
    audio: {
      input: {
        format: format === 'audio/pcm' ? { type: format, rate: rateHz } : { type: format },
        transcription,
        noise_reduction: null,
        turn_detection: turnDetection,
      },
    },
    include,
  };
}

const VOICE_DETECTOR = { type: 'server_vad', threshold: 0.5, prefix_padding_ms: 300 };

function silenceMs({ silence_duration_ms: wished = DEFAULT_SILENCE_MS }: { silence_duration_ms?: number | undefined }) {
  const { minimum, maximum } = LIVE_LIMITS.pauseSeconds;
  return Math.min(1000 * maximum, Math.max(1000 * minimum, wished));
}

/** Clients name what they would get from OpenAI; here each such name stands for the default model. */
function isOpenAiModel(name: string): boolean {
  return OPENAI_MODEL_ALIASES.includes(name) || name.startsWith('gpt-');
}
