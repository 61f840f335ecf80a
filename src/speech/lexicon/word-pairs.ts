import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const WORD_PAIRS_FILE = join(import.meta.dirname, '../../../models/word-pairs-sv/pairs.bin');

/** FNV-1a over 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
const SPACE = 0x20;

/** No letters yet. */
export const NO_LETTERS = OFFSET_BASIS;

/** Letters and one more byte. */
export function withByte(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, PRIME) >>> 0;
}

/** What the bytes of the word after it are added to, so that the sum stands for both. */
export function followed(hash: number): number {
  return withByte(hash, SPACE);
}

/** What stands for two words, in small letters, that follow each other. */
export function pairHash(first: string, second: string): number {
  const add = (hash: number, word: string) => new TextEncoder().encode(word).reduce(withByte, hash);
  return add(followed(add(NO_LETTERS, first)), second);
}

/**
 * Pairs of words that often follow each other, held as the hashes of their small letters with a space between them:
 * one in 20,000 of other pairs is taken for one of them.
 */
export class WordPairs {
  readonly #hashes: Uint32Array;

  /** @param hashes of pairs, in order */
  constructor(hashes: Uint32Array) {
    this.#hashes = hashes;
  }

  /** @param bytes hashes of 32 bits, little-endian, in order */
  static read(bytes: Uint8Array): WordPairs {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new WordPairs(Uint32Array.from({ length: bytes.length / 4 }, (_, at) => view.getUint32(4 * at, true)));
  }

  has(hash: number): boolean {
    let first = 0;
    let last = this.#hashes.length;
    while (first < last) {
      const middle = (first + last) >>> 1;
      if (this.#hashes[middle]! < hash) first = middle + 1;
      else last = middle;
    }
    return this.#hashes[first] === hash;
  }
}

let loaded: WordPairs | undefined;

/** Those of Swedish, read when first asked for and then kept in each thread that recognises it. */
export function swedishWordPairs(): WordPairs {
  loaded ??= WordPairs.read(readFileSync(WORD_PAIRS_FILE));
  return loaded;
}
