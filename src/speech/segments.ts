import { VOICE_WINDOW_SECONDS } from './voice-detector.ts';

export interface SegmentOptions {
  /** Probability at which a voice begins, and the lower one below which it has fallen silent. */
  readonly onsetProbability: number;
  readonly offsetProbability: number;
  /** A voice heard for less is a click or a cough. */
  readonly minimumSpeechSeconds: number;
  /** Less silence is part of a word: the closure before a p, t or k. */
  readonly minimumPauseSeconds: number;
  /** Sound kept on both sides of a segment: the detector hears soft beginnings and endings late. */
  readonly paddingSeconds: number;
  /** A silence this long always parts two segments. */
  readonly longSilenceSeconds: number;
  /** Segments end at a pause before they are longer than this, padding included, if there is one. */
  readonly preferredSeconds: number;
  /** Longest segment, padding included: somebody who never pauses is cut in the middle of speech. */
  readonly maximumSeconds: number;
}

/**
 * Measured on Swedish narration: preferring 13 to 24 s makes the same errors (greedy 33.0-34.9 %, five beams
 * 27.5-28.8 %), 10 and 12 s more when greedy (37 %); and 14 s take a fifth less time than 24 s, since the encoder's
 * attention is quadratic. With 0.4 s of padding short clips are understood as well as untrimmed.
 */
export const DEFAULT_SEGMENT_OPTIONS: SegmentOptions = {
  onsetProbability: 0.5,
  offsetProbability: 0.35,
  minimumSpeechSeconds: 0.1,
  minimumPauseSeconds: 0.1,
  paddingSeconds: 0.4,
  longSilenceSeconds: 2,
  preferredSeconds: 14,
  maximumSeconds: 24,
};

/** A stretch of the recording, in seconds from its start. */
export interface TimeSpan {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** Windows of the voice detector; the end is the first one that is no longer meant. */
interface WindowSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The stretches of a recording to recognise: in order, apart from each other, each with speech in it and none longer
 * than the maximum. Segments end at long silences and, where speech goes on for longer than preferred, at its longest
 * pause; inside of speech only where nobody pauses for as long as the maximum.
 *
 * @param probabilities of speech, one a window, as the voice detector gives them; the last segment may end inside the
 * last window, after the recording
 */
export function speechSegments(probabilities: Float32Array, changed: Partial<SegmentOptions> = {}): TimeSpan[] {
  const options = { ...DEFAULT_SEGMENT_OPTIONS, ...changed };
  const padding = toWindows(options.paddingSeconds);
  const windowsWithin = (seconds: number) => Math.floor(seconds / VOICE_WINDOW_SECONDS) - 2 * padding;
  const longest = windowsWithin(options.maximumSeconds);
  const preferred = Math.min(longest, windowsWithin(options.preferredSeconds));
  if (preferred < 3) {
    throw new RangeError(
      `expected segments well above the padding; got ${options.preferredSeconds} s, at most ${options.maximumSeconds} s`,
    );
  }

  const voices = voicedSpans(probabilities, options).flatMap((span) => cutUnbroken(span, probabilities, longest));
  const segments = partAt(voices, toWindows(options.longSilenceSeconds)).flatMap((group) => pack(group, preferred));
  return pad(segments, padding, probabilities.length);
}

/** Hysteresis: a span begins above the onset and ends where it stays below the offset for a pause. */
function voicedSpans(probabilities: Float32Array, options: SegmentOptions): WindowSpan[] {
  const minimumPause = Math.max(1, toWindows(options.minimumPauseSeconds));
  const minimumSpeech = toWindows(options.minimumSpeechSeconds);
  const spans: WindowSpan[] = [];
  let start = -1;
  let end = -1;
  const close = () => {
    if (start !== -1 && end - start >= minimumSpeech) spans.push({ start, end });
    start = -1;
  };
  for (const [window, probability] of probabilities.entries()) {
    if (start === -1 && probability >= options.onsetProbability) start = window;
    if (start === -1) continue;
    if (probability >= options.offsetProbability) end = window + 1;
    else if (window + 1 - end >= minimumPause) close();
  }
  close();
  return spans;
}

/** Cuts a span without any pause, each time at the least voiced window of the last third of what one segment holds. */
function cutUnbroken({ start, end }: WindowSpan, probabilities: Float32Array, longest: number): WindowSpan[] {
  const pieces: WindowSpan[] = [];
  let from = start;
  while (end - from > longest) {
    let cut = from + longest;
    for (let window = cut - 1; window > from + (2 * longest) / 3; window--) {
      if (probabilities[window] < probabilities[cut]) cut = window;
    }
    pieces.push({ start: from, end: cut });
    from = cut;
  }
  return [...pieces, { start: from, end }];
}

/** Groups of spans with less than the given silence between them. */
function partAt(spans: readonly WindowSpan[], longSilence: number): WindowSpan[][] {
  const groups: WindowSpan[][] = [];
  for (const [index, span] of spans.entries()) {
    if (index === 0 || pauseBefore(spans, index) >= longSilence) groups.push([span]);
    else groups[groups.length - 1].push(span);
  }
  return groups;
}

/**
 * Joins spans to segments of the length preferred; a span longer than that stays whole. A segment that is full ends at
 * its longest pause, but not in the first half of its room if there is one later: short segments are understood worse.
 */
function pack(spans: readonly WindowSpan[], preferred: number): WindowSpan[] {
  const segments: WindowSpan[] = [];
  let first = 0;
  while (first < spans.length) {
    const next = firstOfNextSegment(spans, first, preferred);
    segments.push({ start: spans[first].start, end: spans[next - 1].end });
    first = next;
  }
  return segments;
}

function firstOfNextSegment(spans: readonly WindowSpan[], first: number, preferred: number): number {
  const { start } = spans[first];
  if (spans[spans.length - 1].end - start <= preferred) return spans.length;
  let next = first + 1;
  for (let index = next + 1; index < spans.length && spans[index - 1].end - start <= preferred; index++) {
    const isEarly = spans[next - 1].end - start < preferred / 2;
    if (isEarly || pauseBefore(spans, index) >= pauseBefore(spans, next)) next = index;
  }
  return next;
}

function pauseBefore(spans: readonly WindowSpan[], index: number): number {
  return spans[index].start - spans[index - 1].end;
}

/** Widens each segment into the silence around it, at most to the middle between two, and gives times. */
function pad(segments: readonly WindowSpan[], padding: number, windows: number): TimeSpan[] {
  return segments.map(({ start, end }, index) => {
    const before = index === 0 ? start : Math.floor(pauseBefore(segments, index) / 2);
    const after = index + 1 === segments.length ? windows - end : Math.ceil(pauseBefore(segments, index + 1) / 2);
    return {
      startSeconds: (start - Math.min(padding, before)) * VOICE_WINDOW_SECONDS,
      endSeconds: (end + Math.min(padding, after)) * VOICE_WINDOW_SECONDS,
    };
  });
}

function toWindows(seconds: number): number {
  return Math.round(seconds / VOICE_WINDOW_SECONDS);
}
