import { useEffect, useId, useRef } from 'react';
import type { LeftNote } from '../../contracts/notes-api.ts';
import { NOTE_MESSAGES as notes } from '../messages/notes.sv.ts';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import { cardTitle } from '../notes/card-words.ts';

/** Notes that nobody has signed in time, the oldest first, with what hides in them: somebody can be called about it. */
export function LeftNotesDialog({ left, onClose }: { left: readonly LeftNote[]; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="task-dialog left-notes" aria-labelledby={headingId} onClose={onClose}>
      <h2 id={headingId}>{words.leftHeading}</h2>
      <p className="hint">{words.leftHint}</p>
      <ul>
        {left.map((note) => (
          <li key={note.id}>
            <LeftNoteView note={note} />
          </li>
        ))}
      </ul>
      <form method="dialog">
        <button type="submit">{words.close}</button>
      </form>
    </dialog>
  );
}

function LeftNoteView({ note }: { note: LeftNote }) {
  const { patient, author, deputy, ageHours, followUps } = note;
  const name = patient.protectedIdentity ? words.protectedName : `${patient.givenName} ${patient.familyName}`;
  return (
    <>
      <p>
        <strong>{name}</strong>, <span className="old">{notes.age(ageHours)}</span>
      </p>
      <p className="hint">
        {words.leftBy(`${author.givenName} ${author.familyName}`, deputy && `${deputy.givenName} ${deputy.familyName}`)}
      </p>
      {followUps.length > 0 && (
        <ul>
          {followUps.map((card) => (
            <li key={card.id}>
              {cardTitle(card)}: <q>{card.source.text}</q>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
