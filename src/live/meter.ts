import type { LiveEvent } from './sessions.ts';

/** What is counted of live sessions: numbers and codes, nothing that anybody said. */
export interface LiveMeter {
  event(event: LiveEvent): void;
  /** Sound received but neither committed nor known to be silent; about once a second of each session. */
  lag(seconds: number): void;
  /** From the declared end of an utterance to its committed text. */
  committed(waitedSeconds: number): void;
  /** Drafts left out because the machine had no time for them. */
  thinned(drafts: number): void;
}

export const NOT_METERED: LiveMeter = { event() {}, lag() {}, committed() {}, thinned() {} };
