import { floatToS16le } from '../../audio/pcm.ts';
import { type Capture, startCapture } from '../capture.ts';

/** Sound from before the key was pressed: people begin to speak while they press it. */
const PRE_ROLL_SECONDS = 0.3;
/** A microphone that was paused is let go after this, and then takes a moment to open again. */
const RELEASE_MS = 20_000;
/** A microphone that gives nothing but zeros from the start for so long is switched off. */
const SILENT_SECONDS = 3;

export interface TalkingEvents {
  /** Samples of 16 bits that belong to the dictation. */
  onSpeech(samples: Uint8Array<ArrayBuffer>, sampleRateHz: number): void;
  /** What the microphone hears, also when it is not part of the dictation. */
  onSound(samples: Float32Array): void;
  /** There is a microphone, but no sound whatever comes from it. */
  onSilent(): void;
  /** Sound comes after all. */
  onHeard(): void;
  onUnplugged(): void;
}

/** The microphone while somebody dictates with pauses: stays open over short ones, so that no first word is lost. */
export class Talking {
  readonly #events: TalkingEvents;
  #capture: Capture | undefined;
  #isListening = false;
  #preRoll: Float32Array[] = [];
  /** Zeros since it was opened; nothing once there was anything else. */
  #silentSeconds: number | undefined;
  #isToldSilent = false;
  #release: ReturnType<typeof setTimeout> | undefined;

  constructor(events: TalkingEvents) {
    this.#events = events;
  }

  /** Empty when none is open. */
  get microphoneName(): string {
    return this.#capture?.microphoneName ?? '';
  }

  /** Listens from now on. Throws PageError MIC_*. */
  async start(deviceId: string | undefined): Promise<void> {
    clearTimeout(this.#release);
    if (!this.#capture) {
      this.#silentSeconds = 0;
      this.#isToldSilent = false;
      const onSamples = (samples: Float32Array, sampleRateHz: number) => this.#take(samples, sampleRateHz);
      const onUnplugged = () => this.#events.onUnplugged();
      this.#capture = await startCapture({ onSamples, onUnplugged }, deviceId);
    }
    this.#isListening = true;
  }

  pause(): void {
    this.#isListening = false;
    this.#preRoll = [];
    clearTimeout(this.#release);
    this.#release = setTimeout(() => this.release(), RELEASE_MS);
  }

  release(): void {
    clearTimeout(this.#release);
    this.#isListening = false;
    this.#preRoll = [];
    void this.#capture?.release();
    this.#capture = undefined;
  }

  #take(samples: Float32Array, sampleRateHz: number): void {
    this.#events.onSound(samples);
    this.#countSilence(samples, sampleRateHz);
    this.#preRoll.push(samples);
    if (this.#isListening) {
      for (const part of this.#preRoll.splice(0)) this.#events.onSpeech(floatToS16le(part), sampleRateHz);
      return;
    }
    let length = this.#preRoll.reduce((sum, part) => sum + part.length, 0);
    while (length > PRE_ROLL_SECONDS * sampleRateHz) length -= this.#preRoll.shift()!.length;
  }

  #countSilence(samples: Float32Array, sampleRateHz: number): void {
    if (this.#silentSeconds === undefined) return;
    if (samples.some((sample) => sample !== 0)) {
      this.#silentSeconds = undefined;
      if (this.#isToldSilent) this.#events.onHeard();
      return;
    }
    this.#silentSeconds += samples.length / sampleRateHz;
    if (this.#isToldSilent || this.#silentSeconds < SILENT_SECONDS) return;
    this.#isToldSilent = true;
    this.#events.onSilent();
  }
}
