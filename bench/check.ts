import { scoreText, wordErrorRate } from '../src/evaluation/score.ts';
import { cutAtPauses } from './audio.ts';
import type { Spoken } from './clip-sets.ts';
import type { Engine } from './engine.ts';

/** A wrong text has a rate near one; the bundled model writes the fixtures at about a third. */
const MAX_WORD_ERROR_RATE = 0.6;
const WINDOW_SECONDS = 20;

/**
 * A benchmark's figures are worth nothing when the work was not done: what was recognised must be what is said.
 *
 * @throws Error with the rate, never with the words.
 */
export function checkText(what: string, reference: string, hypothesis: string): void {
  const rate = wordErrorRate(scoreText(reference, hypothesis));
  if (rate > MAX_WORD_ERROR_RATE) {
    throw new Error(`${what}: expected at most ${MAX_WORD_ERROR_RATE} of the words wrong; got ${rate.toFixed(2)}`);
  }
}

/** Recognises the whole track once. @throws Error when the text is not what is said. */
export async function checkEngine({ recogniser }: Engine, { samples, reference }: Spoken): Promise<void> {
  const texts: string[] = [];
  for (const piece of cutAtPauses(samples, WINDOW_SECONDS)) {
    texts.push((await recogniser.recognise(piece, { language: 'sv', beamSize: 1, words: false })).text);
  }
  checkText('the recogniser', reference, texts.join(' '));
}
