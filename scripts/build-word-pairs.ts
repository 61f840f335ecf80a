/**
 * Makes models/word-pairs-sv/pairs.bin from the pairs of words in Tesseract's trained data.
 *
 *   node scripts/build-word-pairs.ts swe.traineddata.gz
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { pairHash, WORD_PAIRS_FILE } from '../src/speech/lexicon/word-pairs.ts';
import { wordPairsIn } from './tesseract-words.ts';

const TWO_WORDS = /^([a-z\u00df-\u00f6\u00f8-\u017f]+) ([a-z\u00df-\u00f6\u00f8-\u017f]+)$/;

const [trained] = process.argv.slice(2);
if (trained === undefined) {
  console.error('usage: node scripts/build-word-pairs.ts swe.traineddata.gz');
  process.exit(2);
}
const packed = readFileSync(trained);
const hashes = new Set<number>();
for (const pair of wordPairsIn(gunzipSync(packed))) {
  const [, first, second] = TWO_WORDS.exec(pair.normalize('NFC').toLowerCase()) ?? [];
  if (first !== undefined && second !== undefined) hashes.add(pairHash(first, second));
}
const file = Buffer.alloc(4 * hashes.size);
for (const [at, hash] of [...hashes].sort((a, b) => a - b).entries()) file.writeUInt32LE(hash, 4 * at);
writeFileSync(WORD_PAIRS_FILE, file);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
console.log(`${trained}: sha256 ${sha256(packed)}`);
console.log(`${WORD_PAIRS_FILE}: ${hashes.size} pairs, ${file.length} bytes, sha256 ${sha256(file)}`);
