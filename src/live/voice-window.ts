import { SPEECH_RATE_HZ } from '../audio/pcm.ts';

/** What the voice detector hears at once: 32 ms, counted in windows from the session's first sample. */
export const WINDOW_SAMPLES = 512;
export const WINDOW_SECONDS = WINDOW_SAMPLES / SPEECH_RATE_HZ;

export function toWindows(seconds: number): number {
  return Math.round(seconds / WINDOW_SECONDS);
}
