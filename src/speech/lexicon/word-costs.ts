/** Zipf value of a word (log10 of its share of all words, plus 9) from which each rank, 1 to 7, goes. */
const RANK_FROM_ZIPF = [0, 1.45, 1.8, 2.15, 2.5, 3, 6] as const;
/** What a word costs, as a share of what an unknown one does, by its rank. */
const RANK_COSTS = [1, 0.43, 0.34, 0.26, 0.17, 0.06, 0, 0] as const;
/** Parts of compounds are neither rare nor function words: "hand" and "verk", not "det" and "och". */
const PART_RANKS = { from: 5, to: 6 } as const;

/** What a word costs that nobody knows (natural logarithm). The other costs are shares of it. */
export const UNKNOWN_WORD_COST = 4;
/** A word put together from known ones, as Swedish does all the time. */
export const COMPOUND_COST = 0.1;
/** A capital inside a sentence: a name, which no list need hold. */
export const NAME_COST = 0.5;

/** What a word gains that often comes after the one before it (natural logarithm). */
export const PAIR_GAIN = 0.3;

/** The rank that a word of this frequency has in a lexicon. */
export function rankOf(zipf: number): number {
  return Math.max(1, RANK_FROM_ZIPF.filter((from) => zipf >= from).length);
}

/** @param rank 0 of no word, to 7 */
export function rankCost(rank: number): number {
  return RANK_COSTS[rank]!;
}

export function isPartRank(rank: number): boolean {
  return rank >= PART_RANKS.from && rank <= PART_RANKS.to;
}
