import wavefile from 'wavefile';
import { floatToS16le, SPEECH_RATE_HZ } from '../src/audio/pcm.ts';

/** A 16-bit wav file of samples at 16 kHz: what a client would send. */
export function wavBytes(samples: Float32Array): Uint8Array<ArrayBuffer> {
  const file = new wavefile.WaveFile();
  file.fromScratch(1, SPEECH_RATE_HZ, '16', new Int16Array(floatToS16le(samples).buffer));
  return new Uint8Array(file.toBuffer());
}
