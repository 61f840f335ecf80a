import type { TokenScorer } from '../../../src/speech/beam-search.ts';
import type { TokenBytes } from '../../../src/speech/lexicon/word-scorer.ts';

/** Texts cut into pieces of bytes, each a token of its own. */
export class Pieces implements TokenBytes {
  readonly #pieces: Uint8Array[] = [];

  bytes(token: number): Uint8Array {
    return this.#pieces[token]!;
  }

  /** @param cuts in bytes; where none is given, each byte is a token */
  tokens(text: string, cuts?: readonly number[]): number[] {
    const bytes = Buffer.from(text, 'utf8');
    const ends = cuts
      ? [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])]
      : [...bytes.keys(), bytes.length];
    let from = 0;
    return ends
      .sort((a, b) => a - b)
      .flatMap((end) => {
        if (end <= from) return [];
        this.#pieces.push(bytes.subarray(from, end));
        from = end;
        return [this.#pieces.length - 1];
      });
  }
}

/** What a path of tokens scores after each of them, and once it has ended. */
export function runningScores<State>(scorer: TokenScorer<State>, tokens: readonly number[]) {
  let state = scorer.start;
  let sum = 0;
  const after = tokens.map((token) => {
    sum += scorer.score(state, [token])[0]!;
    state = scorer.next(state, token);
    return sum;
  });
  return { after, total: sum + scorer.end(state) };
}
