export interface DecodeLimits {
  /** Size of the file as it came. */
  readonly maxBytes: number;
  /** Length of the sound in it: decoding stops as soon as more has come out, so that a small file cannot unpack to a huge one. */
  readonly maxSeconds: number;
  /** Time for the whole decoding; without it, a fixed start and a tenth of maxSeconds. */
  readonly timeoutMs?: number;
}
