import { useEffect, useId, useRef, useState } from 'react';
import { isOpenNote } from '../../contracts/notes.ts';
import type { NoteView } from '../../contracts/notes-api.ts';
import type { LeftToDo } from '../../contracts/notes-left.ts';
import { NOTE_MENU_MESSAGES as menu } from '../messages/note-menu.sv.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import type { DeskState } from './desk-state.ts';
import { elementIdOf } from './follow-up-card.tsx';
import type { NoteDesk } from './note-desk.ts';
import { NoteMenu } from './note-menu.tsx';

interface Props {
  readonly desk: NoteDesk;
  readonly state: DeskState;
  readonly note: NoteView;
}

/** The way to the signature: the button says what is left, and shows it when it is pressed. */
export function SignPanel({ desk, state, note }: Props) {
  const [reason, setReason] = useState('');
  const reasonField = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const reasonId = useId();
  const { isLeftShown, save } = state;
  useEffect(() => {
    if (isLeftShown) list.current?.querySelector('button')?.focus();
  }, [isLeftShown]);
  if (note.state === 'discarded') return null;
  if (!note.may.decide) return <StandIn desk={desk} note={note} />;
  if (!isOpenNote(note.state)) {
    return (
      <section className="sign" aria-label={words.signing}>
        <p className="signed-mark">{words.signedVersion(note.signedVersion)}</p>
        <button type="button" onClick={() => void desk.decisions.amend()}>
          {words.amend}
        </button>
        <NoteMenu note={note} decisions={desk.decisions} />
      </section>
    );
  }
  const isAmending = note.state === 'amending';
  const sign = () => {
    if (isAmending && reason.trim() === '') {
      reasonField.current?.focus();
      return;
    }
    void desk.decisions.sign(isAmending ? reason.trim() : undefined);
  };
  return (
    <section className="sign" aria-label={words.signing}>
      {isAmending && (
        <div className="field-row">
          <label htmlFor={reasonId}>{words.amendReason}</label>
          <input
            id={reasonId}
            ref={reasonField}
            value={reason}
            maxLength={1000}
            aria-describedby={`${reasonId}-hint`}
            onChange={({ target }) => setReason(target.value)}
          />
          <p id={`${reasonId}-hint`} className="hint">
            {words.amendHint}
          </p>
        </div>
      )}
      <button type="button" className="primary" id="sign" aria-keyshortcuts="Alt+S" onClick={sign}>
        {words.sign}
        <span className="sign-left"> {leftInShort(note, isAmending && reason.trim() === '')}</span>
      </button>
      {isLeftShown && note.left.length === 0 && (save === 'offline' || save === 'refused') && (
        <p>{words.leftUnsaved}</p>
      )}
      {isLeftShown && note.left.length > 0 && (
        <div ref={list} role="alert">
          <p>{words.leftToDo(note.left.length)}</p>
          <ul className="left">
            {note.left.map((one) => (
              <li key={one.kind === 'unstated' ? one.kind : one.followUpId}>
                <button type="button" className="plain" onClick={() => jumpTo(one)}>
                  {one.kind === 'unstated' ? words.leftUnstated : words.leftUndecided(one.source.text)}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <NoteMenu key={note.state} note={note} decisions={desk.decisions} />
    </section>
  );
}

/** A note that its author leaves unsigned is not left alone: whoever works there can sign it. */
function StandIn({ desk, note }: Pick<Props, 'desk' | 'note'>) {
  if (!isOpenNote(note.state) || !desk.isClinician) return null;
  return (
    <section className="sign" aria-label={words.signing}>
      <p>{menu.standInText}</p>
      <button type="button" onClick={() => void desk.decisions.setDeputy(desk.staffId)}>
        {menu.standIn}
      </button>
    </section>
  );
}

function leftInShort({ left }: NoteView, isReasonMissing: boolean): string {
  const undecided = left.filter(({ kind }) => kind === 'undecided').length;
  if (undecided > 0) return `– ${words.followUpsLeft(undecided)}`;
  if (left.length > 0) return `– ${words.statementLeft}`;
  return isReasonMissing ? `– ${words.leftReason}` : '';
}

function jumpTo(left: LeftToDo): void {
  const id = left.kind === 'unstated' ? 'say-none' : elementIdOf({ id: left.followUpId });
  document.getElementById(id)?.focus();
}
