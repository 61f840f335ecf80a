import { languageCodeOf } from '../contracts/languages.ts';
import type { Read } from './row-reader.ts';

/** A language by its ISO 639 code or its Swedish name. */
export function languageCode(text: string): Read<string> {
  const value = languageCodeOf(text);
  return value === undefined ? { fault: 'language' } : { value };
}
