import { wavHeader } from '../audio/wav-header.ts';

/** A mono 16-bit wav file around samples that are already little-endian. */
export function wavFile(parts: readonly Uint8Array<ArrayBuffer>[], rateHz: number): Blob {
  const dataBytes = parts.reduce((sum, part) => sum + part.length, 0);
  return new Blob([wavHeader(dataBytes, rateHz), ...parts], { type: 'audio/wav' });
}
