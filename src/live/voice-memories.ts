import type { VoiceMemory } from '../contracts/live-speech.ts';
import { toWindows } from './voice-window.ts';

/** After it a detector that remembers nothing judges nearly as if it had heard all that was before: about 2 s. */
const WARM_UP_WINDOWS = 64;
/** Memories are kept so far apart: what lies between is heard again. */
const APART_WINDOWS = toWindows(0.5);

/** What the voice detector remembered before it heard this window. */
export interface VoiceSnapshot {
  readonly window: number;
  /** Null when it had heard nothing. */
  readonly memory: VoiceMemory | null;
}

export const NOTHING_HEARD: VoiceSnapshot = { window: 0, memory: null };

/** Where a detector without a memory begins, so that it judges well from this window on. */
export function warmingUpFor(window: number): VoiceSnapshot {
  return { window: Math.max(0, window - WARM_UP_WINDOWS), memory: null };
}

/** What the voice detector remembered at places where a session may have to be taken up again. */
export class VoiceMemories {
  /** In order; one of them at or before every window that may still be asked for. */
  #kept: readonly VoiceSnapshot[];

  constructor(first: VoiceSnapshot) {
    this.#kept = [first];
  }

  /** @param settledWindow nobody will ask for an earlier one */
  add(snapshot: VoiceSnapshot, settledWindow: number): void {
    const isApart = snapshot.window - this.#kept.at(-1)!.window >= APART_WINDOWS;
    const kept = isApart ? [...this.#kept, snapshot] : this.#kept;
    const needed = kept.findLastIndex(({ window }) => window <= settledWindow);
    this.#kept = needed > 0 ? kept.slice(needed) : kept;
  }

  /** The newest at or before a window. */
  before(window: number): VoiceSnapshot {
    return this.#kept.findLast((kept) => kept.window <= window) ?? warmingUpFor(window);
  }
}
