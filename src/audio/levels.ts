/** The loudest sample in dB below full scale: 0 for a sample of 1, -Infinity for none and for digital silence. */
export function peakDbfs(samples: Float32Array): number {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  return amplitudeDbfs(peak);
}

/**
 * The root mean square in dB below full scale, where a constant 1 is 0 dB, so that a sine of full scale is -3 dB;
 * -Infinity for no samples and for digital silence.
 */
export function rmsDbfs(samples: Float32Array): number {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  return amplitudeDbfs(Math.sqrt(energy / Math.max(1, samples.length)));
}

function amplitudeDbfs(amplitude: number): number {
  return 20 * Math.log10(amplitude);
}
