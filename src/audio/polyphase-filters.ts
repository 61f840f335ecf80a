/** Share of the narrower Nyquist band that passes unchanged; from there to Nyquist the filter falls to its stop band. */
const PASS_SHARE = 0.9;
/** Attenuation that the filters are designed for; the promise is 80 dB, the rest is margin. */
const STOPBAND_DB = 88;
/** The kernel takes so many weights at a time. */
const TAPS_MULTIPLE = 8;

export interface PolyphaseFilters {
  /** Weights of one filter, an even number: it reaches taps / 2 - 1 inputs back and taps / 2 ahead. */
  readonly taps: number;
  /** phases x taps; row p is for an output that stands p / phases of the way from one input to the next. */
  readonly weights: Float32Array;
}

/**
 * A Kaiser-windowed sinc that stops at the narrower of the two Nyquist frequencies, cut into one filter a phase.
 * Length and window after Kaiser's formulas (Oppenheim and Schafer, Discrete-Time Signal Processing, 7.6.1).
 */
export function designPolyphaseFilters(inputRateHz: number, outputRateHz: number, phases: number): PolyphaseFilters {
  if (inputRateHz === outputRateHz) return { taps: TAPS_MULTIPLE, weights: passingThrough() };
  const stopHz = Math.min(inputRateHz, outputRateHz) / 2;
  const passHz = PASS_SHARE * stopHz;
  const transition = (2 * Math.PI * (stopHz - passHz)) / inputRateHz;
  const taps = TAPS_MULTIPLE * Math.ceil((STOPBAND_DB - 8) / (2.285 * transition) / TAPS_MULTIPLE);
  const beta = 0.1102 * (STOPBAND_DB - 8.7);
  const cutoff = (passHz + stopHz) / inputRateHz;
  const weights = new Float32Array(phases * taps);
  const row = new Float64Array(taps);
  for (let phase = 0; phase < phases; phase++) {
    let sum = 0;
    for (let tap = 0; tap < taps; tap++) {
      const distance = tap - (taps / 2 - 1) - phase / phases;
      const edge = distance / (taps / 2);
      row[tap] = besselI0(beta * Math.sqrt(1 - edge * edge)) * sinc(cutoff * distance);
      sum += row[tap]!;
    }
    // every phase passes a constant unchanged, else the constant would come out as a tone
    weights.set(
      row.map((weight) => weight / sum),
      phase * taps,
    );
  }
  return { taps, weights };
}

/** A single 1 under the filter's centre. */
function passingThrough(): Float32Array {
  return new Float32Array(TAPS_MULTIPLE).fill(1, TAPS_MULTIPLE / 2 - 1, TAPS_MULTIPLE / 2);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Modified Bessel function of the first kind, order zero, by its power series. */
function besselI0(x: number): number {
  const quarterSquare = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= quarterSquare / (k * k);
    sum += term;
  }
  return sum;
}
