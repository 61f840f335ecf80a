import { isOpenNote } from '../../contracts/notes.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import type { DeskState } from './desk-state.ts';
import { FollowUpCardView } from './follow-up-card.tsx';
import type { NoteDesk } from './note-desk.ts';
import { SetAsideList } from './set-aside-list.tsx';
import { SignPanel } from './sign-panel.tsx';

/** The follow-ups of the open note as cards, and its signature. */
export function FollowUpColumn({ desk, state }: { desk: NoteDesk; state: DeskState }) {
  const { note, lit, selected } = state;
  if (!note) return null;
  const { date: today } = stockholmClockAt(Date.now());
  const isOpen = isOpenNote(note.state);
  const cards = note.followUps;
  return (
    <aside className="follow-ups" aria-label={words.followUps}>
      <SignPanel key={note.id} desk={desk} state={state} note={note} />
      <div className="cards">
        {cards.map((card) => (
          <FollowUpCardView
            key={card.id}
            card={card}
            cards={cards}
            desk={desk}
            today={today}
            isLit={card.id === lit}
            isOpen={isOpen}
            mayDecide={note.may.decide}
          />
        ))}
      </div>
      {isOpen && <NoneFound desk={desk} state={state} />}
      {isOpen && <SetAsideList desk={desk} note={note} />}
      {note.may.write && (
        <div className="mark">
          <button
            type="button"
            aria-keyshortcuts="Alt+G"
            disabled={selected === ''}
            onClick={() => void desk.decisions.markSelection()}
          >
            {words.makeFollowUp}
          </button>
          <p className="hint">{words.markHint}</p>
        </div>
      )}
    </aside>
  );
}

/** That nothing is to be followed up is stated by a person, never taken for granted. */
function NoneFound({ desk, state: { note } }: { desk: NoteDesk; state: DeskState }) {
  const needed = note!.left.some(({ kind }) => kind === 'unstated');
  const isNone = note!.followUps.every(({ state }) => state === 'not_follow_up');
  if (!isNone) return null;
  if (!needed) return <p className="none">{words.saidNone}</p>;
  return (
    <div className="none">
      <p>{words.noneFound}</p>
      <button
        type="button"
        id="say-none"
        aria-keyshortcuts="Alt+I"
        disabled={!note!.may.decide}
        onClick={() => void desk.decisions.sayNone()}
      >
        {words.sayNone}
      </button>
    </div>
  );
}
