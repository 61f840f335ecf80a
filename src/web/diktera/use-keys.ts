import { type RefObject, useEffect } from 'react';
import type { DictationController } from './dictation-controller.ts';
import { goToNextUncertain } from './uncertain-words.ts';

/** The page's keys. They are such as write nothing, so that they work in the middle of the text. */
export function useKeys(
  controller: DictationController | undefined,
  keyList: RefObject<HTMLDialogElement | null>,
): void {
  useEffect(() => {
    if (!controller) return;
    const onDown = (event: KeyboardEvent) => {
      // A dialog has its keys to itself.
      const act = document.querySelector('dialog[open]') ? undefined : actionOf(event, controller, keyList);
      if (!act) return;
      event.preventDefault();
      if (!event.repeat) act();
    };
    const onUp = ({ key }: KeyboardEvent) => {
      if (key === 'F2') controller.listening.talk(false);
    };
    // Whoever holds the key and goes to another window lets it go there.
    const onBlur = () => controller.listening.talk(false);
    addEventListener('keydown', onDown);
    addEventListener('keyup', onUp);
    addEventListener('blur', onBlur);
    return () => {
      removeEventListener('keydown', onDown);
      removeEventListener('keyup', onUp);
      removeEventListener('blur', onBlur);
    };
  }, [controller, keyList]);
}

function actionOf(
  { key, altKey, code, target }: KeyboardEvent,
  controller: DictationController,
  keyList: RefObject<HTMLDialogElement | null>,
): (() => void) | undefined {
  const isWriting = target instanceof HTMLElement && target.isContentEditable;
  if (key === 'F2') return () => controller.listening.talk(true);
  if (key === 'F1' || (key === '?' && !isWriting)) return () => keyList.current?.showModal();
  if (key === 'Escape') return () => controller.listening.pause();
  if (altKey && key === 'ArrowDown') return () => controller.goToSection(1);
  if (altKey && key === 'ArrowUp') return () => controller.goToSection(-1);
  if (altKey && code === 'KeyL') return () => controller.editor.hearWordAtCursor();
  if (altKey && code === 'KeyO') return () => goToNextUncertain(controller);
  return undefined;
}
