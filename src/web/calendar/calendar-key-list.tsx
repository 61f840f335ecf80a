import type { RefObject } from 'react';
import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import { keepSingleKeys } from '../shell/single-keys.ts';

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['↓', '↑', '←', '→'], words.keyMove],
  [['Home', 'End'], words.keyEnds],
  [['Enter'], words.keyOpen],
  [['M'], words.keyPickUp],
  [['Esc'], words.keyEscape],
  [['Z'], words.keyUndo],
  [['Page Up', 'Page Down'], words.keyPeriod],
  [['T'], words.keyToday],
  [['G'], words.keyDate],
  [['1', '2', '3'], words.keyViews],
  [['/'], words.keyWhose],
  [['?'], words.keyList],
];

export function CalendarKeyList({
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
    <dialog ref={dialog} className="form-dialog" aria-labelledby="keys-heading">
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
      <label className="form-choice">
        <input type="checkbox" checked={areSingleKeysOn} onChange={({ target }) => onChange(target.checked)} />
        {words.singleKeys}
      </label>
      <form method="dialog">
        <button type="submit">{words.close}</button>
      </form>
    </dialog>
  );
}
