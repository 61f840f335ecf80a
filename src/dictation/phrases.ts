import type { Cursor } from './cursor.ts';
import type { Token } from './tokens.ts';

/**
 * Phrases found in the stream however their words were joined or parted: "ny rad", "nyrad" and "ny-rad" are one. The
 * longest wins.
 */
export class PhraseTable<Value> {
  readonly #values = new Map<string, Value>();
  readonly #beginnings = new Set<string>();
  readonly #spell: (text: string) => string;
  readonly #spelled: (token: Token) => string;

  /** `spell` makes a phrase comparable, once or twice alike, and `spelled` a token. */
  constructor(
    phrases: Iterable<readonly [phrase: string, value: Value]>,
    spell: (text: string) => string,
    spelled: (token: Token) => string,
  ) {
    this.#spell = spell;
    this.#spelled = spelled;
    for (const [phrase, value] of phrases) {
      const whole = this.#spell(phrase);
      if (whole === '') continue;
      this.#values.set(whole, value);
      for (let length = 1; length < whole.length; length += 1) this.#beginnings.add(whole.slice(0, length));
    }
  }

  match(cursor: Cursor, from: number): { value: Value; length: number } | undefined {
    let joined = '';
    let best: { value: Value; length: number } | undefined;
    for (let length = 1; ; length += 1) {
      const token = cursor.peek(from + length - 1);
      if (!token) return best;
      joined = this.#spell(joined + this.#spelled(token));
      const value = this.#values.get(joined);
      if (value !== undefined) best = { value, length };
      if (!this.#beginnings.has(joined)) return best;
    }
  }
}
