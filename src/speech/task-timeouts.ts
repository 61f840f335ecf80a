import type { SpeechTaskName } from '../contracts/speech-messages.ts';

/** How long a thread may be at a task before it counts as lost: many times what a slow machine needs. */
export const TASK_TIMEOUTS_MS: Readonly<Record<SpeechTaskName, number>> = {
  prepare: 10 * 60_000,
  load: 60_000,
  open: 15 * 60_000,
  /** Thirty seconds of speech take about two; a large model may need many times that. */
  recognise: 180_000,
  draft: 180_000,
  voice: 60_000,
};
