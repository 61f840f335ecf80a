// What a worklet's own global scope offers; the types of the page do not know it.
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

/** About 40 ms at 48 kHz: few enough messages, and a level meter that follows the voice. */
const BLOCK_SAMPLES = 2048;

/** Sends the microphone's first channel to the page in blocks; on any message sends what is left, and ends. */
class CaptureProcessor extends AudioWorkletProcessor {
  #block = new Float32Array(BLOCK_SAMPLES);
  #filled = 0;
  #ended = false;

  constructor() {
    super();
    this.port.onmessage = () => {
      this.#ended = true;
      this.port.postMessage(this.#block.slice(0, this.#filled));
      this.port.postMessage('ended');
    };
  }

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    let rest = input?.[0];
    while (!this.#ended && rest !== undefined && rest.length > 0) {
      const taken = rest.subarray(0, BLOCK_SAMPLES - this.#filled);
      this.#block.set(taken, this.#filled);
      this.#filled += taken.length;
      rest = rest.subarray(taken.length);
      if (this.#filled === BLOCK_SAMPLES) this.#send();
    }
    return !this.#ended;
  }

  #send(): void {
    this.port.postMessage(this.#block, [this.#block.buffer]);
    this.#block = new Float32Array(BLOCK_SAMPLES);
    this.#filled = 0;
  }
}

registerProcessor('capture', CaptureProcessor);
