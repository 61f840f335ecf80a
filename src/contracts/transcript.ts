import { z } from 'zod';
import { Vocabulary } from './vocabulary.ts';

/** One spoken word. Times are seconds from the start of the audio that was sent. */
export const Word = z.object({
  /** The word as written, with the punctuation that clings to it, without surrounding spaces. */
  text: z.string(),
  startSeconds: z.number().nonnegative(),
  endSeconds: z.number().nonnegative(),
  /** How likely the word is right, 0 to 1: by the model's table where it brings one, else the mean of its tokens. */
  probability: z.number().min(0).max(1),
});
export type Word = z.infer<typeof Word>;

/** A stretch of speech between two pauses, at most 30 s, recognised as one. */
export const Segment = z.object({
  index: z.number().int().nonnegative(),
  startSeconds: z.number().nonnegative(),
  endSeconds: z.number().nonnegative(),
  text: z.string(),
  /** Text tokens of the model, without the special ones. */
  tokens: z.array(z.number().int()),
  averageLogProbability: z.number(),
  /** UTF-8 length of the text over its zlib length; above 2.4 the text repeats itself. */
  compressionRatio: z.number(),
  /** The model's own estimate that nothing was said, 0 to 1. */
  noSpeechProbability: z.number().min(0).max(1),
  /** Present when words were asked for. */
  words: z.array(Word).optional(),
});
export type Segment = z.infer<typeof Segment>;

export const Transcript = z.object({
  model: z.string(),
  /** ISO 639-1 code, given or detected. */
  language: z.string(),
  durationSeconds: z.number().nonnegative(),
  text: z.string(),
  segments: z.array(Segment),
});
export type Transcript = z.infer<typeof Transcript>;

export const TranscribeOptions = z.object({
  /** Name in models/manifest.json or of an installed model; the default model when absent. */
  model: z.string().optional(),
  /** ISO 639-1 code, or "auto" to let the model decide from the first speech. */
  language: z.string().default('sv'),
  /** Beams of the search; 1 is greedy. */
  beamSize: z.number().int().min(1).max(10).default(5),
  /** Text said before, or in the style wanted; the newest 223 tokens are used. */
  prompt: z.string().optional(),
  /** Terms to expect, with how they sound where that is not how they are written. */
  vocabulary: Vocabulary.default([]),
  /** Whether a lexicon of the language helps where there is one; see speech/lexicon. */
  lexicon: z.boolean().default(true),
  /** Whether each word gets its times and probability. */
  words: z.boolean().default(false),
});
export type TranscribeOptions = z.infer<typeof TranscribeOptions>;
