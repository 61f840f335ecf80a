import { z } from 'zod';
import { MAX_TABS, TaskFilter } from '../../contracts/queue-api.ts';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';

/** A filter with a name. */
const QueueTab = z.object({ name: z.string(), filter: TaskFilter, isOwn: z.boolean() });
export type QueueTab = z.infer<typeof QueueTab>;

const STORAGE_KEY = 'taltid-queue-tabs';
const MAX_NAME_CHARACTERS = 40;

const FIXED_TABS: readonly QueueTab[] = [
  { name: words.tabAll, filter: {}, isOwn: false },
  { name: words.tabNew, filter: { state: 'new' }, isOwn: false },
  { name: words.tabUrgent, filter: { within: 5 }, isOwn: false },
  { name: words.tabMine, filter: { mine: 'true' }, isOwn: false },
  { name: words.tabQuestions, filter: { state: 'question' }, isOwn: false },
  { name: words.tabWaiting, filter: { state: 'waiting' }, isOwn: false },
  { name: words.tabInterpreter, filter: { interpreter: 'true' }, isOwn: false },
  { name: words.tabLacksLetter, filter: { lacksLetter: 'true' }, isOwn: false },
];
/** One count more than tabs is asked for: that of the filter as it is. */
const MAX_OWN_TABS = MAX_TABS - FIXED_TABS.length - 1;

/** The tabs that everybody has, then those that were saved in this browser. */
export function readTabs(): QueueTab[] {
  return [...FIXED_TABS, ...ownTabs()];
}

/** Keeps the filter under a name, without what was searched for: a patient's name is kept nowhere. */
export function saveTab(name: string, { q: _, ...filter }: TaskFilter): QueueTab[] {
  const own = ownTabs().filter((tab) => tab.name !== name);
  const saved = [...own, { name: name.trim().slice(0, MAX_NAME_CHARACTERS), filter, isOwn: true }];
  return keep(saved.slice(-MAX_OWN_TABS));
}

export function removeTab(name: string): QueueTab[] {
  return keep(ownTabs().filter((tab) => tab.name !== name));
}

function keep(own: readonly QueueTab[]): QueueTab[] {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(own));
  } catch {
    // A browser that keeps nothing has them until the page is left.
  }
  return [...FIXED_TABS, ...own];
}

function ownTabs(): QueueTab[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return z.array(QueueTab).parse(kept).slice(-MAX_OWN_TABS);
  } catch {
    return [];
  }
}

/** Whether two filters let the same through. */
export function isSameFilter(one: TaskFilter, other: TaskFilter): boolean {
  const text = (filter: TaskFilter) =>
    JSON.stringify(
      Object.entries(filter)
        .filter(([, value]) => value !== undefined)
        .sort(([first], [second]) => first.localeCompare(second)),
    );
  return text(one) === text(other);
}
