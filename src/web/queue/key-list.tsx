import type { RefObject } from 'react';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import { keepSingleKeys } from '../shell/single-keys.ts';

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['↓', '↑', 'J', 'K'], words.keyMove],
  [['Enter'], words.keyOpen],
  [['Esc'], words.keyClose],
  [['X'], words.keySelect],
  [['/'], words.keySearch],
  [['F'], words.keyFilter],
  [['G'], words.groupKey],
  [['1–9'], words.keyTabs],
  [['R'], words.keyAsk],
  [['V'], words.keyWait],
  [['S'], words.keyRelease],
  [['M'], words.keyCancel],
  [['T'], words.keyTakeOver],
  [['Z'], words.keyUndo],
  [['?'], words.keyList],
];

export function KeyList({
  dialog,
  areSingleKeysOn,
  onSingleKeys,
}: {
  dialog: RefObject<HTMLDialogElement | null>;
  areSingleKeysOn: boolean;
  onSingleKeys: (areOn: boolean) => void;
}) {
  const onChange = (areOn: boolean) => {
    keepSingleKeys(areOn);
    onSingleKeys(areOn);
  };
  return (
    <dialog ref={dialog} className="task-dialog" aria-labelledby="keys-heading">
      <h2 id="keys-heading">{words.keysHeading}</h2>
      <dl className="keys">
        {KEYS.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className="choice">
        <input type="checkbox" checked={areSingleKeysOn} onChange={({ target }) => onChange(target.checked)} />
        {words.singleKeys}
      </label>
      <form method="dialog">
        <button type="submit">{words.close}</button>
      </form>
    </dialog>
  );
}
