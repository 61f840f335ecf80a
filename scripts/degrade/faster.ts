import { SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';

const FRAME_SAMPLES = (SPEECH_RATE_HZ * 30) / 1000;
const HOP_SAMPLES = FRAME_SAMPLES / 2;
/** How far a frame may be taken from where it belongs, so that it goes on as the one before would have. */
const SLACK_SAMPLES = SPEECH_RATE_HZ / 100;

/**
 * The same voice at another speed, its pitch unchanged: 1.25 takes a fifth less time. Frames are laid half over one
 * another, each taken where it fits best (WSOLA; Verhelst and Roelands, 1993).
 */
export function atSpeed(samples: Float32Array, speed: number): Float32Array<ArrayBuffer> {
  const output = new Float32Array(Math.ceil(samples.length / speed));
  const window = Float32Array.from(
    { length: FRAME_SAMPLES },
    (_, at) => Math.sin((Math.PI * (at + 0.5)) / FRAME_SAMPLES) ** 2,
  );
  let natural = 0;
  for (let to = -HOP_SAMPLES; to < output.length; to += HOP_SAMPLES) {
    const wanted = Math.round(to * speed);
    const from = to < 0 ? wanted : bestFit(samples, wanted, natural);
    for (let at = Math.max(0, -to); at < FRAME_SAMPLES && to + at < output.length; at++) {
      output[to + at]! += window[at]! * (samples[from + at] ?? 0);
    }
    natural = from + HOP_SAMPLES;
  }
  return output;
}

/** The place near `wanted` whose sound is most like the one at `natural`. */
function bestFit(samples: Float32Array, wanted: number, natural: number): number {
  const first = Math.max(0, wanted - SLACK_SAMPLES);
  const last = Math.min(wanted + SLACK_SAMPLES, samples.length - FRAME_SAMPLES);
  let best = { place: wanted, likeness: Number.NEGATIVE_INFINITY };
  for (let place = first; place <= last; place++) {
    let likeness = 0;
    for (let at = 0; at < FRAME_SAMPLES; at++) likeness += samples[place + at]! * (samples[natural + at] ?? 0);
    if (likeness > best.likeness) best = { place, likeness };
  }
  return best.place;
}
