/** Where no term goes on. */
const NOWHERE = -1;
const BYTES = 256;

/** Words by their UTF-8 bytes, each with what it earns. */
export class TermTrie {
  readonly #next = new Map<number, number>();
  readonly #bonuses: number[] = [0];
  readonly #credits: number[] = [0];

  /** @param bonuses of each word in small letters; natural logarithm, above 0 */
  constructor(bonuses: ReadonlyMap<string, number>) {
    for (const [word, bonus] of bonuses) this.#add(Buffer.from(word, 'utf8'), bonus);
  }

  /** Where one more byte leads from `place`, 0 at first; -1 when no word goes on so. */
  step(place: number, byte: number): number {
    return this.#next.get(place * BYTES + byte) ?? NOWHERE;
  }

  /** What the word that ends here earns; 0 when none does. */
  bonus(place: number): number {
    return this.#bonuses[place]!;
  }

  /**
   * What a word that begins so is given before it is complete: little at first, since most words begin like one of
   * thousands, and the whole at its end.
   */
  credit(place: number): number {
    return this.#credits[place]!;
  }

  #add(bytes: Uint8Array, bonus: number): void {
    let place = 0;
    for (const [index, byte] of bytes.entries()) {
      const key = place * BYTES + byte;
      let next = this.#next.get(key);
      if (next === undefined) {
        next = this.#bonuses.length;
        this.#next.set(key, next);
        this.#bonuses.push(0);
        this.#credits.push(0);
      }
      place = next;
      this.#credits[place] = Math.max(this.#credits[place]!, bonus * ((index + 1) / bytes.length) ** 2);
    }
    this.#bonuses[place] = Math.max(this.#bonuses[place]!, bonus);
  }
}
