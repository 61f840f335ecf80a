import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SPEECH_RATE_HZ } from '../../audio/pcm.ts';
import { floatOutput, SpeechEncoder } from '../encoder.ts';
import { OnnxSession } from '../onnx.ts';
import type { Calibration } from './calibration-file.ts';
import { writeEncoderGraph } from './graphs/encoder-graph.ts';
import type { WeightStore } from './weights.ts';
import type { WhisperConfig } from './whisper-config.ts';

/** Channels of each layer that are multiplied in floats. */
const OUTLIER_CHANNELS = 16;
/** Room above the largest value of the other channels. */
const CLIP_MARGIN = 1.1;
/** Speech is heard in pieces of this length. */
const PIECE_SECONDS = 10;

/**
 * Measures, on a minute of speech, which feed-forward channels of each encoder layer rise far above the rest.
 * @param speech at 16 kHz
 */
export async function calibrate(
  weights: WeightStore,
  config: WhisperConfig,
  speech: Float32Array,
): Promise<Calibration> {
  const { encoderLayers, feedForwardWidth } = config.dimensions;
  const folder = mkdtempSync(join(tmpdir(), 'taltid-calibration-'));
  try {
    const path = join(folder, 'encoder.onnx');
    writeEncoderGraph(path, weights, config, { precision: 'float32', exposeMaxima: true });
    const names = Array.from({ length: encoderLayers }, (_, layer) => `gelu_max_${layer}`);
    const encoder = new SpeechEncoder(await OnnxSession.load(path), config.dimensions, names);
    const maxima = names.map(() => new Float32Array(feedForwardWidth));
    for (let start = 0; start < speech.length; start += PIECE_SECONDS * SPEECH_RATE_HZ) {
      const encoded = await encoder.encode(speech.subarray(start, start + PIECE_SECONDS * SPEECH_RATE_HZ));
      for (const [layer, name] of names.entries()) raise(maxima[layer], floatOutput(encoded, name).data);
    }
    await encoder.close();
    return { layers: maxima.map(splitLayer) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function raise(maxima: Float32Array, values: Float32Array): void {
  for (let channel = 0; channel < maxima.length; channel++) {
    if (values[channel] > maxima[channel]) maxima[channel] = values[channel];
  }
}

function splitLayer(maxima: Float32Array): Calibration['layers'][number] {
  const byHeight = [...maxima.keys()].sort((a, b) => maxima[b] - maxima[a]);
  const highestOfTheRest = maxima[byHeight[OUTLIER_CHANNELS]] ?? 1;
  return {
    outliers: byHeight.slice(0, OUTLIER_CHANNELS).sort((a, b) => a - b),
    clip: Number((highestOfTheRest * CLIP_MARGIN).toPrecision(6)),
  };
}
