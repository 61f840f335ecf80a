import { type RefObject, useEffect } from 'react';

/** Where letters are written. */
const WRITING = 'input, textarea, select';

/** The page's keys: with Alt, so that they write nothing in a form. */
export function useAdminKeys(keyList: RefObject<HTMLDialogElement | null>): void {
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      // A dialog has its keys to itself.
      const act = document.querySelector('dialog[open]') ? undefined : actionOf(event, keyList);
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', onDown);
    return () => removeEventListener('keydown', onDown);
  }, [keyList]);
}

function actionOf(
  { key, code, altKey, target }: KeyboardEvent,
  keyList: RefObject<HTMLDialogElement | null>,
): (() => void) | undefined {
  if (key === '?' && !(target instanceof HTMLElement && target.matches(WRITING))) {
    return () => keyList.current?.showModal();
  }
  if (!altKey) return undefined;
  const place = /^Digit([1-9])$/.exec(code)?.[1];
  if (place !== undefined) return () => document.querySelectorAll<HTMLElement>('.views a')[Number(place) - 1]?.click();
  if (code === 'KeyN') return () => document.getElementById('new')?.click();
  if (code === 'KeyZ') return () => document.getElementById('undo')?.click();
  return undefined;
}
