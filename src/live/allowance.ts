/** A token bucket: so much at once, and so much a second after that. */
export class Allowance {
  readonly #burst: number;
  readonly #perSecond: number;
  #left: number;
  #atMs: number;

  constructor(burst: number, perSecond: number, nowMs: number = performance.now()) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#left = burst;
    this.#atMs = nowMs;
  }

  /** Takes an amount, which may go beyond what is left. @returns the time until that is made up for; 0 if it was there */
  take(amount: number, nowMs: number = performance.now()): number {
    const gained = ((nowMs - this.#atMs) / 1000) * this.#perSecond;
    this.#left = Math.min(this.#burst, this.#left + gained) - amount;
    this.#atMs = nowMs;
    return Math.max(0, (-this.#left / this.#perSecond) * 1000);
  }
}
