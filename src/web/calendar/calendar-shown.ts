import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import type { Observable } from '../observable.ts';
import { PageError } from '../page-error.ts';
import type { CalendarClient } from './calendar-client.ts';
import type { CalendarState } from './calendar-state.ts';
import { periodOf, type Shown, searchOf } from './period.ts';

/** What was fetched so lately is not compared again while it is drawn. */
const SETTLED_AFTER_MS = 3_000;

/** What the page shows of the calendar: fetched when it is looked at, and again whenever something has changed. */
export class CalendarShown {
  readonly #client: CalendarClient;
  readonly #state: Observable<CalendarState>;
  /** Answers to what was left for something else are dropped. */
  #round = 0;
  #newest = Promise.resolve();
  #refreshing: Promise<void> | undefined;
  #isStale = false;
  #fetchedAtMs = 0;

  constructor(client: CalendarClient, state: Observable<CalendarState>) {
    this.#client = client;
    this.#state = state;
  }

  /** Goes to another part of the calendar, and fetches it unless it is there already. */
  async show(change: Partial<Shown>): Promise<void> {
    const { drawn, shown: before } = this.#state.get();
    const shown = { ...before, ...change };
    history.replaceState(null, '', searchOf(shown));
    if (drawn && isSameFetch(drawn.shown, shown)) {
      if (!isSameFetch(before, shown)) {
        this.#round += 1;
        this.#newest = Promise.resolve();
      }
      this.#state.change({ shown, phase: 'ready', failure: undefined, drawn: { ...drawn, shown } });
      return;
    }
    this.#state.change({ shown, phase: 'loading', failure: undefined });
    await this.#fetch(shown);
  }

  /** Fetches the same again, after a change; done when it, or what overtook it, is drawn. */
  async reload(): Promise<void> {
    await this.#fetch(this.#state.get().shown);
  }

  /** The same, when something may have changed: one at a time, and once more for what changes meanwhile. */
  refresh(): Promise<void> {
    this.#isStale = true;
    this.#refreshing ??= this.#refreshWhileStale().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refreshWhileStale(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      await this.reload();
    }
  }

  /** For what nobody has said has changed: at once, or a while after the last time that it was fetched. */
  whenSettled(compare: () => void): void {
    const leftMs = this.#fetchedAtMs + SETTLED_AFTER_MS - performance.now();
    setTimeout(compare, Math.max(leftMs, 0));
  }

  #fetch(shown: Shown): Promise<void> {
    this.#newest = this.#fetchOnce(shown);
    return this.#newest;
  }

  async #fetchOnce(shown: Shown): Promise<void> {
    this.#fetchedAtMs = performance.now();
    this.#round += 1;
    const round = this.#round;
    try {
      const calendar = await this.#client.calendar(shown.unitId, periodOf(shown));
      if (round !== this.#round) return await this.#newest;
      this.#state.change({
        phase: 'ready',
        failure: undefined,
        isOffline: false,
        ...clockNow(),
        // Another view of the same days may have been chosen meanwhile.
        drawn: { shown: this.#state.get().shown, calendar },
      });
    } catch (error) {
      if (round !== this.#round) return await this.#newest;
      const { code } = PageError.from(error);
      const isThere = this.#state.get().phase === 'ready';
      this.#state.change(isThere ? { isOffline: true } : { phase: 'failed', failure: code });
    }
  }
}

export function clockNow(): Pick<CalendarState, 'nowMs' | 'today'> {
  const nowMs = Date.now();
  return { nowMs, today: stockholmClockAt(nowMs).date };
}

function isSameFetch(one: Shown, other: Shown): boolean {
  return (
    one.unitId === other.unitId &&
    periodOf(one).first === periodOf(other).first &&
    periodOf(one).last === periodOf(other).last
  );
}
