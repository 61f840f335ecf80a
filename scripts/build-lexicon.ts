/**
 * Makes models/lexicon-sv/lexicon.bin from a list of words with frequencies and the project's own medical list.
 *
 *   node scripts/build-lexicon.ts LIST.tsv.gz
 *
 * LIST has lines of word, tab, 100 x (log10 of its share of all words + 9).
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseVocabularyList } from '../src/contracts/vocabulary.ts';
import { automatonEdges, lexiconFile } from '../src/speech/lexicon/build-automaton.ts';
import { LEXICON_FILE } from '../src/speech/lexicon/swedish-lexicon.ts';
import { rankOf } from '../src/speech/lexicon/word-costs.ts';
import { spokenWords } from '../src/speech/vocabulary/spoken-words.ts';

const MEDICAL_VOCABULARY_FILE = join(import.meta.dirname, '../models/vocabulary-sv-medical.tsv');
const LETTERS_ONLY = /^[a-z\u00df-\u00f6\u00f8-\u017f]+$/;

/** Medical words that the list does not hold: seldom, but fit to be parts of compounds. */
const ZIPF_OF_MEDICAL_WORDS = 2.5;

const [list] = process.argv.slice(2);
if (list === undefined) {
  console.error('usage: node scripts/build-lexicon.ts LIST.tsv.gz');
  process.exit(2);
}
const packed = readFileSync(list);
const ranks = new Map<string, number>();
for (const line of gunzipSync(packed).toString('utf8').split('\n')) {
  const [word = '', frequency = ''] = line.normalize('NFC').split('\t');
  // "tv:n" and "l'oréal" are read as two words each when speech is recognised.
  if (LETTERS_ONLY.test(word)) ranks.set(word, rankOf(Number(frequency) / 100));
}
const medical = parseVocabularyList(readFileSync(MEDICAL_VOCABULARY_FILE, 'utf8'));
for (const word of medical.flatMap(({ term }) => spokenWords(term))) {
  const rank = Math.max(ranks.get(word) ?? 0, rankOf(ZIPF_OF_MEDICAL_WORDS));
  if (LETTERS_ONLY.test(word) && word.length > 2) ranks.set(word, rank);
}
const file = lexiconFile(automatonEdges(ranks));
writeFileSync(LEXICON_FILE, file);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
console.log(`${list}: sha256 ${sha256(packed)}`);
console.log(`${LEXICON_FILE}: ${ranks.size} words, ${file.length} bytes, sha256 ${sha256(file)}`);
