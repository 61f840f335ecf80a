import { z } from 'zod';

/**
 * How bench:peers talks to a system under test: one process a system, one line of JSON a message. The runner says Ready
 * once its model is loaded, then answers one Request at a time with an Answer of the same id.
 */
export const Ready = z.object({
  /** What runs, with its version and settings. */
  ready: z.string(),
});
export type Ready = z.infer<typeof Ready>;

export const Request = z.object({
  id: z.number().int(),
  /** 32-bit floats, little-endian, mono, 16 kHz. */
  samplesPath: z.string(),
});
export type Request = z.infer<typeof Request>;

export const Answer = z.union([
  z.object({
    id: z.number().int(),
    text: z.string(),
    /** Of recognition alone, without reading the file. */
    seconds: z.number().nonnegative(),
  }),
  z.object({ id: z.number().int(), error: z.string() }),
]);
export type Answer = z.infer<typeof Answer>;
