import { SPEECH_RATE_HZ } from '../src/audio/pcm.ts';
import { randomNumbers } from '../src/evaluation/random-numbers.ts';

type Samples = Float32Array<ArrayBuffer>;
/** A sample for each sample of white noise and each moment. */
type Filter = (sample: number) => number;

const LOUDNESS_WINDOW_SAMPLES = SPEECH_RATE_HZ / 10;

/**
 * Sounds of a consulting room in which nobody speaks, made by rule at 16 kHz; the same for the same seed.
 * Each knows where it is in time and has white noise from -1 to 1 to draw from.
 */
const SOUNDS: Readonly<Record<string, () => (atSeconds: number, white: () => number) => number>> = {
  'digital silence': () => () => 0,
  'white noise': () => (_at, white) => white(),
  'pink noise': () => {
    const pink = pinkFilter();
    return (_at, white) => pink(white());
  },
  // In through the nose for 1.2 s, out for 1.6 s, close to the microphone.
  breathing: () => {
    const [inhaled, exhaled] = [bandPass(1800, 0.8), bandPass(700, 0.7)];
    return (at, white) => {
      const [into, out] = [inhaled(white()), exhaled(white())];
      return into * swell(at % 4, 1.2) + 1.5 * out * swell((at % 4) - 1.5, 1.6);
    };
  },
  // Six keys a second at most: the click of a key, the thump of the table, and the key coming up.
  'keyboard clatter': () => clatter(),
  'mains hum': () => (at) => sine(50, at) + 0.5 * sine(100, at) + 0.4 * sine(150, at) + 0.2 * sine(250, at),
  'a fan': () => {
    const pink = pinkFilter();
    return (at, white) => pink(white()) * (1 + 0.3 * sine(24, at)) + 0.1 * sine(120, at);
  },
  // Wood that sticks and slips: pulses from about 40 to 110 a second, which make two resonances sound; each time others.
  'a chair that creaks': () => {
    let [low, high] = [bandPass(650, 12), bandPass(1500, 15)];
    let [phase, speed, lastPart] = [0, 1, 1];
    return (at, white) => {
      const part = (at % 5) / 0.6;
      const before = phase;
      if (part < lastPart) {
        low = bandPass(650 * (1 + 0.3 * white()), 12);
        high = bandPass(1500 * (1 + 0.3 * white()), 15);
        speed = 1 + 0.4 * white();
      }
      lastPart = part;
      if (part < 1) phase += (speed * (40 + 70 * part)) / SPEECH_RATE_HZ;
      const pulse = Math.floor(phase) > Math.floor(before) ? 1 : 0;
      return low(pulse) + 0.6 * high(pulse);
    };
  },
  // Crackles, some hundred a second, while a sheet is turned.
  'paper that rustles': () => {
    const bright = bandPass(3500, 0.7);
    return (at, white) => {
      const crackle = Math.abs(white()) > 0.97 ? 4 * white() : 0.2 * white();
      return bright(crackle) * swell(at % 3, 1.3);
    };
  },
  // A burst of air, then the voice's cords falling back, through a throat that is closing.
  'a cough': () => {
    const [air, throat, mouth] = [bandPass(2200, 0.8), bandPass(600, 3), bandPass(1300, 4)];
    let phase = 0;
    return (at, white) => {
      const since = at % 4.3;
      const before = phase;
      if (since < 0.5) phase += (190 - 180 * since) / SPEECH_RATE_HZ;
      const pulse = Math.floor(phase) > Math.floor(before) ? Math.exp(-since / 0.15) : 0;
      const burst = air(white() * Math.exp(-since / 0.06));
      return burst + 6 * throat(pulse) + 3 * mouth(pulse + 0.05 * white() * Math.exp(-since / 0.1));
    };
  },
  'a door that shuts': () => {
    const [thump, latch] = [bandPass(80, 3), bandPass(1900, 6)];
    return (at, white) => {
      const since = at % 6.1;
      const click = since < 0.03 || (since > 0.09 && since < 0.11) ? white() : 0;
      return 5 * thump(white() * Math.exp(-since / 0.05)) + latch(click);
    };
  },
  footsteps: () => {
    const [heel, floor] = [bandPass(900, 2), bandPass(90, 3)];
    return (at, white) => (heel(white()) + 3 * floor(white())) * Math.exp(-(at % 0.55) / 0.03);
  },
  'a pulse oximeter': () => (at) => (at % 0.85 < 0.12 ? sine(880, at) + 0.3 * sine(1760, at) : 0),
  'a telephone': () => (at) => (at % 3 < 1 ? (sine(425, at) + sine(1275, at)) * (1 + 0.8 * sine(20, at)) : 0),
};

