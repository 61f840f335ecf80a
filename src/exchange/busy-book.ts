import { overlaps, TakenTimes } from '../booking/taken-times.ts';
import type { BusySpan } from '../storage/repositories/imports.ts';

/** Whose time is taken when: what is stored, and what a file takes on its way. */
export class BusyBook {
  readonly #stored: TakenTimes;
  /** By whose it is. */
  readonly #ofFile = new Map<string, BusySpan[]>();

  constructor(stored: ConstructorParameters<typeof TakenTimes>[0]) {
    this.#stored = new TakenTimes(stored);
  }

  take(whose: string, span: BusySpan): void {
    const known = this.#ofFile.get(whose);
    if (known) known.push(span);
    else this.#ofFile.set(whose, [span]);
  }

  isFree(whose: string, span: BusySpan): boolean {
    if (!this.#stored.isFree(whose, span.startMs, span.endMs)) return false;
    return !(this.#ofFile.get(whose) ?? []).some((other) => overlaps(other, span));
  }
}
