import './forms.css';
import { type RefObject, useEffect, useRef } from 'react';
import { SHELL_MESSAGES as words } from '../messages/shell.sv.ts';
import { isWritingIn } from './use-plain-keys.ts';

/** Keys that are pressed together, and what they do. */
export type ListedKeys = readonly (readonly [keys: readonly string[], what: string])[];
/** What Alt and a key do, by the key's code (KeyN); undefined for a key that does nothing. */
export type AltKeys = (code: string) => (() => void) | undefined;

interface PageKeysParts {
  readonly keys: ListedKeys;
  readonly altKeys: AltKeys;
}

const ITS_OWN = [['?', 'F1'], words.keyList] as const;

/** A page's keys, and at its foot the way to the list of them. They go with Alt, so that they write nothing in a form. */
export function PageKeys({ keys, altKeys }: PageKeysParts) {
  const dialog = useRef<HTMLDialogElement>(null);
  useKeys(dialog, altKeys);
  return (
    <>
      <footer>
        <button type="button" className="plain" aria-keyshortcuts="? F1" onClick={() => dialog.current?.showModal()}>
          {words.showKeys}
        </button>
      </footer>
      <dialog ref={dialog} className="form-dialog" aria-labelledby="keys-heading">
        <h2 id="keys-heading">{words.keysHeading}</h2>
        <dl>
          {[...keys, ITS_OWN].map(([together, what]) => (
            <div key={what} className="key">
              <dt>
                {together.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog">
          <button type="submit">{words.close}</button>
        </form>
      </dialog>
    </>
  );
}

/** A dialog that is open has its keys to itself. */
function useKeys(dialog: RefObject<HTMLDialogElement | null>, altKeys: AltKeys): void {
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return;
      const act = asksForList(event) ? () => dialog.current?.showModal() : withAlt(event, altKeys);
      if (!act) return;
      event.preventDefault();
      if (!event.repeat) act();
    };
    addEventListener('keydown', onDown);
    return () => removeEventListener('keydown', onDown);
  }, [dialog, altKeys]);
}

function asksForList({ key, target }: KeyboardEvent): boolean {
  return key === 'F1' || (key === '?' && !isWritingIn(target));
}

function withAlt({ code, altKey, ctrlKey, metaKey }: KeyboardEvent, altKeys: AltKeys) {
  return altKey && !ctrlKey && !metaKey ? altKeys(code) : undefined;
}
