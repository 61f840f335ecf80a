import type { QueueTask } from '../../contracts/queue-api.ts';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';

/** A line of the table. */
export type QueueLine =
  | { readonly kind: 'task'; readonly task: QueueTask }
  | { readonly kind: 'heading'; readonly text: string }
  /** One that is not loaded yet. */
  | { readonly kind: 'blank' };

/** Of a heading between the tasks, in pixels. */
const HEADING_PX = 44;

/** How much slack there is, in working days; late where no time is left before måldatum. */
export type Nearness = 'late' | 'near' | 'soon' | 'later' | 'undated';

const NEAR_WORKING_DAYS = 5;
const SOON_WORKING_DAYS = 15;

const HEADINGS: Readonly<Record<Nearness, string>> = {
  late: words.groupLate,
  near: words.groupNear,
  soon: words.groupSoon,
  later: words.groupLater,
  undated: words.groupUndated,
};

export function nearnessOf({ slackWorkingDays: slack, targetDate }: QueueTask, today: string): Nearness {
  if (slack === null || targetDate === null) return 'undated';
  if (slack < 0 || targetDate < today) return 'late';
  if (slack <= NEAR_WORKING_DAYS) return 'near';
  return slack <= SOON_WORKING_DAYS ? 'soon' : 'later';
}

/** The tasks in their order, under headings when they are grouped, and blanks up to `total`. */
export function linesOf(
  tasks: readonly QueueTask[],
  { isGrouped, total, today }: { isGrouped: boolean; total: number; today: string },
): QueueLine[] {
  const lines: QueueLine[] = [];
  let group: Nearness | undefined;
  for (const task of tasks) {
    const nearness = nearnessOf(task, today);
    if (isGrouped && nearness !== group) lines.push({ kind: 'heading', text: HEADINGS[nearness] });
    group = nearness;
    lines.push({ kind: 'task', task });
  }
  for (let left = total - tasks.length; left > 0; left -= 1) lines.push({ kind: 'blank' });
  return lines;
}

/** Where each line begins, in pixels, and after them where the last one ends. */
export function topsOf(lines: readonly QueueLine[], rowHeight: number): number[] {
  const tops = [0];
  for (const { kind } of lines) tops.push(tops.at(-1)! + (kind === 'heading' ? HEADING_PX : rowHeight));
  return tops;
}
