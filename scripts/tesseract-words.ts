/** Reads word lists out of Tesseract's trained data: their "dawg", an automaton over the characters of a list. */

const UNICHARSET = 1;
const BIGRAM_DAWG = 14;
const NULL_CHARACTER = 'NULL';
const DAWG_HEADER_BYTES = 10;
const EDGE_BYTES = 8;
/** Beside the character in an edge: last of its state, backwards, ends a word. */
const FLAG_BITS = 3n;
const LAST = 1n;
const ENDS_WORD = 4n;

/**
 * The pairs of words in a file of trained data, each with a space between.
 *
 * @throws RangeError for a file without them
 */
export function* wordPairsIn(trained: Buffer): Generator<string> {
  const characters = charactersIn(component(trained, UNICHARSET).toString('utf8'));
  const dawg = component(trained, BIGRAM_DAWG);
  const characterBits = BigInt(Math.max(1, Math.ceil(Math.log2(dawg.readInt32LE(2)))));
  const edge = (at: number) => dawg.readBigUInt64LE(DAWG_HEADER_BYTES + EDGE_BYTES * at);
  const open: { state: number; written: string }[] = [{ state: 0, written: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    for (let at = next.state, isLast = false; !isLast; at++) {
      const bits = edge(at);
      const flags = bits >> characterBits;
      const written = next.written + characters[Number(bits & ((1n << characterBits) - 1n))]!;
      if (flags & ENDS_WORD) yield written;
      const state = Number(bits >> (characterBits + FLAG_BITS));
      if (state > 0) open.push({ state, written });
      isLast = (flags & LAST) !== 0n;
    }
  }
}

/** A file begins with the number of its components and where each begins; -1 where there is none. */
function component(trained: Buffer, index: number): Buffer {
  const count = trained.readInt32LE(0);
  const starts = Array.from({ length: count }, (_, at) => Number(trained.readBigInt64LE(4 + 8 * at)));
  const start = starts[index] ?? -1;
  if (start < 0) throw new RangeError(`expected trained data with component ${index}; got one of ${count} without it`);
  const end = starts.filter((other) => other > start).sort((a, b) => a - b)[0];
  return trained.subarray(start, end);
}

function charactersIn(unicharset: string): string[] {
  const [count, ...lines] = unicharset.split('\n');
  return lines.slice(0, Number(count)).map((line) => {
    const character = line.split(' ')[0]!;
    return character === NULL_CHARACTER ? ' ' : character;
  });
}
