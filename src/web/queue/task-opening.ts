import type { QueueTask, TaskDetail } from '../../contracts/queue-api.ts';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import type { Observable } from '../observable.ts';
import { PageError } from '../page-error.ts';
import type { QueueClient } from './queue-client.ts';
import type { QueueList } from './queue-list.ts';
import type { OpenTask, QueueState } from './queue-state.ts';
import { sayClock } from './say-when.ts';

/** The side panel: opening a task for work claims it, and closing gives it back when nothing was done. */
export class TaskOpening {
  readonly #client: QueueClient;
  readonly #state: Observable<QueueState>;
  readonly #list: QueueList;
  /** The opening that is under way, or was the last. */
  #settling: Promise<void> = Promise.resolve();
  /** What opening does, once more when it failed. */
  #settle: () => Promise<void> = () => Promise.resolve();
  /** What opening claimed, so that closing gives it back when nothing was done. */
  #claimedHere: QueueTask | undefined;

  constructor(client: QueueClient, state: Observable<QueueState>, list: QueueList) {
    this.#client = client;
    this.#state = state;
    this.#list = list;
  }

  /** Opens a task and claims it if nobody has it. */
  open(id: string): Promise<void> {
    return this.#openBy(id, () => this.#claimAndFetch(id));
  }

  /** Opens a task that a link leads to: nobody takes it by that. */
  show(id: string): Promise<void> {
    return this.#openBy(id, () => this.fetch());
  }

  async #openBy(id: string, settle: () => Promise<void>): Promise<void> {
    if (this.#state.get().open?.id === id) return;
    await this.close();
    const open: OpenTask = { id, detail: undefined, patient: undefined, failure: undefined };
    this.#state.change({ open, activeId: id, notice: '' });
    this.#settle = settle;
    await this.again();
  }

  /** Opens the open task once more, when it could not be fetched. */
  async again(): Promise<void> {
    this.#settling = this.#settle();
    await this.#settling;
  }

  /** The open task with all that the panel shows, once it is there. */
  async settled(): Promise<TaskDetail | undefined> {
    await this.#settling;
    return this.#state.get().open?.detail;
  }

  async #claimAndFetch(id: string): Promise<void> {
    const task = this.#state.get().tasks.find((one) => one.id === id);
    if (task?.state === 'new') await this.#claim(task, false);
    await this.fetch();
  }

  /** Claims the open task, or takes it over from who has it. */
  async claim(detail: TaskDetail): Promise<void> {
    await this.#claim(detail, detail.holder !== null);
    await this.fetch();
  }

  async #claim(
    { id, version }: Pick<QueueTask, 'id' | 'version'>,
    takeOver: boolean,
    isSecondTime = false,
  ): Promise<void> {
    try {
      const claimed = await this.#client.change({ id, version }, { action: 'claim', takeOver });
      this.#list.put([claimed]);
      this.#claimedHere = takeOver ? undefined : claimed;
    } catch (error) {
      if (PageError.from(error).code !== 'CONFLICT') return;
      const { staffId, today } = this.#state.get();
      // Another version of a task that is still free, or somebody was first: what it is now tells which.
      const now = await this.#client.task(id).catch(() => undefined);
      if (!now) return;
      this.#list.put([now]);
      if (now.state === 'new' && !isSecondTime) await this.#claim(now, false, true);
      else if (now.holder && now.holder.id !== staffId) {
        this.#state.change({ notice: words.lost(now.holder.name, sayClock(now.holder.since, today)) });
      }
    }
  }

  /** The open task as it is now. */
  async fetch(): Promise<void> {
    const id = this.#state.get().open?.id;
    if (id === undefined) return;
    try {
      const detail = await this.#client.task(id);
      this.#list.put([detail]);
      this.#changeOpen(id, { detail, failure: undefined });
    } catch (error) {
      this.#changeOpen(id, { failure: PageError.from(error).code });
    }
  }

  /** Fetches the open task again when its row shows another version, or when it could not be fetched. */
  async follow(): Promise<void> {
    const { open, tasks } = this.#state.get();
    if (open?.failure !== undefined && !open.detail) return this.again();
    const row = open && tasks.find(({ id }) => id === open.id);
    if (open?.detail && row && row.version !== open.detail.version) await this.fetch();
  }

  /** Name and number in full, also of a protected identity; the server logs it. */
  async reveal(): Promise<void> {
    const id = this.#state.get().open?.id;
    if (id === undefined) return;
    try {
      this.#changeOpen(id, { patient: await this.#client.patient(id) });
    } catch (error) {
      this.#changeOpen(id, { failure: PageError.from(error).code });
    }
  }

  /**
   * Closes the panel, and gives back what opening claimed. After something was done it stays as it was left: then it
   * has another version, too.
   */
  async close({ isDone = false } = {}): Promise<void> {
    if (!this.#state.get().open) return;
    this.#state.change({ open: undefined });
    await this.#settling;
    const claimed = this.#claimedHere;
    this.#claimedHere = undefined;
    if (isDone || !claimed) return;
    const released = await this.#client.change(claimed, { action: 'release' }).catch(() => undefined);
    if (released) this.#list.put([released]);
    await this.#list.refresh();
  }

  #changeOpen(id: string, change: Partial<OpenTask>): void {
    const { open } = this.#state.get();
    if (open?.id === id) this.#state.change({ open: { ...open, ...change } });
  }
}