export const NOISE_NAMES: readonly string[] = Object.keys(SOUNDS);

/** @param levelDbfs root mean square of its loudest tenth of a second, in dB below full scale */
export function noise(name: string, seconds: number, levelDbfs: number, seed = 1): Samples {
  const random = randomNumbers(seed);
  const white = () => 2 * random() - 1;
  const sampleAt = SOUNDS[name]!();
  const samples = Float32Array.from({ length: Math.round(seconds * SPEECH_RATE_HZ) }, (_, index) =>
    sampleAt(index / SPEECH_RATE_HZ, white),
  );
  return atLevel(samples, levelDbfs);
}

/** As loud as wanted, in its loudest tenth of a second; what would be beyond full scale is cut off, as a converter does. */
export function atLevel(samples: Float32Array, levelDbfs: number): Samples {
  let loudest = 0;
  for (let from = 0; from + LOUDNESS_WINDOW_SAMPLES <= samples.length; from += LOUDNESS_WINDOW_SAMPLES) {
    const window = samples.subarray(from, from + LOUDNESS_WINDOW_SAMPLES);
    loudest = Math.max(loudest, window.reduce((sum, sample) => sum + sample * sample, 0) / LOUDNESS_WINDOW_SAMPLES);
  }
  const gain = 10 ** (levelDbfs / 20) / Math.sqrt(loudest || 1);
  return Float32Array.from(samples, (sample) => Math.max(-1, Math.min(1, sample * gain)));
}

function clatter(): (atSeconds: number, white: () => number) => number {
  const [click, thump] = [bandPass(4000, 0.8), bandPass(220, 2)];
  let nextKeySeconds = 0.1;
  let [clickLevel, thumpLevel, keyUpSeconds] = [0, 0, 0];
  return (at, white) => {
    if (at >= nextKeySeconds) {
      [clickLevel, thumpLevel] = [1, 1];
      keyUpSeconds = nextKeySeconds + 0.08;
      nextKeySeconds += 0.16 + 0.25 * Math.abs(white());
    } else if (keyUpSeconds > 0 && at >= keyUpSeconds) {
      clickLevel = 0.5;
      keyUpSeconds = 0;
    }
    clickLevel *= Math.exp(-1 / (0.004 * SPEECH_RATE_HZ));
    thumpLevel *= Math.exp(-1 / (0.03 * SPEECH_RATE_HZ));
    return click(clickLevel * white()) + thump(thumpLevel * white());
  };
}

function sine(hertz: number, atSeconds: number): number {
  return Math.sin(2 * Math.PI * hertz * atSeconds);
}

/** From 0 over 1 to 0 within so many seconds; 0 outside of them. */
function swell(atSeconds: number, lengthSeconds: number): number {
  return atSeconds < 0 || atSeconds > lengthSeconds ? 0 : Math.sin((Math.PI * atSeconds) / lengthSeconds) ** 2;
}

/** Source: R. Bristow-Johnson, Cookbook formulae for audio equalizer biquad filter coefficients, band-pass. */
function bandPass(centreHz: number, quality: number): Filter {
  const angle = (2 * Math.PI * centreHz) / SPEECH_RATE_HZ;
  const alpha = Math.sin(angle) / (2 * quality);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  return (x) => {
    const y = (alpha * (x - x2) + 2 * Math.cos(angle) * y1 - (1 - alpha) * y2) / (1 + alpha);
    [x2, x1, y2, y1] = [x1, x, y1, y];
    return y;
  };
}

/** Source: P. Kellet, refined method, 3 dB an octave within 0.5 dB. */
function pinkFilter(): Filter {
  const poles = [0.99886, 0.99332, 0.969, 0.8665, 0.55, -0.7616] as const;
  const gains = [0.0555179, 0.0750759, 0.153852, 0.3104856, 0.5329522, -0.016898] as const;
  const state = [0, 0, 0, 0, 0, 0];
  let delayed = 0;
  return (white) => {
    let sum = 0.5362 * white + delayed;
    for (const [index, pole] of poles.entries()) {
      state[index] = pole * state[index]! + gains[index]! * white;
      sum += state[index]!;
    }
    delayed = 0.115926 * white;
    return sum;
  };
}
