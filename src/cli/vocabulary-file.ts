import { parseVocabularyList, type VocabularyTerm } from '../contracts/vocabulary.ts';
import { readInput } from './input.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** The terms of a file, or of standard input for "-". @throws AppError FILE_NOT_FOUND, REQUEST_TOO_LARGE or REQUEST_INVALID */
export async function readVocabulary(file: string): Promise<VocabularyTerm[]> {
  return parseVocabularyList(new TextDecoder().decode(await readInput(file, MAX_BYTES, 'REQUEST_TOO_LARGE')));
}
