import type { RefObject } from 'react';
import { addMonths } from '../../followup/calendar/local-date.ts';
import { isWritingIn, usePlainKeys } from '../shell/use-plain-keys.ts';
import type { CalendarController } from './calendar-controller.ts';
import { go, toView } from './calendar-toolbar.tsx';
import { VIEW_NAMES } from './period.ts';

interface PageKeys {
  readonly date: RefObject<HTMLInputElement | null>;
  readonly jump: RefObject<HTMLInputElement | null>;
  readonly whose: RefObject<HTMLSelectElement | null>;
  readonly keyList: RefObject<HTMLDialogElement | null>;
  readonly areSingleKeysOn: boolean;
  readonly isNarrow: boolean;
  readonly onFind: () => void;
}

/** The page's keys, from end to end; the grid has its own beside them. */
export function useCalendarKeys(controller: CalendarController, keys: PageKeys): void {
  usePlainKeys((event) => actionOf(event, controller, keys));
}

function actionOf(
  { key, target, shiftKey }: KeyboardEvent,
  controller: CalendarController,
  { date, jump, whose, keyList, areSingleKeysOn, isNarrow, onFind }: PageKeys,
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
  if (key === 'PageUp' || key === 'PageDown') {
    const forward = key === 'PageDown' ? 1 : -1;
    return () =>
      shiftKey ? controller.show({ date: addMonths(shown.date, forward) }) : go(controller, shown, forward);
  }
  if (key.length !== 1 || !areSingleKeysOn) return undefined;
  if (key === '?') return () => keyList.current?.showModal();
  if (key === 't') return () => controller.show({ date: today });
  if (key === 'g') return () => date.current?.focus();
  if (key === 'v') return () => jump.current?.focus();
  if (key === 's') return onFind;
  if (key === '/') return () => whose.current?.focus();
  if (key === 'z' && undoable) return () => void mover.undo();
  const view = isNarrow ? undefined : VIEW_NAMES[Number(key) - 1];
  return view && (() => controller.show(toView(view, state.get())));
}
