/** Letters that a Swedish ear, or a recogniser, takes for one another, at the price of the swap. */
const ALIKE: ReadonlyMap<string, number> = new Map(
  (
    [
      ['oå', 0.2],
      ['eä', 0.2],
      ['oö', 0.3],
      ['öä', 0.4],
      ['öe', 0.5],
      ['uo', 0.4],
      ['yi', 0.4],
      ['ei', 0.5],
      ['ae', 0.5],
      ['aå', 0.5],
      ['ao', 0.5],
      ['aä', 0.4],
      ['ck', 0.2],
      ['cs', 0.3],
      ['sz', 0.2],
      ['cx', 0.5],
      ['kx', 0.5],
      ['sx', 0.5],
      ['vw', 0.1],
      ['vf', 0.5],
      ['dt', 0.5],
      ['bp', 0.5],
      ['gk', 0.5],
      ['mn', 0.5],
      ['jg', 0.4],
      ['lr', 0.7],
    ] as const
  ).flatMap(([pair, cost]) => [
    [pair, cost],
    [`${pair[1]}${pair[0]}`, cost],
  ]),
);
/** A letter said twice or left out of a double is hardly heard; a vowel less than a consonant. */
const DOUBLE_COST = 0.2;
const VOWELS = 'aeiouyåäö';
const VOWEL_COST = 0.7;
const OTHER_COST = 1;
const SWAP_COST = 0.7;
/** Sums of costs are not exact. */
const ROUNDING = 1e-9;

/** How far two words sound apart: a weighted edit distance (Damerau-Levenshtein); at most `limit`, or Infinity. */
export function soundDistance(heard: string, meant: string, limit: number): number {
  // A letter more or less costs a double's at least.
  if (Math.abs(heard.length - meant.length) * DOUBLE_COST > limit + ROUNDING) return Number.POSITIVE_INFINITY;
  const heardGaps = gapCosts(heard);
  const meantGaps = gapCosts(meant);
  const width = meant.length + 1;
  let [beforeLast, last, row] = rowsOf(width);
  last[0] = 0;
  for (let j = 1; j < width; j++) last[j] = last[j - 1]! + meantGaps[j - 1]!;
  for (let i = 1; i <= heard.length; i++) {
    const gap = heardGaps[i - 1]!;
    row[0] = last[0]! + gap;
    let least = row[0]!;
    for (let j = 1; j < width; j++) {
      const one = heard[i - 1]!;
      const other = meant[j - 1]!;
      let cost = Math.min(
        last[j - 1]! + (one === other ? 0 : (ALIKE.get(one + other) ?? OTHER_COST)),
        last[j]! + gap,
        row[j - 1]! + meantGaps[j - 1]!,
      );
      if (i > 1 && j > 1 && one === meant[j - 2] && other === heard[i - 2])
        cost = Math.min(cost, beforeLast[j - 2]! + SWAP_COST);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return Number.POSITIVE_INFINITY;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  const distance = last[meant.length]!;
  return distance <= limit ? distance : Number.POSITIVE_INFINITY;
}

/** Three rows, used again from one pair of words to the next. */
let rows: [number[], number[], number[]] = [[], [], []];

function rowsOf(width: number): [number[], number[], number[]] {
  if (rows[0].length < width) rows = [filled(width), filled(width), filled(width)];
  return rows;
}

function filled(width: number): number[] {
  return new Array<number>(width).fill(0);
}

const MAXIMUM_KNOWN_GAPS = 10_000;
const knownGaps = new Map<string, readonly number[]>();

/** What leaving out each letter costs; the same words come again and again. */
function gapCosts(word: string): readonly number[] {
  const known = knownGaps.get(word);
  if (known) return known;
  if (knownGaps.size >= MAXIMUM_KNOWN_GAPS) knownGaps.clear();
  const costs = Array.from(word, (letter, at) => {
    if ((at > 0 && letter === word[at - 1]) || (letter === 'c' && word[at + 1] === 'k')) return DOUBLE_COST;
    return VOWELS.includes(letter) ? VOWEL_COST : OTHER_COST;
  });
  knownGaps.set(word, costs);
  return costs;
}

/** A word's sound written one way only: equal for words that sound alike. */
export function soundKey(word: string): string {
  return word
    .replace(/sch|stj|skj|sj/g, 'x')
    .replace(/ck|[cq]/g, 'k')
    .replace(/[åö]/g, 'o')
    .replace(/ä/g, 'e')
    .replace(/z/g, 's')
    .replace(/w/g, 'v')
    .replace(/(.)\1+/g, '$1');
}
