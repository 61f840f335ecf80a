import type { TermTrie } from '../vocabulary/term-trie.ts';
import { automatonEdges } from './build-automaton.ts';
import { isContinuation } from './letters.ts';
import { NOWHERE, type Place, WORD_START, WordAutomaton } from './word-automaton.ts';
import { COMPOUND_COST, isPartRank, rankCost } from './word-costs.ts';

/** Shorter ones are found in any letters: "in", "av". */
const SHORTEST_PART_LETTERS = 3;
const SHORTEST_INFLECTED_TERM_LETTERS = 4;
const LINKING_S = 's'.charCodeAt(0);
/** How the first part of a compound may differ from its word: gata, gatu-; vecka, vecko-; flicka, flick-; pojke, pojk-. */
const DROPPED_VOWELS = ['a', 'e'].map((vowel) => vowel.charCodeAt(0));
const JOINING_VOWELS = ['o', 'u'].map((vowel) => vowel.charCodeAt(0));
const INFLECTIONS = 's n en ens et ets t na a e er ers erna ernas ar ars arna arnas or orna'.split(' ');
const ENDINGS = new WordAutomaton(automatonEdges(new Map(INFLECTIONS.map((ending) => [ending, 1]))));

/** One way to read the letters so far. */
export interface Reading {
  /** What the letters of the part under way are looked up in. */
  readonly source: 'lexicon' | 'terms' | 'endings';
  readonly place: Place;
  /** Letters of the part under way. */
  readonly letters: number;
  readonly isCompound: boolean;
  /** Settled by what was read before this part; natural logarithm. */
  readonly base: number;
}

export interface WordSources {
  readonly lexicon?: WordAutomaton | undefined;
  readonly terms?: TermTrie | undefined;
  /** What an unknown word costs; natural logarithm. */
  readonly unknownCost: number;
}

/** Reads a word letter by letter in all ways at once: as a word of the lexicon, a compound, a term with its endings. */
export class WordReader {
  readonly start: readonly Reading[];
  readonly #lexicon: WordAutomaton | undefined;
  readonly #terms: TermTrie | undefined;
  readonly #unknownCost: number;

  constructor({ lexicon, terms, unknownCost }: WordSources) {
    const first = { place: WORD_START, letters: 0, isCompound: false, base: 0 };
    this.start = [
      ...(lexicon ? [{ ...first, source: 'lexicon' as const }] : []),
      ...(terms ? [{ ...first, source: 'terms' as const }] : []),
    ];
    this.#lexicon = lexicon;
    this.#terms = terms;
    this.#unknownCost = unknownCost;
  }

