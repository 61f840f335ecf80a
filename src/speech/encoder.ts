import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import { HOP_SAMPLES, LogMelFrontEnd } from './log-mel.ts';
import type { WhisperDimensions } from './models/whisper-config.ts';
import { type FloatTensor, floats, free, integers, type OnnxSession, type TensorValue } from './onnx.ts';

/** The second convolution makes one position of two frames: 50 a second. */
const FRAMES_PER_POSITION = 2;
export const POSITIONS_PER_SECOND = SPEECH_RATE_HZ / HOP_SAMPLES / FRAMES_PER_POSITION;
/** Silence looks the same everywhere but at the very end, where the convolutions meet the border. */
const POSITIONS_FROM_BORDER = 3;

/**
 * What follows the sound up to 30 s. Whisper was trained on 30 s windows and loops when they are cut short.
 * - `full`: silence, position by position, as in training.
 * - `merged`: `silenceSeconds` of it, then one position for every `stride` of the rest, weighing as much as those that it
 *   stands for.
 */
export type SilenceTail =
  | { readonly kind: 'full' }
  | { readonly kind: 'merged'; readonly silenceSeconds: number; readonly stride: number };

export const FULL_TAIL: SilenceTail = { kind: 'full' };
const TAIL_AFTER_AN_UTTERANCE: SilenceTail = { kind: 'merged', silenceSeconds: 2, stride: 32 };
const TAIL_AFTER_LONG_SPEECH: SilenceTail = { kind: 'merged', silenceSeconds: 2, stride: 64 };
/** Sound from here on is long. */
const LONG_SPEECH_SECONDS = 8;

/**
 * The shortest tail that costs no words. Measured on narration, greedy. Cut to 4-7 s: 37.0 % WER with the first, 38.2 %
 * with 1 s and every 64th, 36.9 % in 30 s. Cut to 8-17 s: 33.1 % with the second, 33.6 % with 1.5 s, 33.9 % with 1 s,
 * 33.3 % in 30 s.
 */
export function defaultTail(durationSeconds: number): SilenceTail {
  return durationSeconds < LONG_SPEECH_SECONDS ? TAIL_AFTER_AN_UTTERANCE : TAIL_AFTER_LONG_SPEECH;
}

/** Sound as the decoder reads it. */
export interface EncodedAudio {
  /** `cross_key_L`, `cross_value_L` [1, heads, positions, headWidth] of each decoder layer, and `multiplicity`. */
  readonly tensors: Readonly<Record<string, TensorValue>>;
  /** How many of the positions are sound, not silence laid after it. */
  readonly soundPositions: number;
  readonly durationSeconds: number;
}

/** Gives the memory of sound that has been read back at once: it is many megabytes, and the collector is in no hurry. */
export function release(audio: EncodedAudio): void {
  for (const tensor of Object.values(audio.tensors)) free(tensor);
}

/** Sound at 16 kHz to the decoder's cross-attention keys and values. */
export class SpeechEncoder {
  readonly #session: OnnxSession;
  readonly #dimensions: WhisperDimensions;
  readonly #frontEnd: LogMelFrontEnd;
  readonly #outputs: readonly string[];

  constructor(session: OnnxSession, dimensions: WhisperDimensions, extraOutputs: readonly string[] = []) {
    this.#session = session;
    this.#dimensions = dimensions;
    this.#frontEnd = new LogMelFrontEnd(dimensions.melBins);
    const layers = Array.from({ length: dimensions.decoderLayers }, (_, layer) => layer);
    const crossNames = layers.flatMap((layer) => [`cross_key_${layer}`, `cross_value_${layer}`]);
    this.#outputs = [...crossNames, ...extraOutputs];
  }

  /** Longest sound that one call takes, in seconds. */
  get maximumSeconds(): number {
    return this.#dimensions.audioPositions / POSITIONS_PER_SECOND;
  }

  /**
   * @param samples at 16 kHz; what goes past `maximumSeconds` is not heard
   * @param chosenTail what follows the sound; the `defaultTail` when not given
   */
  async encode(samples: Float32Array, chosenTail?: SilenceTail): Promise<EncodedAudio> {
    const { audioPositions } = this.#dimensions;
    const durationSeconds = Math.min(samples.length / SPEECH_RATE_HZ, this.maximumSeconds);
    const tail = chosenTail ?? defaultTail(durationSeconds);
    const soundPositions = Math.ceil(durationSeconds * POSITIONS_PER_SECOND);
    const silenceSeconds = tail.kind === 'full' ? this.maximumSeconds : tail.silenceSeconds;
    const kept = Math.min(audioPositions, soundPositions + Math.ceil(silenceSeconds * POSITIONS_PER_SECOND));
    const layout = layPositions(kept, audioPositions, tail.kind === 'full' ? 1 : tail.stride);
    const mel = this.#frontEnd.compute(samples, kept * FRAMES_PER_POSITION, 1);
    const multiplicity = floats(layout.multiplicity, [1, 1, 1, layout.multiplicity.length]);
    const outputs = await this.#session.run(
      {
        mel: floats(mel.values, [1, mel.frames, mel.melBins]),
        source: integers(layout.source),
        position: integers(layout.position),
        multiplicity,
      },
      this.#outputs,
    );
    return { tensors: { ...outputs, multiplicity }, soundPositions, durationSeconds };
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}

interface PositionLayout {
  readonly source: readonly number[];
  readonly position: readonly number[];
  readonly multiplicity: Float32Array;
}

/** The first `kept` positions as they are, then one for every `stride` of the silence up to `total`. */
export function layPositions(kept: number, total: number, stride: number): PositionLayout {
  const source = Array.from({ length: kept }, (_, index) => index);
  const position = [...source];
  const counts = source.map(() => 1);
  for (let at = kept; at < total; at += stride) {
    const count = Math.min(stride, total - at);
    source.push(Math.max(0, kept - POSITIONS_FROM_BORDER));
    position.push(at + (count >> 1));
    counts.push(count);
  }
  return { source, position, multiplicity: Float32Array.from(counts, Math.log) };
}

/** The encoder's states of a tensor named by `extraOutputs`, as floats. */
export function floatOutput(encoded: EncodedAudio, name: string): FloatTensor {
  const tensor = encoded.tensors[name];
  if (!(tensor?.data instanceof Float32Array)) throw new TypeError(`expected the float output ${name}; got none`);
  return floats(tensor.data, tensor.dims);
}
