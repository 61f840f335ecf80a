import { CONSTRUCT_BREAK_SECONDS } from '../../dictation/pauses.ts';
import type { LiveStatus } from '../live/live-events.ts';

/** Words that wait for what follows wait as long as more sound than this is not understood. */
const SETTLED_SECONDS = 1;

/** Has words that wait written after a long pause, but not while what follows them may be on its way. */
export class Settling {
  readonly #status: () => LiveStatus;
  readonly #settle: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(status: () => LiveStatus, settle: () => void) {
    this.#status = status;
    this.#settle = settle;
  }

  later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const { unacknowledgedSeconds, lagSeconds } = this.#status();
      if (Math.max(unacknowledgedSeconds, lagSeconds) > SETTLED_SECONDS) this.later();
      else this.#settle();
    }, CONSTRUCT_BREAK_SECONDS * 1000);
  }

  /** Something new is said: words that wait for their meaning may get it. */
  cancel(): void {
    clearTimeout(this.#timer);
  }
}
