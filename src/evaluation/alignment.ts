import { AppError } from '../contracts/errors.ts';

/** What became of a word of the reference, or a word that was heard without one. Indices count from 0. */
export type AlignmentStep =
  | { readonly kind: 'hit'; readonly reference: number; readonly hypothesis: number }
  | { readonly kind: 'substitution'; readonly reference: number; readonly hypothesis: number }
  | { readonly kind: 'deletion'; readonly reference: number }
  | { readonly kind: 'insertion'; readonly hypothesis: number };

/** Cells of the table that one alignment may fill: 8,000 words against 8,000, an hour of speech. */
const MAX_TABLE_CELLS = 64_000_000;

/**
 * The cheapest way from a reference to a hypothesis (Levenshtein, every error costs one), in the order of the text.
 * Among equally cheap ways it takes the one that rapidfuzz takes, so that substitutions, deletions and insertions are
 * those that jiwer counts: equal words at both ends are hits, and from the end backwards a deletion goes before an
 * insertion and an insertion before a substitution.
 *
 * @throws AppError REQUEST_TOO_LARGE when the texts are longer than an hour of speech.
 */
export function alignWords(reference: readonly string[], hypothesis: readonly string[]): readonly AlignmentStep[] {
  const { head, tail } = commonEnds(reference, hypothesis);
  const rows = reference.length - head - tail;
  const columns = hypothesis.length - head - tail;
  const distances = distanceTable(reference.slice(head, head + rows), hypothesis.slice(head, head + columns));
  const width = columns + 1;
  const at = (row: number, column: number) => distances[row * width + column]!;

  const backwards: AlignmentStep[] = [];
  for (let i = 1; i <= tail; i++) {
    backwards.push({ kind: 'hit', reference: reference.length - i, hypothesis: hypothesis.length - i });
  }
  let row = rows;
  let column = columns;
  while (row > 0 || column > 0) {
    if (row > 0 && (column === 0 || at(row, column) === at(row - 1, column) + 1)) {
      row--;
      backwards.push({ kind: 'deletion', reference: head + row });
    } else if (column > 0 && (row === 0 || at(row, column - 1) === at(row - 1, column - 1) - 1)) {
      column--;
      backwards.push({ kind: 'insertion', hypothesis: head + column });
    } else {
      row--;
      column--;
      const kind = reference[head + row] === hypothesis[head + column] ? 'hit' : 'substitution';
      backwards.push({ kind, reference: head + row, hypothesis: head + column });
    }
  }
  for (let i = head - 1; i >= 0; i--) backwards.push({ kind: 'hit', reference: i, hypothesis: i });
  return backwards.reverse();
}

/** The number of errors of the cheapest alignment, without keeping it: two rows, whatever the length. */
export function editDistance(reference: readonly string[], hypothesis: readonly string[]): number {
  let above = Uint32Array.from({ length: hypothesis.length + 1 }, (_, column) => column);
  let current = new Uint32Array(hypothesis.length + 1);
  for (let row = 1; row <= reference.length; row++) {
    fillRow(reference[row - 1]!, row, hypothesis, above, current);
    [above, current] = [current, above];
  }
  return above[hypothesis.length]!;
}

function distanceTable(reference: readonly string[], hypothesis: readonly string[]): Uint32Array {
  const width = hypothesis.length + 1;
  const cells = (reference.length + 1) * width;
  if (cells > MAX_TABLE_CELLS) {
    throw new AppError('REQUEST_TOO_LARGE', 'texts are too long to align', {
      expected: `at most ${MAX_TABLE_CELLS} pairs of words`,
      got: `${cells}`,
    });
  }
  const table = new Uint32Array(cells);
  for (let column = 0; column < width; column++) table[column] = column;
  for (let row = 1; row <= reference.length; row++) {
    const start = row * width;
    fillRow(
      reference[row - 1]!,
      row,
      hypothesis,
      table.subarray(start - width, start),
      table.subarray(start, start + width),
    );
  }
  return table;
}

/** One row of the table of distances from the row above it (Wagner and Fischer, 1974). */
function fillRow(word: string, row: number, hypothesis: readonly string[], above: Uint32Array, current: Uint32Array) {
  current[0] = row;
  for (let column = 1; column <= hypothesis.length; column++) {
    const replaced = above[column - 1]! + (word === hypothesis[column - 1] ? 0 : 1);
    current[column] = Math.min(replaced, above[column]! + 1, current[column - 1]! + 1);
  }
}

function commonEnds(a: readonly string[], b: readonly string[]): { head: number; tail: number } {
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return { head, tail };
}
