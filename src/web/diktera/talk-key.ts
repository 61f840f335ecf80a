/** A press that is longer than this means "as long as I hold it". */
const HELD_MS = 400;

export type TalkCommand = 'start' | 'pause';

/**
 * One key, button or pedal for both ways of talking: a short press begins and the next one pauses; held down, it lets
 * one talk until it is let go.
 */
export class TalkKey {
  #pressedMs: number | undefined;
  #began = false;

  /** @param nowMs any clock that runs evenly */
  press(isListening: boolean, nowMs: number): TalkCommand | undefined {
    if (this.#pressedMs !== undefined) return undefined;
    this.#pressedMs = nowMs;
    this.#began = !isListening;
    return isListening ? 'pause' : 'start';
  }

  release(nowMs: number): TalkCommand | undefined {
    const pressedMs = this.#pressedMs;
    this.#pressedMs = undefined;
    return pressedMs !== undefined && this.#began && nowMs - pressedMs >= HELD_MS ? 'pause' : undefined;
  }
}
