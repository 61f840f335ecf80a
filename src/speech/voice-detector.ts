import { join } from 'node:path';
import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import type { VoiceAnswer, VoiceMemory } from '../contracts/live-speech.ts';
import { type FloatTensor, floats, OnnxSession } from './onnx.ts';

const MODEL_PATH = join(import.meta.dirname, '../../models/silero-vad/silero-vad-v6-run.onnx');
/** What the model hears at once, and what one probability stands for: 32 ms. */
export const VOICE_WINDOW_SAMPLES = 512;
export const VOICE_WINDOW_SECONDS = VOICE_WINDOW_SAMPLES / SPEECH_RATE_HZ;
/** The end of the window before, which the model wants in front of each window. */
const CONTEXT_SAMPLES = 64;
const INPUT_SAMPLES = CONTEXT_SAMPLES + VOICE_WINDOW_SAMPLES;
const STATE_DIMENSIONS = [2, 1, 128];
/** 4 s: longer runs take as long a window, and more memory. */
const WINDOWS_A_RUN = 128;

/**
 * Where somebody speaks: Silero VAD 6, a small recurrent network over windows of 32 ms.
 * Source: https://github.com/snakers4/silero-vad. Blocks the thread that it runs on for a few milliseconds at a time.
 */
export class VoiceDetector {
  readonly #session: OnnxSession;

  private constructor(session: OnnxSession) {
    this.#session = session;
  }

  /** @throws AppError MODEL_INVALID when the bundled model is missing or damaged. */
  static async load(): Promise<VoiceDetector> {
    return new VoiceDetector(await OnnxSession.load(MODEL_PATH));
  }

  /**
   * Reads a whole recording.
   *
   * @param samples at 16 kHz
   * @returns the probability of speech in each window of 512 samples; the last window may be partly silence
   * @throws AbortError when the signal fires
   */
  async probabilities(samples: Float32Array, signal?: AbortSignal): Promise<Float32Array> {
    const windows = Math.ceil(samples.length / VOICE_WINDOW_SAMPLES);
    const whole = new Float32Array(windows * VOICE_WINDOW_SAMPLES);
    whole.set(samples);
    return (await this.continue(whole, null, signal)).probabilities;
  }

  /**
   * Reads a sound as it comes, piece by piece; however it is cut, the answers are the same.
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
    let { state, context } = memory ?? silence();
    for (let first = 0; first < windows; first += WINDOWS_A_RUN) {
      signal?.throwIfAborted();
      const count = Math.min(WINDOWS_A_RUN, windows - first);
      const piece = samples.subarray(first * VOICE_WINDOW_SAMPLES, (first + count) * VOICE_WINDOW_SAMPLES);
      const heard = await this.#session.run(
        { windows: floats(windowsOf(piece, context), [count, INPUT_SAMPLES]), state: floats(state, STATE_DIMENSIONS) },
        ['probability', 'state_after'],
      );
      probabilities.set((heard.probability as FloatTensor).data, first);
      state = (heard.state_after as FloatTensor).data;
      context = piece.slice(-CONTEXT_SAMPLES);
    }
    return { probabilities, memory: { state, context } };
  }

  async close(): Promise<void> {
    await this.#session.close();
  }
}

/** Each window of the piece behind the end of the one before. */
function windowsOf(piece: Float32Array, context: Float32Array): Float32Array {
  const windows = new Float32Array((piece.length / VOICE_WINDOW_SAMPLES) * INPUT_SAMPLES);
  windows.set(context);
  for (let from = 0, at = 0; from < piece.length; from += VOICE_WINDOW_SAMPLES, at += INPUT_SAMPLES) {
    if (from > 0) windows.set(piece.subarray(from - CONTEXT_SAMPLES, from), at);
    windows.set(piece.subarray(from, from + VOICE_WINDOW_SAMPLES), at + CONTEXT_SAMPLES);
  }
  return windows;
}

function silence(): VoiceMemory {
  return {
    state: new Float32Array(STATE_DIMENSIONS.reduce((product, size) => product * size)),
    context: new Float32Array(CONTEXT_SAMPLES),
  };
}
