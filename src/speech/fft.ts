/** A stage of the transform: radix, how many butterflies of how many interleaved sequences, and their twiddles. */
interface Stage {
  readonly radix: number;
  readonly groups: number;
  readonly stride: number;
  /** For each group p and each leg q from 1: the cosine and sine of -2 pi p q / n. */
  readonly twiddles: Float64Array;
}

const RADICES = [5, 4, 3, 2];
const COS_72 = Math.cos((2 * Math.PI) / 5);
const COS_144 = Math.cos((4 * Math.PI) / 5);
const SIN_72 = Math.sin((2 * Math.PI) / 5);
const SIN_144 = Math.sin((4 * Math.PI) / 5);
const SIN_60 = Math.sin(Math.PI / 3);

/**
 * Power spectrum of a real signal of fixed even length n: the transform of n/2 complex numbers in self-sorting
 * (Stockham) form, then the two halves taken apart. Holds its own scratch space: one instance a thread.
 * Source: Van Loan 1992, "Computational Frameworks for the Fast Fourier Transform", sections 1.7 and 2.
 */
export class RealPowerSpectrum {
  readonly length: number;
  readonly #half: number;
  readonly #stages: readonly Stage[];
  readonly #cosines: Float64Array;
  readonly #sines: Float64Array;
  #front: Float64Array;
  #back: Float64Array;

