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
  // The session's own come first: they say how a term is written that the clinic has, too.
  const options = {
    language,
    beamSize: BEAM_SIZE,
    words: true,
    vocabulary: withClinicVocabulary(vocabulary, language === CLINIC_LANGUAGE ? clinicVocabulary() : []),
    // Between utterances there are chairs and coughs, which must not be heard as the terms told last.
    primes: false,
    ...(prompt !== '' && { prompt }),
  };
  return speech.recognise(samples, options, { owner, signal });
}
