import { alignWords } from '../../src/evaluation/alignment.ts';
import type { ReferenceWord } from './dictation.ts';
import type { SessionRecord } from './session-record.ts';

/** How the committed words of a session differ from those of the same sound undisturbed. */
export interface Differences {
  readonly words: number;
  readonly lost: number;
  readonly doubled: number;
  /** Written otherwise in its place. */
  readonly changed: number;
}

export function committedWords({ committed }: SessionRecord): string[] {
  return committed.flatMap(({ message }) => message.words.map(({ text }) => text));
}

export function differences(undisturbed: readonly string[], got: readonly string[]): Differences {
  const steps = alignWords(undisturbed, got);
  const count = (kind: (typeof steps)[number]['kind']) => steps.filter((step) => step.kind === kind).length;
  return {
    words: undisturbed.length,
    lost: count('deletion'),
    doubled: count('insertion'),
    changed: count('substitution'),
  };
}

/**
 * How many of the words that were said lie in no committed utterance, and in more than one: lost and doubled whatever
 * the text says, which may be written otherwise where an utterance was cut otherwise.
 */
export function heardOtherThanOnce(said: readonly ReferenceWord[], { committed }: SessionRecord) {
  const times = said.map(({ startSeconds, endSeconds }) => {
    const middle = (startSeconds + endSeconds) / 2;
    return committed.filter(({ message }) => message.startSeconds <= middle && middle < message.endSeconds).length;
  });
  return { lost: times.filter((count) => count === 0).length, doubled: times.filter((count) => count > 1).length };
}

/** @throws Error with the numbers, never with the words, when not every word is there once, as it was undisturbed */
export function checkSame(what: string, undisturbed: SessionRecord, got: SessionRecord): void {
  const { words, lost, doubled, changed } = differences(committedWords(undisturbed), committedWords(got));
  if (lost + doubled + changed === 0) return;
  const found = `${lost} lost, ${doubled} doubled, ${changed} changed`;
  throw new Error(`${what}: expected the ${words} words of the dictation undisturbed; got ${found}`);
}
