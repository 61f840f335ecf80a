import './forms.css';
import './single-key-list.css';
import type { RefObject } from 'react';
import { SHELL_MESSAGES as words } from '../messages/shell.sv.ts';
import type { ListedKeys } from './page-keys.tsx';
import { keepSingleKeys } from './single-keys.ts';

interface SingleKeyListProps {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly heading: string;
  readonly keys: ListedKeys;
  /** What the choice says by which keys without Ctrl and Alt are switched off. */
  readonly choice: string;
  readonly areSingleKeysOn: boolean;
  readonly onSingleKeys: (areOn: boolean) => void;
}

/** The list of a page's keys that go without Ctrl and Alt, and the choice to do without them. */
export function SingleKeyList(props: SingleKeyListProps) {
  const { dialog, heading, keys, choice, areSingleKeysOn, onSingleKeys } = props;
  const onChange = (areOn: boolean) => {
    keepSingleKeys(areOn);
    onSingleKeys(areOn);
  };
  return (
    <dialog ref={dialog} className="form-dialog" aria-labelledby="keys-heading">
      <h2 id="keys-heading">{heading}</h2>
      <dl className="keys">
        {keys.map(([together, what]) => (
          <div key={what}>
            <dt>
              {together.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className="form-choice">
        <input type="checkbox" checked={areSingleKeysOn} onChange={({ target }) => onChange(target.checked)} />
        {choice}
      </label>
      <form method="dialog">
        <button type="submit">{words.close}</button>
      </form>
    </dialog>
  );
}
