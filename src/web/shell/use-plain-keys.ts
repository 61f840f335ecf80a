import { useEffect } from 'react';

/** Where letters are written. */
const WRITING = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';

export function isWritingIn(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches(WRITING);
}

/** A page's keys without Ctrl and Alt: what a key does now, or nothing. A dialog that is open has its keys to itself. */
export function usePlainKeys(actionOf: (event: KeyboardEvent) => (() => void) | undefined): void {
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      // The browser has those with Ctrl and Alt.
      if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
      const act = actionOf(event);
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onDown);
    return () => removeEventListener('keydown', onDown);
  });
}
