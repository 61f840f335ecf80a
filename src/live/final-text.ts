import { withClinicVocabulary } from '../contracts/joined-vocabulary.ts';
import type { LiveSpeech } from '../contracts/live-speech.ts';
import type { Utterance } from '../contracts/speech-messages.ts';
import { CLINIC_LANGUAGE, type Vocabulary } from '../contracts/vocabulary.ts';
import type { UtteranceSpan } from './hearing.ts';
import { toldWith } from './told-words.ts';

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
  { hints }: UtteranceSpan,
  samples: Float32Array,
  signal: AbortSignal,
): Promise<Utterance> {
  const { prompt, terms } = toldWith(hints);
  const options = {
    language,
    beamSize: BEAM_SIZE,
    words: true,
    // Its own before the clinic's: they say how one is written that both have.
    vocabulary: withClinicVocabulary(terms, language === CLINIC_LANGUAGE ? clinicVocabulary() : []),
    // As a prompt and as terms at once, chairs and coughs between utterances are heard as the words told last.
    primes: false,
    ...(prompt !== '' && { prompt }),
  };
  return speech.recognise(samples, options, { owner, signal });
}
