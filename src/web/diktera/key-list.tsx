import type { RefObject } from 'react';
import { NOTE_MESSAGES as notes } from '../messages/notes.sv.ts';
import { CORRECTION_MESSAGES } from '../messages/vocabulary.sv.ts';
import { messages } from '../messages.sv.ts';

type Keys = readonly (readonly [keys: readonly string[], what: string])[];

const KEYS: Keys = [
  [['F2'], messages.keyTalk],
  [['Esc'], messages.keyPause],
  [['Alt', '↓'], messages.keySectionNext],
  [['Alt', '↑'], messages.keySectionPrevious],
  [['Ctrl', 'Z'], messages.keyUndo],
  [['Alt', 'O'], messages.keyUncertain],
  [['Alt', 'L'], messages.keyHear],
  [['F1'], messages.keysHere],
];

const NOTE_KEYS: Keys = [
  [['Alt', 'N'], notes.keyNext],
  [['Alt', 'S'], notes.keySign],
  [['Alt', 'I'], notes.keyNone],
  [['Alt', 'G'], notes.keyMark],
  [['Alt', 'H'], notes.keySetAside],
  [['Alt', 'V'], notes.keyList],
  [['Alt', 'T'], notes.keyText],
  [['Alt', 'K'], CORRECTION_MESSAGES.keyAdd],
];

const CARD_KEYS: Keys = [
  [['B'], notes.keyConfirm],
  [['Ä'], notes.keyChange],
  [['F'], notes.keyAsk],
  [['I'], notes.keyNothing],
  [['U'], notes.keyNot],
  [['Z'], notes.keyUndo],
  [['L'], notes.keyHear],
  [['↓', '↑'], notes.keyCards],
  [['Esc'], notes.keyLeave],
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
export function KeyList({ dialog, hasNotes }: { dialog: RefObject<HTMLDialogElement | null>; hasNotes: boolean }) {
  return (
    <dialog ref={dialog} aria-labelledby="keys-heading">
      <h2 id="keys-heading">{messages.keysHeading}</h2>
      <KeyTable keys={KEYS} />
      {hasNotes && (
        <>
          <h3>{notes.keysHeading}</h3>
          <KeyTable keys={NOTE_KEYS} />
          <h3>{notes.cardHeading}</h3>
          <KeyTable keys={CARD_KEYS} />
        </>
      )}
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

function KeyTable({ keys: table }: { keys: Keys }) {
  return (
    <dl>
      {table.map(([keys, what]) => (
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
  );
}
