import type { z } from 'zod';
import type { BulkChange, BulkResult, QueueTask, TaskChange } from '../../contracts/queue-api.ts';
import { FAILURES, OTHER_FAILURE, QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import type { Observable } from '../observable.ts';
import { PageError } from '../page-error.ts';
import type { QueueClient } from './queue-client.ts';
import type { QueueList } from './queue-list.ts';
import type { QueueState, Undoable } from './queue-state.ts';

/** How long a cancellation is held back: it cannot be taken back once it is made. */
const CANCEL_AFTER_MS = 20_000;
/** How long the bar offers to undo what can be taken back at any time. */
const OFFER_MS = 30_000;

export type Asking = Extract<z.input<typeof TaskChange>, { action: 'ask' }>;
export type Seen = Pick<QueueTask, 'id' | 'version'>;

/**
 * What is done with tasks, and how it is taken back. Claiming, releasing, laying aside and asking are done at once, and undone by
 * the way back that the state machine has. A cancellation is final for everybody who hears of it, so it is held back
 * here until the time to regret it is over, or the page is left; until then nobody has heard of it, and if the browser
 * dies the task is still in the queue.
 */
export class TaskActions {
  readonly #client: QueueClient;
  readonly #state: Observable<QueueState>;
  readonly #list: QueueList;
  #undo: (() => Promise<BulkResult | undefined>) | undefined;
  #heldBack: BulkChange | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: QueueClient, state: Observable<QueueState>, list: QueueList) {
    this.#client = client;
    this.#state = state;
    this.#list = list;
  }

  async claim(tasks: readonly Seen[]): Promise<void> {
    await this.#changeAtOnce('claim', { action: 'claim', takeOver: false }, tasks);
  }

  async release(tasks: readonly Seen[]): Promise<void> {
    await this.#changeAtOnce('release', { action: 'release' }, tasks);
  }

  async letWait(tasks: readonly Seen[], until: { untilDay?: string; untilEvent?: string }): Promise<void> {
    await this.#changeAtOnce('wait', { action: 'wait', ...until }, tasks);
  }

  async ask(task: Seen, asking: Asking): Promise<void> {
    await this.commit();
    const asked = await this.#guarded(() => this.#client.change(task, asking));
    if (!asked) return;
    this.#list.put([asked]);
    this.#offer('ask', [asked.id], words.doneAsk, async () => {
      const task = await this.#client.change(asked, { action: 'withdraw_question' });
      return { done: [task], refused: [] };
    });
  }

  async wake(task: Seen): Promise<void> {
    const woken = await this.#guarded(() => this.#client.change(task, { action: 'wake' }));
    if (woken) this.#list.put([woken]);
    await this.#list.refresh();
  }

  async withdrawQuestion(task: Seen): Promise<void> {
    const claimed = await this.#guarded(() => this.#client.change(task, { action: 'withdraw_question' }));
    if (claimed) this.#list.put([claimed]);
    await this.#list.refresh();
  }

  async cancel(
    tasks: readonly Seen[],
    why: Omit<Extract<BulkChange['change'], { action: 'cancel' }>, 'action'>,
  ): Promise<void> {
    await this.commit();
    this.#heldBack = { change: { action: 'cancel', ...why }, tasks: tasks.map(({ id, version }) => ({ id, version })) };
    const ids = tasks.map(({ id }) => id);
    this.#state.change({ undoable: { kind: 'cancel', taskIds: ids }, notice: words.pendingCancel(ids.length) });
    this.#timer = setTimeout(() => void this.commit(), CANCEL_AFTER_MS);
  }

  /** Makes what was held back, now. */
  async commit({ isLeaving = false } = {}): Promise<void> {
    clearTimeout(this.#timer);
    const heldBack = this.#heldBack;
    this.#heldBack = undefined;
    this.#undo = undefined;
    this.#state.change({ undoable: undefined });
    if (heldBack === undefined) return;
    const result = await this.#guarded(() => this.#client.changeMany(heldBack, { keepalive: isLeaving }));
    if (result) this.#tell(result, words.doneCancel);
    await this.#list.refresh();
  }

  /** Takes the last thing back. */
  async undo(): Promise<void> {
    clearTimeout(this.#timer);
    const undo = this.#undo;
    const wasHeldBack = this.#heldBack !== undefined;
    this.#heldBack = undefined;
    this.#undo = undefined;
    this.#state.change({ undoable: undefined });
    if (wasHeldBack) this.#state.change({ notice: words.undone });
    if (!undo) return;
    try {
      const result = await undo();
      if (result) this.#list.put(result.done);
      const isWhole = result !== undefined && result.refused.length === 0;
      this.#state.change({ notice: isWhole ? words.undone : words.undoFailed });
    } catch {
      this.#state.change({ notice: words.undoFailed });
    }
    await this.#list.refresh();
  }

  async #changeAtOnce(
    kind: 'claim' | 'release' | 'wait',
    change: BulkChange['change'],
    tasks: readonly Seen[],
  ): Promise<void> {
    await this.commit();
    const asked = { change, tasks: tasks.map(({ id, version }) => ({ id, version })) };
    const result = await this.#guarded(() => this.#client.changeMany(asked));
    if (!result) return;
    const told = { claim: words.doneClaim, release: words.doneRelease, wait: words.doneWait };
    this.#tell(result, told[kind]);
    if (result.done.length > 0) {
      const seen = result.done.map(({ id, version }) => ({ id, version }));
      const ids = seen.map(({ id }) => id);
      const back = kind === 'claim' ? 'release' : 'reclaim';
      this.#offer(kind, ids, this.#state.get().notice, () =>
        this.#client.changeMany({ change: { action: back }, tasks: seen }),
      );
    }
    await this.#list.refresh();
  }

  #tell({ done, refused }: BulkResult, told: (count: number) => string): void {
    this.#list.put([...done, ...refused.flatMap(({ task }) => (task === null ? [] : [task]))]);
    const parts = [
      ...(done.length > 0 ? [told(done.length)] : []),
      ...(refused.length > 0 ? [words.someRefused(refused.length)] : []),
    ];
    this.#state.change({ notice: parts.join(' '), selectedIds: new Set() });
  }

  #offer(
    kind: Undoable['kind'],
    taskIds: readonly string[],
    notice: string,
    undo: () => Promise<BulkResult | undefined>,
  ): void {
    this.#undo = undo;
    this.#state.change({ undoable: { kind, taskIds }, notice });
    this.#timer = setTimeout(() => {
      this.#undo = undefined;
      this.#state.change({ undoable: undefined, notice: '' });
    }, OFFER_MS);
  }

  async #guarded<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      const { code } = PageError.from(error);
      const notice = code === 'CONFLICT' ? words.changedMeanwhile : (FAILURES[code] ?? OTHER_FAILURE);
      this.#state.change({ notice });
      await this.#list.refresh();
      return undefined;
    }
  }
}
