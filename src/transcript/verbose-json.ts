import type {
  DurationUsage,
  Logprob,
  TranscriptionVerboseJson,
  VerboseSegment,
  VerboseWord,
} from '../contracts/openai.ts';
import type { Segment, Transcript, Word } from '../contracts/transcript.ts';

/** Whisper's frames: `seek` counts them. */
const FRAMES_PER_SECOND = 100;

export interface VerboseParts {
  readonly segments: boolean;
  readonly words: boolean;
}

/** The `verbose_json` answer of OpenAI's transcription endpoint. */
export function verboseJson(transcript: Transcript, parts: VerboseParts): TranscriptionVerboseJson {
  return {
    task: 'transcribe',
    language: languageName(transcript.language),
    duration: toMillisecond(transcript.durationSeconds),
    text: transcript.text,
    ...(parts.segments && { segments: transcript.segments.map(verboseSegment) }),
    ...(parts.words && { words: transcript.segments.flatMap((segment) => (segment.words ?? []).map(verboseWord)) }),
    usage: durationUsage(transcript.durationSeconds),
  };
}

export function durationUsage(durationSeconds: number): DurationUsage {
  return { type: 'duration', seconds: toMillisecond(durationSeconds) };
}

/** The log-probability that each word is right, with the space that parts it from the word before. */
export function wordLogprobs(words: readonly Word[], isFirst: boolean): Logprob[] {
  return words.map((word, index) => {
    const token = isFirst && index === 0 ? word.text : ` ${word.text}`;
    return {
      token,
      bytes: [...new TextEncoder().encode(token)],
      logprob: Math.log(Math.max(word.probability, Number.MIN_VALUE)),
    };
  });
}

export function toMillisecond(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function verboseSegment(segment: Segment): VerboseSegment {
  return {
    id: segment.index,
    seek: Math.round(segment.startSeconds * FRAMES_PER_SECOND),
    start: toMillisecond(segment.startSeconds),
    end: toMillisecond(segment.endSeconds),
    text: segment.text,
    tokens: segment.tokens,
    temperature: 0,
    avg_logprob: segment.averageLogProbability,
    compression_ratio: segment.compressionRatio,
    no_speech_prob: segment.noSpeechProbability,
  };
}

function verboseWord(word: Word): VerboseWord {
  return { word: word.text, start: toMillisecond(word.startSeconds), end: toMillisecond(word.endSeconds) };
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(code)?.toLowerCase() ?? code;
  } catch {
    return code;
  }
}
