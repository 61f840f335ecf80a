import { CONSTRUCT_BREAK_SECONDS, ENDLESS_PAUSE_SECONDS } from './pauses.ts';
import type { Token } from './tokens.ts';

/** No rule looks farther ahead than this, so that no more words than this ever wait. */
export const MAXIMUM_LOOKAHEAD = 40;

/**
 * The words that are not yet text, as a rule reads them. A rule that asks for what has not been said yet leaves a mark
 * (`starved`): its answer is then thrown away and asked for again when more has been heard. What a rule decides can
 * therefore never depend on how the words were cut into messages.
 */
export class Cursor {
  readonly #tokens: readonly Token[];
  readonly #isClosed: boolean;
  #starved = false;

  /** `isClosed`: nothing more will be said that could belong to these words. */
  constructor(tokens: readonly Token[], isClosed: boolean) {
    this.#tokens = tokens;
    this.#isClosed = isClosed;
  }

  get starved(): boolean {
    return this.#starved;
  }

  /** The first word; there always is one. */
  get first(): Token {
    return this.#tokens[0]!;
  }

  /** The word at this place, unless a long pause or the end comes before it. */
  peek(at: number): Token | undefined {
    for (let index = 1; index <= at; index += 1) {
      if (index >= MAXIMUM_LOOKAHEAD) return undefined;
      const token = this.#tokens[index];
      if (!token) {
        this.#starved ||= !this.#isClosed;
        return undefined;
      }
      if (token.pauseBeforeSeconds >= CONSTRUCT_BREAK_SECONDS) return undefined;
    }
    return this.#tokens[at];
  }

  pauseBeforeSeconds(at: number): number {
    const token = this.#tokens[at];
    if (token) return token.pauseBeforeSeconds;
    this.#starved ||= !this.#isClosed;
    return ENDLESS_PAUSE_SECONDS;
  }

  /** Whether the words from here on (one at least) have these keys. */
  follows(at: number, ...keys: readonly string[]): boolean {
    return keys.every((key, index) => this.peek(at + index)?.key === key);
  }

  taken(length: number): readonly Token[] {
    return this.#tokens.slice(0, length);
  }
}
