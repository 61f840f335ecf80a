import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { joined } from '../../src/audio/pcm.ts';
import { calibrate } from '../../src/speech/models/calibration.ts';
import { CALIBRATION_FILE, Calibration } from '../../src/speech/models/calibration-file.ts';
import { openWeights } from '../../src/speech/models/open-weights.ts';
import { CLIPS, clipSamples, config, MODEL_FOLDER } from './base-model.ts';

const OUTLIERS = 16;
const bundled = Calibration.parse(JSON.parse(readFileSync(join(MODEL_FOLDER, CALIBRATION_FILE), 'utf8')));

describe('the calibration of the bundled model', () => {
  test('names 16 channels of each layer, in order, each once, and where the rest is clipped', () => {
    const { encoderLayers, feedForwardWidth } = config.dimensions;
    expect(bundled.layers).toHaveLength(encoderLayers);
    for (const { outliers, clip } of bundled.layers) {
      expect(outliers).toHaveLength(OUTLIERS);
      expect(outliers).toEqual([...new Set(outliers)].sort((one, other) => one - other));
      expect(outliers.at(-1)).toBeLessThan(feedForwardWidth);
      expect(clip).toBeGreaterThan(1);
    }
  });

  test('is found again on other speech: most channels are the same, and the clip is near', async () => {
    const weights = openWeights(MODEL_FOLDER);
    const speech = joined(...(await Promise.all(CLIPS.map(({ file }) => clipSamples(file)))));
    const measured = await calibrate(weights, config, speech);
    weights.close();
    expect(measured.layers.map(({ outliers }) => outliers.length)).toEqual(bundled.layers.map(() => OUTLIERS));
    const shared = measured.layers.map(({ outliers }, layer) => {
      return outliers.filter((channel) => bundled.layers[layer]!.outliers.includes(channel)).length;
    });
    const agreement = shared.reduce((sum, count) => sum + count, 0) / (OUTLIERS * shared.length);
    expect(agreement).toBeGreaterThan(0.6);
    for (const [layer, { clip }] of measured.layers.entries()) {
      expect(clip / bundled.layers[layer]!.clip).toBeGreaterThan(0.5);
      expect(clip / bundled.layers[layer]!.clip).toBeLessThan(2);
    }
  });
});
