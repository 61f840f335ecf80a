import { type Pcm, SPEECH_RATE_HZ, s16leToFloat } from '../audio/pcm.ts';
import { wavHeader } from '../audio/wav-header.ts';
import type { SoundStore } from './sound-store.ts';

const BYTES_PER_SAMPLE = 2;
const HEADER_BYTES = wavHeader(0, SPEECH_RATE_HZ).length;

/** A stretch of a dictation's sound, in seconds from its first sample; undefined when it is not kept. */
export async function soundOfDictation(
  sounds: Pick<SoundStore, 'openPlayable'>,
  id: string,
  { startSeconds, endSeconds }: { readonly startSeconds: number; readonly endSeconds: number },
): Promise<Pcm | undefined> {
  const file = await sounds.openPlayable(id);
  if (file === undefined) return undefined;
  try {
    const from = Math.max(0, Math.round(startSeconds * SPEECH_RATE_HZ));
    const samples = Math.max(0, Math.round(endSeconds * SPEECH_RATE_HZ) - from);
    const buffer = new Uint8Array(samples * BYTES_PER_SAMPLE);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, HEADER_BYTES + from * BYTES_PER_SAMPLE);
    if (bytesRead === 0) return undefined;
    return { samples: s16leToFloat(buffer.subarray(0, bytesRead)), rateHz: SPEECH_RATE_HZ };
  } finally {
    await file.close();
  }
}
