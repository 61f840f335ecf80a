import { z } from 'zod';

/**
 * What was measured once on speech, for each encoder layer: the feed-forward channels that rise far above the rest,
 * and where the rest may be clipped.
 */
export const Calibration = z.object({
  layers: z.array(z.object({ outliers: z.array(z.number().int().nonnegative()), clip: z.number().positive() })),
});
export type Calibration = z.infer<typeof Calibration>;

export const CALIBRATION_FILE = 'calibration.json';
