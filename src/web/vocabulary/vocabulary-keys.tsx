import { type RefObject, useEffect } from 'react';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { VOCABULARY_MESSAGES as words } from '../messages/vocabulary.sv.ts';

/** With Alt, so that they write nothing where one writes. */
const KEYS: Readonly<Record<string, string>> = { KeyN: '[data-key="new"]', KeyS: '[data-key="search"]' };
const LISTED: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['Alt', 'N'], words.keyNew],
  [['Alt', 'S'], words.keySearch],
  [['Alt', 'R'], words.keyTrial],
  [['F1'], words.keyList],
];

export function useVocabularyKeys(keyList: RefObject<HTMLDialogElement | null>): void {
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return;
      const act = actionOf(event, keyList);
      if (!act) return;
      event.preventDefault();
      if (!event.repeat) act();
    };
    addEventListener('keydown', onDown);
    return () => removeEventListener('keydown', onDown);
  }, [keyList]);
}

function actionOf(
  { key, code, altKey, ctrlKey, metaKey, target }: KeyboardEvent,
  keyList: RefObject<HTMLDialogElement | null>,
): (() => void) | undefined {
  const isWriting = target instanceof HTMLElement && target.matches('input:not([type=checkbox]), select, textarea');
  if (key === 'F1' || (key === '?' && !isWriting)) return () => keyList.current?.showModal();
  if (!altKey || ctrlKey || metaKey) return undefined;
  if (code === 'KeyR') return () => document.querySelector<HTMLElement>('[data-key="trial"]')?.click();
  const field = KEYS[code];
  return field === undefined ? undefined : () => document.querySelector<HTMLElement>(field)?.focus();
}

/** The page's keys. */
export function KeyList({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog ref={dialog} aria-labelledby="keys-heading">
      <h2 id="keys-heading">{words.keysHeading}</h2>
      <dl>
        {LISTED.map(([keys, what]) => (
          <div key={what} className="key">
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">{SHELL_MESSAGES.close}</button>
      </form>
    </dialog>
  );
}
