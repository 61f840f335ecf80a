import { LIVE_LIMITS } from '../../src/contracts/live.ts';
import { alignWords } from '../../src/evaluation/alignment.ts';
import { wordsForScoring } from '../../src/evaluation/normalise.ts';
import { type Dictation, FRAME_SECONDS, type ReferenceWord } from './dictation.ts';
import type { CommittedMessage, SessionRecord } from './session-record.ts';

/** The server's places in the sound are exact, those of the client in frames: half a window of the voice detector. */
const SAME_PLACE_SECONDS = 0.016;

/** Delays from the end of a word, as the offline recogniser places it. */
export interface WordDelays {
  /** When the word was over. */
  readonly saidSeconds: number;
  /**
   * Until so much text was shown that its sound must be in it, whatever was heard; until something stood in its place;
   * and until it stood there as the offline recogniser writes it.
   */
  readonly reachedSeconds: number;
  readonly shownSeconds: number;
  readonly rightSeconds: number;
  readonly committedSeconds: number;
}

export interface UtteranceTimes {
  readonly lengthSeconds: number;
  /** What ended it: a pause, the client's `finalize`, or its length. */
  readonly end: 'pause' | 'finalize' | 'length';
  /** From the end of its last word until the server told that it had ended; of a pause. */
  readonly pauseSeconds: number | undefined;
  /** When its end was declared, or `finalize` was sent; the client's time. */
  readonly declaredSeconds: number;
  readonly committedSeconds: number;
}

/** Of the words that offline recognition and the committed text agree on: another word is never seen to arrive. */
export function wordDelays(dictation: Dictation, record: SessionRecord): WordDelays[] {
  return record.committed.flatMap(({ message, atSeconds: committedSeconds }) => {
    const words = wordsBetween(dictation.words, message);
    const agreed = matches(words, message.words.map(({ text }) => text).join(' '));
    const reached = new Map<number, number>();
    const shown = new Map<number, number>();
    const right = new Map<number, number>();
    for (const { message: partial, atSeconds } of record.partials) {
      if (partial.utteranceId !== message.utteranceId) continue;
      const text = `${partial.stable} ${partial.tail}`;
      for (const word of wordsReached(words, text)) if (!reached.has(word)) reached.set(word, atSeconds);
      for (const [word, isRight] of matches(words, text)) {
        if (!shown.has(word)) shown.set(word, atSeconds);
        if (isRight && !right.has(word)) right.set(word, atSeconds);
      }
    }
    return [...agreed]
      .filter(([, isRight]) => isRight)
      .map(([word]) => {
        const { endSeconds } = words[word]!;
        return {
          saidSeconds: endSeconds,
          reachedSeconds: (reached.get(word) ?? committedSeconds) - endSeconds,
          shownSeconds: (shown.get(word) ?? committedSeconds) - endSeconds,
          rightSeconds: (right.get(word) ?? committedSeconds) - endSeconds,
          committedSeconds: committedSeconds - endSeconds,
        };
      });
  });
}

/** Every utterance of a session in its order. */
export function utteranceTimes(dictation: Dictation, record: SessionRecord): UtteranceTimes[] {
  return record.committed.map(({ message, atSeconds: committedSeconds }) => {
    const { startSeconds, endSeconds } = message;
    const lengthSeconds = endSeconds - startSeconds;
    const isHere = (seconds: number) => Math.abs(seconds - endSeconds) < SAME_PLACE_SECONDS;
    const finalized = [...record.finalizes].find(([frame]) => isHere(frame * FRAME_SECONDS));
    if (finalized) {
      const [, declaredSeconds] = finalized;
      return { lengthSeconds, end: 'finalize', pauseSeconds: undefined, declaredSeconds, committedSeconds };
    }
    const silence = record.silences.find(({ message }) => isHere(message.atSeconds));
    const longestSeconds = startSeconds + LIVE_LIMITS.utteranceSeconds;
    // That nobody spoke after a cut is told at the place of the cut, but later.
    if (silence === undefined || silence.atSeconds > longestSeconds) {
      return {
        lengthSeconds,
        end: 'length',
        pauseSeconds: undefined,
        declaredSeconds: longestSeconds,
        committedSeconds,
      };
    }
    const lastWord = wordsBetween(dictation.words, message).at(-1);
    const pauseSeconds = lastWord && silence.atSeconds - lastWord.endSeconds;
    return { lengthSeconds, end: 'pause', pauseSeconds, declaredSeconds: silence.atSeconds, committedSeconds };
  });
}

/**
 * How late the text of each utterance came against when a server with nothing else to do knew that it had ended: what
 * hearing voices takes under load, waiting and recognition together.
 *
 * @param alone the same dictation's utterances in a session that was the only one
 */
export function lagsSeconds({ committed }: SessionRecord, alone: readonly UtteranceTimes[]): number[] {
  return committed.map(({ atSeconds }, index) => atSeconds - alone[index]!.declaredSeconds);
}

/** Reference words up to whose middle there are no more letters than in the text: a misheard text has about as many. */
function wordsReached(words: readonly ReferenceWord[], text: string): number[] {
  const letters = lettersIn(text);
  let before = 0;
  return words.flatMap((word, index) => {
    const own = lettersIn(word.text);
    const middle = before + own / 2;
    before += own;
    return middle <= letters ? index : [];
  });
}

function lettersIn(text: string): number {
  return wordsForScoring(text).join('').length;
}

/** The reference words that stand for something in the text, and whether it is the word itself. */
function matches(words: readonly ReferenceWord[], text: string): Map<number, boolean> {
  const reference = words.map((word) => wordsForScoring(word.text).join(''));
  const found = new Map<number, boolean>();
  for (const step of alignWords(reference, wordsForScoring(text))) {
    if (step.kind === 'hit') found.set(step.reference, true);
    if (step.kind === 'substitution') found.set(step.reference, false);
  }
  return found;
}

/** Those whose middle lies in the utterance. */
function wordsBetween(words: readonly ReferenceWord[], { startSeconds, endSeconds }: CommittedMessage) {
  return words.filter((word) => {
    const middle = (word.startSeconds + word.endSeconds) / 2;
    return middle >= startSeconds && middle < endSeconds;
  });
}
