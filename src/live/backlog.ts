import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import type { Commits } from './commits.ts';
import type { Hearing } from './hearing.ts';
import type { SessionJournal } from './journal.ts';
import type { LiveSound } from './sound.ts';
import { WINDOW_SAMPLES } from './voice-window.ts';

/** Sound not heard yet beyond which drafts would come too late to be of use. */
const LATE_SECONDS = 2;
const MAX_UNWRITTEN_BYTES = 16 * 1024 * 1024;
const MAX_WAITING_COMMITS = 1000;

export interface BacklogParts {
  readonly sound: LiveSound;
  readonly hearing: Hearing;
  readonly commits: Commits;
  readonly journal: SessionJournal;
  readonly maxBehindSeconds: number;
}

/** What of a session's sound still waits: for the voice detector, for the recogniser, for the disk. */
export class Backlog {
  readonly #parts: BacklogParts;

  constructor(parts: BacklogParts) {
    this.#parts = parts;
  }

  /** Sound received but neither committed nor known to be silent. */
  get lagSeconds(): number {
    const { sound, hearing, commits } = this.#parts;
    const samples = sound.endSample - (commits.firstSample ?? hearing.settledSample);
    // Less than a window cannot be heard yet.
    return samples < WINDOW_SAMPLES ? 0 : samples / SPEECH_RATE_HZ;
  }

  /** Of the most that may wait before the client is not read any more; 1 is full. */
  get share(): number {
    const { sound, hearing, commits, journal, maxBehindSeconds } = this.#parts;
    // What was heard of an utterance that goes on lags, but does not wait for the recogniser.
    const waitingSamples = sound.endSample - (commits.firstSample ?? hearing.heardSample);
    return Math.max(
      waitingSamples / SPEECH_RATE_HZ / maxBehindSeconds,
      journal.unwrittenBytes / MAX_UNWRITTEN_BYTES,
      commits.waitingCount / MAX_WAITING_COMMITS,
    );
  }

  /** Whether what is being said now is heard while it is said. */
  get isCurrent(): boolean {
    const { sound, hearing, commits } = this.#parts;
    const unheardSeconds = (sound.endSample - hearing.heardSample) / SPEECH_RATE_HZ;
    return unheardSeconds < LATE_SECONDS && commits.waitingCount <= 1;
  }
}
