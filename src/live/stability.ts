/** What is said of an utterance that is still open. Words are told with their punctuation. */
export interface Provisional {
  /** Said alike by two hypotheses in a row: does not change before the utterance is committed. */
  readonly stable: readonly string[];
  readonly tail: readonly string[];
  /** All words of the newest hypothesis. */
  readonly hypothesis: readonly string[];
}

export const NOTHING_SAID: Provisional = { stable: [], tail: [], hypothesis: [] };

/** How far words may have moved between two hypotheses for the end of the stable part to be found again. */
const LARGEST_SHIFT_WORDS = 4;

/**
 * LocalAgreement-2 (Macháček, Dabre and Bojar, Turning Whisper into Real-Time Transcription System, 2023): the words on
 * which two hypotheses in a row agree from the beginning are stable. Case and punctuation do not count, since they
 * depend on what follows. A hypothesis that contradicts the stable words gives the tail after them only.
 */
export function agreed(before: Provisional, text: string): Provisional {
  const hypothesis = text.split(/\s+/).filter((word) => word !== '');
  const { stable } = before;
  if (commonPrefix(stable, hypothesis) < stable.length) {
    return { stable, tail: hypothesis.slice(endOfStable(stable, hypothesis)), hypothesis };
  }
  const agreedCount = Math.max(stable.length, commonPrefix(before.hypothesis, hypothesis));
  return {
    stable: [...stable, ...hypothesis.slice(stable.length, agreedCount)],
    tail: hypothesis.slice(agreedCount),
    hypothesis,
  };
}

/** Where in a hypothesis that contradicts it the stable part ends: after its last word, looked for near its place. */
function endOfStable(stable: readonly string[], hypothesis: readonly string[]): number {
  const last = bare(stable.at(-1)!);
  for (let shift = 0; shift <= LARGEST_SHIFT_WORDS; shift++) {
    for (const end of [stable.length + shift, stable.length - shift]) {
      const word = hypothesis[end - 1];
      if (word !== undefined && bare(word) === last) return end;
    }
  }
  return stable.length;
}

function commonPrefix(one: readonly string[], other: readonly string[]): number {
  const differs = one.findIndex((word, at) => other[at] === undefined || bare(other[at]) !== bare(word));
  return differs === -1 ? one.length : differs;
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
