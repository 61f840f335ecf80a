import { join } from 'node:path';
import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import type { VoiceAnswer, VoiceMemory } from '../contracts/live-speech.ts';
import { type FloatTensor, floats, integers, OnnxSession } from './onnx.ts';

const MODEL_PATH = join(import.meta.dirname, '../../models/silero-vad/silero_vad_v6.onnx');
/** What the model hears at once, and what one probability stands for: 32 ms. */
export const VOICE_WINDOW_SAMPLES = 512;
export const VOICE_WINDOW_SECONDS = VOICE_WINDOW_SAMPLES / SPEECH_RATE_HZ;
/** The end of the window before, which the model wants in front of each window. */
const CONTEXT_SAMPLES = 64;
const INPUT_SAMPLES = CONTEXT_SAMPLES + VOICE_WINDOW_SAMPLES;
const STATE_LAYERS = 2;
const STATE_SIZE = 128;

/** Beyond this many stretches at a time a window costs no less: a third of what it costs alone. */
const MAXIMUM_STRETCHES = 16;
/** About 2 s; after it, of 100 windows fewer than one is judged otherwise than in a reading from the start. */
const WARM_UP_WINDOWS = 64;

/**
 * Where somebody speaks: Silero VAD 6, a small recurrent network over windows of 32 ms.
 * Source: https://github.com/snakers4/silero-vad. Blocks the thread that it runs on for a millisecond at a time.
 */
export class VoiceDetector {
  readonly #session: OnnxSession;
  readonly #rate = integers([SPEECH_RATE_HZ], []);

  private constructor(session: OnnxSession) {
    this.#session = session;
  }

  /** @throws AppError MODEL_INVALID when the bundled model is missing or damaged. */
  static async load(): Promise<VoiceDetector> {
    return new VoiceDetector(await OnnxSession.load(MODEL_PATH));
  }

  /**
   * Reads a whole recording, several stretches of it at a time.
   *
   * @param samples at 16 kHz
   * @returns the probability of speech in each window of 512 samples; the last window may be partly silence
   * @throws AbortError when the signal fires
   */
  async probabilities(samples: Float32Array, signal?: AbortSignal): Promise<Float32Array> {
    const windows = Math.ceil(samples.length / VOICE_WINDOW_SAMPLES);
    const probabilities = new Float32Array(windows);
    const { stretches, strideWindows, stretchWindows } = layOut(windows);
    const input = new Float32Array(stretches * INPUT_SAMPLES);
    let state = silentState(stretches);

    for (let step = 0; step < stretchWindows; step++) {
      signal?.throwIfAborted();
      for (let stretch = 0; stretch < stretches; stretch++) {
        const from = (stretch * strideWindows + step) * VOICE_WINDOW_SAMPLES - CONTEXT_SAMPLES;
        copyWithSilenceAround(samples, from, input.subarray(stretch * INPUT_SAMPLES, (stretch + 1) * INPUT_SAMPLES));
      }
      const heard = await this.#step(input, state);
      state = heard.state;
      for (let stretch = 0; stretch < stretches; stretch++) {
        const isSettled = stretch === 0 || step >= WARM_UP_WINDOWS;
        if (isSettled) probabilities[stretch * strideWindows + step] = heard.probabilities[stretch];
      }
    }
    return probabilities;
  }

  /**
   * Reads a sound as it comes, piece by piece.
   *
   * @param samples at 16 kHz, whole windows of 512
   * @param memory what the answer about the piece before told; null at the beginning
   * @throws AbortError when the signal fires
   */
  async continue(samples: Float32Array, memory: VoiceMemory | null, signal?: AbortSignal): Promise<VoiceAnswer> {
    const windows = samples.length / VOICE_WINDOW_SAMPLES;
    if (!Number.isInteger(windows)) {
      throw new TypeError(`expected whole windows of ${VOICE_WINDOW_SAMPLES} samples; got ${samples.length} samples`);
    }
    const probabilities = new Float32Array(windows);
    const input = new Float32Array(INPUT_SAMPLES);
    if (memory) input.set(memory.context, VOICE_WINDOW_SAMPLES);
    let state = memory ? floats(memory.state, [STATE_LAYERS, 1, STATE_SIZE]) : silentState(1);
    for (let window = 0; window < windows; window++) {
      signal?.throwIfAborted();
      input.copyWithin(0, VOICE_WINDOW_SAMPLES);
      input.set(samples.subarray(window * VOICE_WINDOW_SAMPLES, (window + 1) * VOICE_WINDOW_SAMPLES), CONTEXT_SAMPLES);
      const heard = await this.#step(input, state);
      state = heard.state;
      probabilities[window] = heard.probabilities[0]!;
    }
    return { probabilities, memory: { state: state.data, context: input.slice(VOICE_WINDOW_SAMPLES) } };
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  async #step(input: Float32Array, state: FloatTensor): Promise<{ probabilities: Float32Array; state: FloatTensor }> {
    const inputs = { input: floats(input, [input.length / INPUT_SAMPLES, INPUT_SAMPLES]), state, sr: this.#rate };
    const { output, stateN } = await this.#session.run(inputs, ['output', 'stateN']);
    return { probabilities: output.data as Float32Array, state: stateN as FloatTensor };
  }
}

/** Stretches of equal length; each begins in the last windows of the one before, where its state settles unheard. */
function layOut(windows: number): { stretches: number; strideWindows: number; stretchWindows: number } {
  const settled = Math.max(0, windows - WARM_UP_WINDOWS);
  const stretches = Math.min(MAXIMUM_STRETCHES, 1 + Math.floor(settled / (2 * WARM_UP_WINDOWS)));
  const strideWindows = Math.ceil(settled / stretches);
  return { stretches, strideWindows, stretchWindows: Math.min(windows, strideWindows + WARM_UP_WINDOWS) };
}

function silentState(stretches: number): FloatTensor {
  return floats(new Float32Array(STATE_LAYERS * stretches * STATE_SIZE), [STATE_LAYERS, stretches, STATE_SIZE]);
}

/** Fills `target` with the samples from `from` on; what lies outside of them is silence. */
function copyWithSilenceAround(samples: Float32Array, from: number, target: Float32Array): void {
  const first = Math.max(0, from);
  target.fill(0);
  target.set(samples.subarray(first, from + target.length), first - from);
}
