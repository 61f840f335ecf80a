import type { RefObject } from 'react';
import { ADMIN_MESSAGES as words } from '../messages/drift.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';

const KEYS = [
  ['Alt 1–5', words.keyViews],
  ['Alt N', words.keyNew],
  ['Alt Z', words.keyUndo],
  ['Esc', words.keyClose],
  ['?', words.keyList],
] as const;

export function KeyList({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog ref={dialog} className="form-dialog" aria-labelledby="keys-heading">
      <h2 id="keys-heading">{words.keysHeading}</h2>
      <dl>
        {KEYS.map(([keys, what]) => (
          <div key={keys} className="key">
            <dt>
              <kbd>{keys}</kbd>
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
