import type { RefObject } from 'react';
import { messages } from '../messages.sv.ts';

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['F2'], messages.keyTalk],
  [['Esc'], messages.keyPause],
  [['Alt', '↓'], messages.keySectionNext],
  [['Alt', '↑'], messages.keySectionPrevious],
  [['Ctrl', 'Z'], messages.keyUndo],
  [['Alt', 'L'], messages.keyHear],
  [['F1'], messages.keysHere],
];

const BUTTONS: readonly (readonly [button: string, what: string])[] = [
  [messages.buttonRecord, messages.buttonTalk],
  [messages.buttonPedal, messages.buttonHold],
  [messages.buttonStop, messages.keyPause],
  [messages.buttonForward, messages.keySectionNext],
  [messages.buttonBackward, messages.keySectionPrevious],
  [messages.buttonFunction, messages.keyUndo],
  [messages.buttonPlay, messages.keyHear],
];

/** The page's keys, and the buttons of dictation microphones and pedals. */
export function KeyList({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  return (
    <dialog ref={dialog} aria-labelledby="keys-heading">
      <h2 id="keys-heading">{messages.keysHeading}</h2>
      <dl>
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
      <h3>{messages.buttonsHeading}</h3>
      <dl>
        {BUTTONS.map(([button, what]) => (
          <div key={button}>
            <dt>{button}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit">{messages.close}</button>
      </form>
    </dialog>
  );
}
