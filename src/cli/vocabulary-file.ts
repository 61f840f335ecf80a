import { join } from 'node:path';
import { PROJECT_DIRECTORY } from '../config.ts';
import { parseVocabularyList, type VocabularyTerm } from '../contracts/vocabulary.ts';
import { readInput } from './input.ts';

const MAX_BYTES = 4 * 1024 * 1024;
const STARTER_LIST = join(PROJECT_DIRECTORY, 'models', 'vocabulary-sv-medical.tsv');

/** The terms of a file, or of standard input for "-". @throws AppError FILE_NOT_FOUND, REQUEST_TOO_LARGE or REQUEST_INVALID */
export async function readVocabulary(file: string): Promise<VocabularyTerm[]> {
  return parseVocabularyList(new TextDecoder().decode(await readInput(file, MAX_BYTES, 'REQUEST_TOO_LARGE')));
}

/** The medical terms that come along. @throws as `readVocabulary` */
export async function starterVocabulary(): Promise<VocabularyTerm[]> {
  return readVocabulary(STARTER_LIST);
}
