import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WordAutomaton } from './word-automaton.ts';

export const LEXICON_FILE = join(import.meta.dirname, '../../../models/lexicon-sv/lexicon.bin');

let loaded: WordAutomaton | undefined;

/** The words of Swedish, read when first asked for and then kept: 2 MB in each thread that recognises Swedish. */
export function swedishLexicon(): WordAutomaton {
  loaded ??= WordAutomaton.read(readFileSync(LEXICON_FILE));
  return loaded;
}
