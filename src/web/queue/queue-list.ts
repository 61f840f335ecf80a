import type { QueueTask, TaskChanges, TaskFilter } from '../../contracts/queue-api.ts';
import type { Observable } from '../observable.ts';
import { PageError } from '../page-error.ts';
import type { QueueClient } from './queue-client.ts';
import type { QueueState } from './queue-state.ts';

const FIRST_PAGE = 100;
const NEXT_PAGE = 500;

/** The list: loaded as far as it is looked at, kept fresh in place, and never moved unless somebody asks. */
export class QueueList {
  readonly #client: QueueClient;
  readonly #state: Observable<QueueState>;
  #next: string | null = null;
  #lastChange = 0;
  /** Answers to a list that was left for another are dropped. */
  #round = 0;
  #loadingMore: Promise<void> | undefined;
  /** How many tasks are looked at, loaded or not. */
  #wanted = 0;
  #refreshing: Promise<void> | undefined;

  constructor(client: QueueClient, state: Observable<QueueState>) {
    this.#client = client;
    this.#state = state;
  }

  /** Shows what another filter lets through. */
  async show(filter: TaskFilter): Promise<void> {
    this.#state.change({
      filter,
      phase: 'loading',
      tasks: [],
      total: undefined,
      hasMore: false,
      selectedIds: new Set(),
    });
    await this.#load(FIRST_PAGE);
  }

  /** The same list as it is now, as far as it was loaded. */
  async reload(): Promise<void> {
    await this.#load(Math.min(NEXT_PAGE, Math.max(FIRST_PAGE, this.#state.get().tasks.length)));
  }

  async #load(limit: number): Promise<void> {
    const round = ++this.#round;
    const { filter } = this.#state.get();
    this.#loadingMore = undefined;
    this.#wanted = 0;
    try {
      const page = await this.#client.list(filter, { limit });
      if (round !== this.#round) return;
      this.#next = page.next;
      this.#lastChange = page.lastChange;
      const { activeId } = this.#state.get();
      const isStillThere = page.items.some(({ id }) => id === activeId);
      this.#state.change({
        phase: 'ready',
        failure: undefined,
        isOffline: false,
        today: page.today,
        tasks: page.items,
        hasMore: page.next !== null,
        leftIds: new Set(),
        newIds: new Set(),
        isStale: false,
        activeId: isStillThere ? activeId : page.items[0]?.id,
      });
      await this.count();
    } catch (error) {
      if (round === this.#round) this.#state.change({ phase: 'failed', failure: PageError.from(error).code });
    }
  }

  async count(): Promise<void> {
    const round = this.#round;
    const { tabs, filter } = this.#state.get();
    const told = await this.#client.counts([...tabs.map((tab) => tab.filter), filter]).catch(() => undefined);
    if (!told || round !== this.#round) return;
    const { counts, most: mostCounted } = told;
    this.#state.change({ counts: counts.slice(0, -1), total: counts.at(-1), mostCounted });
  }

  /** Loads on until there are so many. */
  loadTo(count: number): Promise<void> {
    this.#wanted = Math.max(this.#wanted, count);
    this.#loadingMore ??= this.#loadMore().finally(() => {
      this.#loadingMore = undefined;
    });
    return this.#loadingMore;
  }

  async #loadMore(): Promise<void> {
    const round = this.#round;
    try {
      while (this.#next !== null && this.#state.get().tasks.length < this.#wanted) {
        const page = await this.#client.list(this.#state.get().filter, { after: this.#next, limit: NEXT_PAGE });
        if (round !== this.#round) return;
        this.#next = page.next;
        const known = new Set(this.#state.get().tasks.map(({ id }) => id));
        const added = page.items.filter(({ id }) => !known.has(id));
        this.#state.change({ tasks: [...this.#state.get().tasks, ...added], hasMore: page.next !== null });
      }
    } catch {
      this.#state.change({ isOffline: true });
    }
  }

  /** Asks what has changed; what is under way is waited for. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    const round = this.#round;
    if (this.#state.get().phase !== 'ready') return;
    try {
      const changes = await this.#client.changes(this.#state.get().filter, this.#lastChange);
      if (round !== this.#round) return;
      this.#lastChange = changes.lastChange;
      this.#state.change({ isOffline: false });
      if (!changes.isWhole) this.#state.change({ isStale: true });
      if (this.#apply(changes) || !changes.isWhole) await this.count();
    } catch {
      if (round === this.#round) this.#state.change({ isOffline: true });
    }
  }

  /** Puts tasks in their places as they are now; whether anything was new. */
  #apply({ tasks: changed, inList }: TaskChanges): boolean {
    const { tasks, leftIds, newIds, hasMore } = this.#state.get();
    const listed = new Set(inList);
    const shown = new Map(tasks.map((task) => [task.id, task]));
    const [left, came] = [new Set(leftIds), new Set(newIds)];
    const fresh = new Map<string, QueueTask>();
    let isNews = false;
    for (const task of changed) {
      const before = shown.get(task.id);
      // A letter that nobody could bring is no other version of its task.
      const isOther = before && (before.version < task.version || before.lacksLetter !== task.lacksLetter);
      if (isOther) fresh.set(task.id, task);
      if (before && listed.has(task.id) === left.has(task.id)) {
        if (listed.has(task.id)) left.delete(task.id);
        else left.add(task.id);
        isNews = true;
      }
      if (before) continue;
      const isInReach = listed.has(task.id) && (!hasMore || comesBefore(task, tasks.at(-1)));
      if (isInReach === came.has(task.id)) continue;
      if (isInReach) came.add(task.id);
      else came.delete(task.id);
      isNews = true;
    }
    if (fresh.size > 0 || isNews) {
      this.#state.change({ tasks: tasks.map((task) => fresh.get(task.id) ?? task), leftIds: left, newIds: came });
    }
    return fresh.size > 0 || isNews;
  }

  /** Tasks that the server gave as they are now, in their places. */
  put(changed: readonly QueueTask[]): void {
    const fresh = new Map(changed.map((task) => [task.id, task]));
    this.#state.change({ tasks: this.#state.get().tasks.map((task) => fresh.get(task.id) ?? task) });
  }
}

/** In the order of the queue: by slack, then måldatum; after them those without one, by age. */
function comesBefore(one: QueueTask, other: QueueTask | undefined): boolean {
  if (other === undefined) return false;
  const slack =
    (one.slackWorkingDays ?? Number.POSITIVE_INFINITY) - (other.slackWorkingDays ?? Number.POSITIVE_INFINITY);
  return slack === 0 || Number.isNaN(slack) ? dayAndId(one) < dayAndId(other) : slack < 0;
}

function dayAndId({ targetDate, createdDay, id }: QueueTask): string {
  return `${targetDate ?? createdDay}${id}`;
}
