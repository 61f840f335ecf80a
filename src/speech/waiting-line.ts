/**
 * Who goes first. Words that somebody waits for go before everything; the voice detector's milliseconds go before
 * drafts, since without it no utterance ends; a draft is only a glimpse of what comes; a file can wait.
 */
export const TASK_PRIORITIES = ['final', 'voice', 'draft', 'file'] as const;
export type TaskPriority = (typeof TASK_PRIORITIES)[number];

/** A priority that others have been preferred to for this long is next, once: nothing waits for ever. */
const PATIENCE_MS = 10_000;

export interface QueuedTask {
  readonly owner: object;
  readonly priority: TaskPriority;
}

/** The tasks of one priority, by owner in the order of their turns. */
interface Queue<Task> {
  readonly byOwner: Map<object, Task[]>;
  /** When it was last its turn, or when its first task came. */
  turnMs: number;
}

/**
 * Tasks that wait for a thread: by priority, and within it owners take turns, so that a long recording does not hold up
 * a short one. Of an owner's drafts only the newest waits.
 */
export class WaitingLine<Task extends QueuedTask> {
  readonly #nowMs: () => number;
  readonly #queues: Readonly<Record<TaskPriority, Queue<Task>>>;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
    const queue = (): Queue<Task> => ({ byOwner: new Map(), turnMs: 0 });
    this.#queues = { final: queue(), voice: queue(), draft: queue(), file: queue() };
  }

  /** How many tasks of the given priorities wait. */
  count(priorities: readonly TaskPriority[]): number {
    return this.#tasks(priorities).length;
  }

  /** @returns the older draft that lost its place to this one */
  add(task: Task): Task | undefined {
    const queue = this.#queues[task.priority];
    if (queue.byOwner.size === 0) queue.turnMs = this.#nowMs();
    const tasks = queue.byOwner.get(task.owner) ?? [];
    queue.byOwner.set(task.owner, tasks);
    const replaced = task.priority === 'draft' ? tasks.pop() : undefined;
    tasks.push(task);
    return replaced;
  }

  /** The task whose turn it is, of the given priorities; its owner goes to the end of the turns. */
  take(priorities: readonly TaskPriority[] = TASK_PRIORITIES): Task | undefined {
    const waiting = priorities.map((priority) => this.#queues[priority]).filter(({ byOwner }) => byOwner.size > 0);
    const nowMs = this.#nowMs();
    const queue = waiting.find(({ turnMs }) => nowMs - turnMs >= PATIENCE_MS) ?? waiting[0];
    const [turn] = queue?.byOwner ?? [];
    if (!queue || !turn) return undefined;
    const [owner, tasks] = turn;
    queue.turnMs = nowMs;
    queue.byOwner.delete(owner);
    if (tasks.length > 1) queue.byOwner.set(owner, tasks);
    return tasks.shift();
  }

  /** @returns false when the task does not wait any more */
  remove(task: Task): boolean {
    const { byOwner } = this.#queues[task.priority];
    const tasks = byOwner.get(task.owner);
    const at = tasks?.indexOf(task) ?? -1;
    if (!tasks || at < 0) return false;
    tasks.splice(at, 1);
    if (tasks.length === 0) byOwner.delete(task.owner);
    return true;
  }

  /** Takes all tasks out. */
  clear(): readonly Task[] {
    const tasks = this.#tasks(TASK_PRIORITIES);
    for (const priority of TASK_PRIORITIES) this.#queues[priority].byOwner.clear();
    return tasks;
  }

  #tasks(priorities: readonly TaskPriority[]): Task[] {
    return priorities.flatMap((priority) => [...this.#queues[priority].byOwner.values()].flat());
  }
}