  /** @param length even, and half of it a product of 2, 3, 4 and 5. */
  constructor(length: number) {
    this.length = length;
    this.#half = length / 2;
    this.#stages = planStages(this.#half);
    this.#front = new Float64Array(length);
    this.#back = new Float64Array(length);
    const quarter = (this.#half >> 1) + 1;
    this.#cosines = Float64Array.from({ length: quarter }, (_, k) => Math.cos((2 * Math.PI * k) / length));
    this.#sines = Float64Array.from({ length: quarter }, (_, k) => Math.sin((2 * Math.PI * k) / length));
  }

  /** Squared magnitudes of bins 0..n/2 of `signal[offset..offset + n] * window`, into `power` [n/2 + 1]. */
  compute(signal: Float32Array, offset: number, window: Float64Array, power: Float64Array): void {
    const input = this.#front;
    for (let index = 0; index < this.length; index++) input[index] = signal[offset + index] * window[index];
    for (const stage of this.#stages) {
      butterflies(stage, this.#front, this.#back);
      [this.#front, this.#back] = [this.#back, this.#front];
    }
    this.#takeApart(this.#front, power);
  }

  /** From the transform of even samples + i * odd samples to the power of the real signal's bins. */
  #takeApart(z: Float64Array, power: Float64Array): void {
    const half = this.#half;
    power[0] = (z[0] + z[1]) ** 2;
    power[half] = (z[0] - z[1]) ** 2;
    for (let k = 1; k <= half >> 1; k++) {
      const mirror = half - k;
      const evenRe = (z[2 * k] + z[2 * mirror]) / 2;
      const evenIm = (z[2 * k + 1] - z[2 * mirror + 1]) / 2;
      const oddRe = (z[2 * k + 1] + z[2 * mirror + 1]) / 2;
      const oddIm = (z[2 * mirror] - z[2 * k]) / 2;
      const turnedRe = oddRe * this.#cosines[k] + oddIm * this.#sines[k];
      const turnedIm = oddIm * this.#cosines[k] - oddRe * this.#sines[k];
      power[k] = (evenRe + turnedRe) ** 2 + (evenIm + turnedIm) ** 2;
      power[mirror] = (evenRe - turnedRe) ** 2 + (evenIm - turnedIm) ** 2;
    }
  }
}

function planStages(size: number): Stage[] {
  const stages: Stage[] = [];
  let rest = size;
  let stride = 1;
  while (rest > 1) {
    const radix = RADICES.find((candidate) => rest % candidate === 0);
    if (radix === undefined) throw new RangeError(`expected a product of 2, 3 and 5; got ${size}`);
    const groups = rest / radix;
    const twiddles = new Float64Array(groups * (radix - 1) * 2);
    for (let group = 0; group < groups; group++) {
      for (let leg = 1; leg < radix; leg++) {
        const angle = (-2 * Math.PI * group * leg) / rest;
        const at = (group * (radix - 1) + leg - 1) * 2;
        twiddles[at] = Math.cos(angle);
        twiddles[at + 1] = Math.sin(angle);
      }
    }
    stages.push({ radix, groups, stride, twiddles });
    stride *= radix;
    rest = groups;
  }
  return stages;
}

function butterflies(stage: Stage, x: Float64Array, y: Float64Array): void {
  switch (stage.radix) {
    case 5:
      butterflies5(stage, x, y);
      break;
    case 4:
      butterflies4(stage, x, y);
      break;
    case 3:
      butterflies3(stage, x, y);
      break;
    default:
      butterflies2(stage, x, y);
      break;
  }
}

function butterflies2({ groups, stride, twiddles }: Stage, x: Float64Array, y: Float64Array): void {
  const leg = 2 * stride * groups;
  for (let group = 0; group < groups; group++) {
    const wr = twiddles[2 * group];
    const wi = twiddles[2 * group + 1];
    for (let q = 0; q < stride; q++) {
      const i = 2 * (q + stride * group);
      const o = 2 * (q + stride * 2 * group);
      const re = x[i] - x[i + leg];
      const im = x[i + 1] - x[i + leg + 1];
      y[o] = x[i] + x[i + leg];
      y[o + 1] = x[i + 1] + x[i + leg + 1];
      y[o + 2 * stride] = re * wr - im * wi;
      y[o + 2 * stride + 1] = re * wi + im * wr;
    }
  }
}

function butterflies3({ groups, stride, twiddles }: Stage, x: Float64Array, y: Float64Array): void {
  const leg = 2 * stride * groups;
  for (let group = 0; group < groups; group++) {
    const w = 4 * group;
    for (let q = 0; q < stride; q++) {
      const i = 2 * (q + stride * group);
      const o = 2 * (q + stride * 3 * group);
      const sumRe = x[i + leg] + x[i + 2 * leg];
      const sumIm = x[i + leg + 1] + x[i + 2 * leg + 1];
      const differenceRe = SIN_60 * (x[i + leg] - x[i + 2 * leg]);
      const differenceIm = SIN_60 * (x[i + leg + 1] - x[i + 2 * leg + 1]);
      const midRe = x[i] - sumRe / 2;
      const midIm = x[i + 1] - sumIm / 2;
      y[o] = x[i] + sumRe;
      y[o + 1] = x[i + 1] + sumIm;
      turn(y, o + 2 * stride, midRe + differenceIm, midIm - differenceRe, twiddles, w);
      turn(y, o + 4 * stride, midRe - differenceIm, midIm + differenceRe, twiddles, w + 2);
    }
  }
}

function butterflies4({ groups, stride, twiddles }: Stage, x: Float64Array, y: Float64Array): void {
  const leg = 2 * stride * groups;
  for (let group = 0; group < groups; group++) {
    const w = 6 * group;
    for (let q = 0; q < stride; q++) {
      const i = 2 * (q + stride * group);
      const o = 2 * (q + stride * 4 * group);
      const sum02Re = x[i] + x[i + 2 * leg];
      const sum02Im = x[i + 1] + x[i + 2 * leg + 1];
      const difference02Re = x[i] - x[i + 2 * leg];
      const difference02Im = x[i + 1] - x[i + 2 * leg + 1];
      const sum13Re = x[i + leg] + x[i + 3 * leg];
      const sum13Im = x[i + leg + 1] + x[i + 3 * leg + 1];
      const difference13Re = x[i + leg] - x[i + 3 * leg];
      const difference13Im = x[i + leg + 1] - x[i + 3 * leg + 1];
      y[o] = sum02Re + sum13Re;
      y[o + 1] = sum02Im + sum13Im;
      turn(y, o + 2 * stride, difference02Re + difference13Im, difference02Im - difference13Re, twiddles, w);
      turn(y, o + 4 * stride, sum02Re - sum13Re, sum02Im - sum13Im, twiddles, w + 2);
      turn(y, o + 6 * stride, difference02Re - difference13Im, difference02Im + difference13Re, twiddles, w + 4);
    }
  }
}

function butterflies5({ groups, stride, twiddles }: Stage, x: Float64Array, y: Float64Array): void {
  const leg = 2 * stride * groups;
  for (let group = 0; group < groups; group++) {
    const w = 8 * group;
    for (let q = 0; q < stride; q++) {
      const i = 2 * (q + stride * group);
      const o = 2 * (q + stride * 5 * group);
      const sum14Re = x[i + leg] + x[i + 4 * leg];
      const sum14Im = x[i + leg + 1] + x[i + 4 * leg + 1];
      const sum23Re = x[i + 2 * leg] + x[i + 3 * leg];
      const sum23Im = x[i + 2 * leg + 1] + x[i + 3 * leg + 1];
      const difference14Re = x[i + leg] - x[i + 4 * leg];
      const difference14Im = x[i + leg + 1] - x[i + 4 * leg + 1];
      const difference23Re = x[i + 2 * leg] - x[i + 3 * leg];
      const difference23Im = x[i + 2 * leg + 1] - x[i + 3 * leg + 1];
      const mid1Re = x[i] + COS_72 * sum14Re + COS_144 * sum23Re;
      const mid1Im = x[i + 1] + COS_72 * sum14Im + COS_144 * sum23Im;
      const mid2Re = x[i] + COS_144 * sum14Re + COS_72 * sum23Re;
      const mid2Im = x[i + 1] + COS_144 * sum14Im + COS_72 * sum23Im;
      const side1Re = SIN_72 * difference14Re + SIN_144 * difference23Re;
      const side1Im = SIN_72 * difference14Im + SIN_144 * difference23Im;
      const side2Re = SIN_144 * difference14Re - SIN_72 * difference23Re;
      const side2Im = SIN_144 * difference14Im - SIN_72 * difference23Im;
      y[o] = x[i] + sum14Re + sum23Re;
      y[o + 1] = x[i + 1] + sum14Im + sum23Im;
      turn(y, o + 2 * stride, mid1Re + side1Im, mid1Im - side1Re, twiddles, w);
      turn(y, o + 4 * stride, mid2Re + side2Im, mid2Im - side2Re, twiddles, w + 2);
      turn(y, o + 6 * stride, mid2Re - side2Im, mid2Im + side2Re, twiddles, w + 4);
      turn(y, o + 8 * stride, mid1Re - side1Im, mid1Im + side1Re, twiddles, w + 6);
    }
  }
}

/** Writes (re + i im) times the twiddle at `w` to `y[at]`. */
function turn(y: Float64Array, at: number, re: number, im: number, twiddles: Float64Array, w: number): void {
  y[at] = re * twiddles[w] - im * twiddles[w + 1];
  y[at + 1] = re * twiddles[w + 1] + im * twiddles[w];
}
