import { createHash } from 'node:crypto';
import type { PackedUtteranceOptions, PackedVocabulary, UtteranceOptions } from '../../contracts/speech-messages.ts';
import type { Vocabulary } from '../../contracts/vocabulary.ts';

/** Lists stay the same arrays until they change, so that each is packed once. */
const packedLists = new WeakMap<Vocabulary, PackedVocabulary>();

/**
 * Options as threads are told them. Thousands of terms copied with every utterance would cost the server's thread
 * milliseconds each time; shared memory costs none.
 */
export function packedOptions({ vocabulary = [], ...options }: UtteranceOptions): PackedUtteranceOptions {
  return vocabulary.length === 0 ? options : { ...options, vocabulary: packVocabulary(vocabulary) };
}

export function packVocabulary(vocabulary: Vocabulary): PackedVocabulary {
  const known = packedLists.get(vocabulary);
  if (known) return known;
  const text = Buffer.from(JSON.stringify(vocabulary));
  const bytes = new SharedArrayBuffer(text.length);
  text.copy(Buffer.from(bytes));
  const packed = { key: createHash('sha256').update(text).digest('base64'), bytes };
  packedLists.set(vocabulary, packed);
  return packed;
}

export function unpackVocabulary({ bytes }: PackedVocabulary): Vocabulary {
  return JSON.parse(Buffer.from(bytes).toString());
}
