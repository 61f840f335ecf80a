import type { LiveSpeech } from '../contracts/live-speech.ts';
import type { Utterance } from '../contracts/speech-messages.ts';
import type { UtteranceSpan } from './hearing.ts';
import { promptOf } from './prompt.ts';

const BEAM_SIZE = 5;

export interface FinalTextOptions {
  readonly speech: LiveSpeech;
  readonly owner: object;
  readonly language: string;
}

/** The words of a whole utterance, as they are committed. @throws as LiveSpeech.recognise */
export function finalText(
  { speech, owner, language }: FinalTextOptions,
  { vocabulary }: UtteranceSpan,
  samples: Float32Array,
  signal: AbortSignal,
): Promise<Utterance> {
  const options = { language, beamSize: BEAM_SIZE, words: true, ...promptOf(vocabulary) };
  return speech.recognise(samples, options, { owner, signal });
}
