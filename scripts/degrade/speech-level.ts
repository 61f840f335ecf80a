import { rmsDbfs } from '../../src/audio/levels.ts';
import { SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';

const WINDOW_SAMPLES = SPEECH_RATE_HZ / 10;
/** Windows this much below the loudest one are pauses. */
const PAUSE_BELOW_DB = 25;

/** How loud somebody speaks, pauses left out: the root mean square of what is not one, in dB below full scale. */
export function speechLevelDbfs(samples: Float32Array): number {
  const windows = Array.from({ length: Math.ceil(samples.length / WINDOW_SAMPLES) }, (_, index) =>
    rmsDbfs(samples.subarray(index * WINDOW_SAMPLES, (index + 1) * WINDOW_SAMPLES)),
  );
  const loudest = Math.max(...windows);
  const spoken = windows.filter((level) => level >= loudest - PAUSE_BELOW_DB).map((level) => 10 ** (level / 10));
  return 10 * Math.log10(spoken.reduce((sum, power) => sum + power, 0) / Math.max(1, spoken.length));
}

export function scaled(samples: Float32Array, gainDb: number): Float32Array<ArrayBuffer> {
  const gain = 10 ** (gainDb / 20);
  return Float32Array.from(samples, (sample) => sample * gain);
}
