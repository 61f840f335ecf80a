import { AppError, type ErrorCode } from '../contracts/errors.ts';
import type { JobQueue } from './backends/backend.ts';
import { type JobTimes, ROUND_JOB, ROUNDS, type Round } from './job.ts';

const MINUTE_MS = 60_000;
const EVERY_MS: Readonly<Record<Round, number>> = {
  wake: MINUTE_MS,
  remind: MINUTE_MS,
  offer: MINUTE_MS,
  fit: MINUTE_MS / 2,
  repair: 5 * MINUTE_MS,
  tidy: 60 * MINUTE_MS,
};
const LOOK_EVERY_MS = 15_000;

/**
 * Asks for the rounds. What is due stands in the database alone, and a round finds it there: no delayed job for each task
 * and question, that would have to follow every change of its date. Servers that share the queue ask for the same round
 * by the same id, so that it is gone once.
 */
export class RoundClock {
  readonly #queue: JobQueue;
  readonly #times: JobTimes;
  readonly #onError: (code: ErrorCode) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #lastAsked = new Map<Round, number>();

  constructor(queue: JobQueue, times: JobTimes, onError: (code: ErrorCode) => void) {
    this.#queue = queue;
    this.#times = times;
    this.#onError = onError;
    this.#timer = setInterval(() => void this.#ask(), LOOK_EVERY_MS);
    void this.#ask();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #ask(): Promise<void> {
    const now = Date.now();
    const due = ROUNDS.map((round) => ({ round, count: Math.floor(now / EVERY_MS[round]) })).filter(
      ({ round, count }) => this.#lastAsked.get(round) !== count,
    );
    if (due.length === 0) return;
    const jobs = due.map(({ round, count }) => ({ id: `round-${round}-${count}`, name: ROUND_JOB, data: { round } }));
    try {
      await this.#queue.addAll(jobs, this.#times);
      for (const { round, count } of due) this.#lastAsked.set(round, count);
    } catch (error) {
      this.#onError(AppError.from(error).code);
    }
  }
}