  /** @param byte of a small letter */
  extend(readings: readonly Reading[], byte: number): readonly Reading[] {
    const extended: Reading[] = [];
    for (const reading of readings) {
      const letters = reading.letters + (isContinuation(byte) ? 0 : 1);
      add(extended, { ...reading, place: this.#step(reading, byte), letters });
      if (!isContinuation(byte)) for (const next of this.#beginnings(reading, byte)) add(extended, next);
    }
    return extended;
  }

  /** The most that a word beginning so can score, but never less than `floor`: what it scores as an unknown one. */
  promise(readings: readonly Reading[], floor: number): number {
    let best = floor;
    for (const { source, place, isCompound, base } of readings) {
      if (source === 'terms') best = Math.max(best, this.#terms!.credit(place));
      else if (source === 'endings' || isCompound) best = Math.max(best, base);
      else best = Math.max(best, -this.#unknownCost * rankCost(this.#lexicon!.bestRank(place)));
    }
    return best;
  }

  /** What the word scores when it ends here, as an unknown one `floor`. */
  verdict(readings: readonly Reading[], floor: number): number {
    let best = floor;
    for (const { source, place, letters, isCompound, base } of readings) {
      if (source === 'terms') {
        const bonus = this.#terms!.bonus(place);
        if (bonus > 0) best = Math.max(best, bonus);
      } else if (source === 'endings') {
        if (ENDINGS.rank(place) > 0) best = Math.max(best, base);
      } else if (isCompound) {
        const isWhole = letters >= SHORTEST_PART_LETTERS && isPartRank(this.#lexicon!.rank(place));
        if (isWhole) best = Math.max(best, base);
      } else if (this.#lexicon!.rank(place) > 0) {
        best = Math.max(best, -this.#unknownCost * rankCost(this.#lexicon!.rank(place)));
      }
    }
    return best;
  }

  #step({ source, place }: Reading, byte: number): Place {
    if (source === 'terms') return this.#terms!.step(place, byte);
    return (source === 'endings' ? ENDINGS : this.#lexicon!).step(place, byte);
  }

  /** What may begin with `byte` where a reading has come to: the next part of a compound, or an ending. */
  #beginnings(reading: Reading, byte: number): readonly Reading[] {
    const beginnings: Reading[] = [];
    const partScore = this.#lexicon && this.#afterPart(reading);
    if (this.#lexicon && partScore !== undefined) {
      const part = { source: 'lexicon', isCompound: true, base: partScore } as const;
      beginnings.push({ ...part, place: this.#lexicon.step(WORD_START, byte), letters: 1 });
      if (byte === LINKING_S) beginnings.push({ ...part, place: WORD_START, letters: 0 });
    }
    if (this.#isVowelOfPart(reading, byte)) {
      const base = this.#joined(reading);
      beginnings.push({ source: 'lexicon', isCompound: true, base, place: WORD_START, letters: 0 });
    }
    const bonus = this.#inflectedBonus(reading);
    if (bonus > 0) {
      const place = ENDINGS.step(WORD_START, byte);
      beginnings.push({ source: 'endings', isCompound: false, base: bonus, place, letters: 1 });
    }
    return beginnings;
  }

  /** What a term earns that may go on: inflected, or as the first part of a compound. 0 where none ends. */
  #inflectedBonus({ source, place, letters }: Reading): number {
    return source === 'terms' && letters >= SHORTEST_INFLECTED_TERM_LETTERS ? this.#terms!.bonus(place) : 0;
  }

  /** What a compound scores whose next part begins here; undefined where no part ends. */
  #afterPart(reading: Reading): number | undefined {
    const { source, place, letters } = reading;
    if (source === 'endings' || letters < SHORTEST_PART_LETTERS) return undefined;
    if (source === 'terms') {
      const bonus = this.#inflectedBonus(reading);
      return bonus > 0 ? bonus + this.#joined(reading) : undefined;
    }
    const endsPart =
      this.#isPart(place) || DROPPED_VOWELS.some((vowel) => this.#isPart(this.#lexicon!.step(place, vowel)));
    return endsPart ? this.#joined(reading) : undefined;
  }

  /** Whether `byte` stands for the last vowel of a first part: gat-u, veck-o. */
  #isVowelOfPart({ source, place, letters }: Reading, byte: number): boolean {
    if (source !== 'lexicon' || letters < SHORTEST_PART_LETTERS || !JOINING_VOWELS.includes(byte)) return false;
    return DROPPED_VOWELS.some((vowel) => this.#isPart(this.#lexicon!.step(place, vowel)));
  }

  #isPart(place: Place): boolean {
    return place !== NOWHERE && isPartRank(this.#lexicon!.rank(place));
  }

  /** Several parts cost no more than two. */
  #joined({ isCompound, base }: Reading): number {
    return isCompound ? base : base - this.#unknownCost * COMPOUND_COST;
  }
}

/** Of readings at the same place that may go on alike, the best one is kept. */
function add(readings: Reading[], reading: Reading): void {
  if (reading.place === NOWHERE) return;
  const same = readings.findIndex(
    (other) =>
      other.source === reading.source && other.place === reading.place && other.isCompound === reading.isCompound,
  );
  if (same < 0) readings.push(reading);
  else if (reading.base > readings[same]!.base) readings[same] = reading;
}
