import type { RefObject } from 'react';
import { isWritingIn, usePlainKeys } from '../shell/use-plain-keys.ts';
import type { QueueController } from './queue-controller.ts';
import { toggleSelected } from './queue-table.tsx';

/** What keys do that the page itself shows. */
export interface PageKeys {
  readonly grid: RefObject<HTMLElement | null>;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly areSingleKeysOn: boolean;
  readonly onFilters: () => void;
  readonly onKeyList: () => void;
  /** Begins something with the open task, or with those selected. */
  readonly onAct: (action: TaskKeyAction) => void;
}

export type TaskKeyAction = 'release' | 'ask' | 'wait' | 'cancel' | 'takeOver';

const PAGE_ROWS = 10;
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  PageDown: PAGE_ROWS,
  PageUp: -PAGE_ROWS,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

const ACTIONS: Readonly<Record<string, TaskKeyAction>> = {
  s: 'release',
  r: 'ask',
  v: 'wait',
  m: 'cancel',
  t: 'takeOver',
};

/** The page's keys, from end to end. */
export function useQueueKeys(controller: QueueController | undefined, keys: PageKeys): void {
  usePlainKeys((event) => controller && actionOf(event, controller, keys));
}

function actionOf(
  { key, target }: KeyboardEvent,
  controller: QueueController,
  { grid, search, areSingleKeysOn, onFilters, onKeyList, onAct }: PageKeys,
): (() => void) | undefined {
  const { state, opening, actions, list } = controller;
  const { open, activeId, selectedIds, tabs, isGrouped } = state.get();
  const toGrid = () => grid.current?.focus();
  const isWriting = isWritingIn(target);
  if (key === 'Escape') {
    if (open) {
      return () => {
        void opening.close();
        toGrid();
      };
    }
    return selectedIds.size > 0 && !isWriting ? () => state.change({ selectedIds: new Set() }) : toGrid;
  }
  if (isWriting) {
    const isLeavingSearch = target === search.current && (key === 'ArrowDown' || key === 'Enter');
    return isLeavingSearch ? toGrid : undefined;
  }
  const isSingle = key.length === 1;
  if (isSingle && !areSingleKeysOn) return undefined;
  const isInGrid = target === grid.current || target === document.body;
  const step = STEPS[key];
  if (step !== undefined && isInGrid) return () => move(controller, step);
  if (key === 'Enter' && isInGrid && activeId !== undefined) return () => void opening.open(activeId);
  const action = ACTIONS[key];
  if (action) return () => onAct(action);
  if (key === 'x' && activeId !== undefined && !open) return () => toggleSelected(controller, activeId);
  if (key === 'z') return () => void actions.undo().then(() => opening.follow());
  if (key === '/') return () => search.current?.focus();
  if (key === '?') return onKeyList;
  if (key === 'f') return onFilters;
  if (key === 'g') return () => state.change({ isGrouped: !isGrouped });
  const tab = /^[1-9]$/.test(key) ? tabs[Number(key) - 1] : undefined;
  return tab && (() => void list.show(tab.filter));
}

/** Goes some rows down; to the end of the queue, which is loaded on the way, for infinity. */
function move({ state, list }: QueueController, step: number): void {
  const { tasks, activeId, hasMore } = state.get();
  const from = tasks.findIndex(({ id }) => id === activeId);
  const to = Math.max(0, Math.min(tasks.length - 1, from + step));
  const task = tasks[to];
  if (task) state.change({ activeId: task.id });
  if (step !== Number.POSITIVE_INFINITY || !hasMore) return;
  void list.loadTo(Number.POSITIVE_INFINITY).then(() => state.change({ activeId: state.get().tasks.at(-1)?.id }));
}
