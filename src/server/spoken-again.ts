import { floatToS16le, SPEECH_RATE_HZ } from '../audio/pcm.ts';
import { resample } from '../audio/resampler.ts';
import { wavHeader } from '../audio/wav-header.ts';
import { AppError } from '../contracts/errors.ts';
import type { SoundPlace } from '../notes/utterances.ts';
import type { SpokenSound } from './spoken-sound.ts';

/** Heard before and after the words, whose times are not exact. */
const MARGIN_SECONDS = 0.15;
/** Of a card or some words; a whole note is not listened to again. */
const LONGEST_SECONDS = 120;

/**
 * The sound of some words, one place after the other, as a wav file at 16 kHz. Throws REQUEST_TOO_LARGE for more than
 * two minutes, SOUND_GONE where nothing of it is kept.
 */
export async function spokenAgain(sound: SpokenSound | undefined, places: readonly SoundPlace[]): Promise<Buffer> {
  const seconds = places.reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0);
  if (seconds > LONGEST_SECONDS) {
    throw new AppError('REQUEST_TOO_LARGE', 'so much is not listened to at once', {
      expected: `at most ${LONGEST_SECONDS} s`,
      got: `${Math.round(seconds)} s`,
    });
  }
  const parts: Uint8Array[] = [];
  for (const { sessionId, startSeconds, endSeconds } of places) {
    const from = Math.max(0, startSeconds - MARGIN_SECONDS);
    const heard = await sound?.read(sessionId, { startSeconds: from, endSeconds: endSeconds + MARGIN_SECONDS });
    if (heard) parts.push(floatToS16le(resample(heard.samples, heard.rateHz, SPEECH_RATE_HZ)));
  }
  if (parts.length === 0) {
    throw new AppError('SOUND_GONE', 'the sound of these words is not kept', {
      expected: 'words that were dictated here not long ago',
      got: places.length === 0 ? 'words without sound' : 'none of it',
    });
  }
  const dataBytes = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([wavHeader(dataBytes, SPEECH_RATE_HZ), ...parts]);
}
