import type { RefObject } from 'react';
import { isWritingIn, usePlainKeys } from '../shell/use-plain-keys.ts';
import type { CalendarController } from './calendar-controller.ts';
import { go, toView } from './calendar-toolbar.tsx';
import { VIEW_NAMES } from './period.ts';

interface PageKeys {
  readonly date: RefObject<HTMLInputElement | null>;
  readonly whose: RefObject<HTMLSelectElement | null>;
  readonly keyList: RefObject<HTMLDialogElement | null>;
  readonly areSingleKeysOn: boolean;
  readonly isNarrow: boolean;
}

/** The page's keys, from end to end; the grid has its own beside them. */
export function useCalendarKeys(controller: CalendarController, keys: PageKeys): void {
  usePlainKeys((event) => actionOf(event, controller, keys));
}

function actionOf(
  { key, target }: KeyboardEvent,
  controller: CalendarController,
  { date, whose, keyList, areSingleKeysOn, isNarrow }: PageKeys,
): (() => void) | undefined {
  const { state, mover, opening } = controller;
  const { shown, open, carry, undoable, today } = state.get();
  if (key === 'Escape') {
    if (carry) return () => mover.putBack();
    if (!open) return undefined;
    return () => {
      opening.close();
      state.change({ wantedFocus: open.kind === 'free' ? open.place.key : open.id });
    };
  }
  if (isWritingIn(target)) return undefined;
  if (key === 'PageUp') return () => go(controller, shown, -1);
  if (key === 'PageDown') return () => go(controller, shown, 1);
  if (key.length !== 1 || !areSingleKeysOn) return undefined;
  if (key === '?') return () => keyList.current?.showModal();
  if (key === 't') return () => controller.show({ date: today });
  if (key === 'g') return () => date.current?.focus();
  if (key === '/') return () => whose.current?.focus();
  if (key === 'z' && undoable) return () => void mover.undo();
  const view = isNarrow ? undefined : VIEW_NAMES[Number(key) - 1];
  return view && (() => controller.show(toView(view, state.get())));
}
