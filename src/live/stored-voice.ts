import { z } from 'zod';
import type { VoiceSnapshot } from './voice-memories.ts';

/** Whose memory it is, by the name of its graph: to another detector it means nothing. */
export const DETECTOR = 'silero-vad-v6-run';

/** Numbers of 32 bits as the machine has them: a journal stays on its machine. */
const Floats = z.base64();

/** What the voice detector remembered, as the journal keeps it: 1.8 kB. */
export const StoredVoice = z.object({
  detector: z.literal(DETECTOR),
  window: z.number().int().nonnegative(),
  memory: z.object({ state: Floats, context: Floats }).nullable(),
});
export type StoredVoice = z.infer<typeof StoredVoice>;

export function storedVoice({ window, memory }: VoiceSnapshot): StoredVoice {
  const stored = memory && { state: storedFloats(memory.state), context: storedFloats(memory.context) };
  return { detector: DETECTOR, window, memory: stored };
}

export function voiceFrom({ window, memory }: StoredVoice): VoiceSnapshot {
  return { window, memory: memory && { state: floatsFrom(memory.state), context: floatsFrom(memory.context) } };
}

function storedFloats({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function floatsFrom(stored: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(stored, 'base64')).buffer);
}
