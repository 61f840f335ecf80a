import { alignWords } from '../../src/evaluation/alignment.ts';
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

/** How many of as many words begin or end at another time. */
function movedWords(undisturbed: SessionRecord, got: SessionRecord): number {
  const [expected, found] = [undisturbed, got].map(({ committed }) =>
    committed.flatMap(({ message }) => message.words),
  );
  return found!.filter(({ startSeconds, endSeconds }, index) => {
    const { startSeconds: from, endSeconds: to } = expected![index]!;
    return startSeconds !== from || endSeconds !== to;
  }).length;
}

/** @throws Error with the numbers, never with the words, when not every word is there once, as and where it was undisturbed */
export function checkSame(what: string, undisturbed: SessionRecord, got: SessionRecord): void {
  const { words, lost, doubled, changed } = differences(committedWords(undisturbed), committedWords(got));
  const moved = lost + doubled === 0 ? movedWords(undisturbed, got) : 0;
  if (lost + doubled + changed + moved === 0) return;
  const found = `${lost} lost, ${doubled} doubled, ${changed} changed, ${moved} moved`;
  throw new Error(`${what}: expected the ${words} words of the dictation undisturbed; got ${found}`);
}
