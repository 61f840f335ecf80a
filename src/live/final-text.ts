import { withClinicVocabulary } from '../contracts/joined-vocabulary.ts';
import type { LiveSpeech } from '../contracts/live-speech.ts';
import type { Utterance } from '../contracts/speech-messages.ts';
import { CLINIC_LANGUAGE, type Vocabulary } from '../contracts/vocabulary.ts';
import type { UtteranceSpan } from './hearing.ts';

const BEAM_SIZE = 5;

export interface FinalTextOptions {
  readonly speech: LiveSpeech;
  readonly owner: object;
  readonly language: string;
  /** The terms that the clinic has at the moment. */
  readonly clinicVocabulary: () => Vocabulary;
}

/** The words of a whole utterance, as they are committed. @throws as LiveSpeech.recognise */
export function finalText(
  { speech, owner, language, clinicVocabulary }: FinalTextOptions,
  { hints: { vocabulary, prompt } }: UtteranceSpan,
  samples: Float32Array,
  signal: AbortSignal,
): Promise<Utterance> {
  // Told as text said before, plain words are heard best (40 % of words wrong in dictated sentences, 48 % as terms). What
  // has a sound or a weight of its own is a term, before the clinic's: it says how one is written that both have.
  const plain = vocabulary.filter(isPlain).map(({ term }) => term);
  const terms = vocabulary.filter((term) => !isPlain(term));
  const told = [plain.join(', '), prompt].filter((part) => part !== '').join('. ');
  const options = {
    language,
    beamSize: BEAM_SIZE,
    words: true,
    vocabulary: withClinicVocabulary(terms, language === CLINIC_LANGUAGE ? clinicVocabulary() : []),
    // As a prompt and as terms at once, chairs and coughs between utterances are heard as the words told last.
    primes: false,
    ...(told !== '' && { prompt: told }),
  };
  return speech.recognise(samples, options, { owner, signal });
}

function isPlain({ soundsLike, weight }: Vocabulary[number]): boolean {
  return soundsLike === undefined && weight === undefined;
}
