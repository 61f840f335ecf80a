import type { QuestionLine, ReminderLine } from '../../contracts/notes-api-questions.ts';
import { NOTE_MENU_MESSAGES as menu } from '../messages/note-menu.sv.ts';
import { Age, nameInList, Reminded } from './line-parts.tsx';
import type { NoteDesk } from './note-desk.ts';

/** What somebody asks the reader. */
export function QuestionItem({
  question,
  desk,
  isReminded,
}: {
  question: QuestionLine;
  desk: NoteDesk;
  isReminded: boolean;
}) {
  const { patient, askedBy, text, ageHours } = question;
  return (
    <li>
      <button type="button" aria-haspopup="dialog" onClick={() => desk.questions.open(question)}>
        <span className="line-head">
          <b>{nameInList(patient)}</b>
          {isReminded && <Reminded />}
        </span>
        <span className="line-rest question-text">{text}</span>
        <span className="line-rest">
          {menu.questionFrom(`${askedBy.givenName} ${askedBy.familyName}`)}, <Age hours={ageHours} />
        </span>
      </button>
    </li>
  );
}

/** Of something that no other list of the page has. */
export function ReminderItem({ reminder, desk }: { reminder: ReminderLine; desk: NoteDesk }) {
  const { kind, objectId, patient, ageHours } = reminder;
  const isOfNote = kind === 'note_unsigned' || kind === 'draft_to_sign';
  const what = (
    <>
      <span className="line-head">
        <b>{nameInList(patient)}</b>
      </span>
      <span className="line-rest">
        {menu.remindedOf[kind]}, <Age hours={ageHours} />
      </span>
    </>
  );
  return (
    <li className="reminder">
      {isOfNote ? (
        <button type="button" onClick={() => void desk.openNote(objectId)}>
          {what}
        </button>
      ) : (
        <p>{what}</p>
      )}
      <button
        type="button"
        className="plain"
        aria-label={menu.putAway(nameInList(patient))}
        onClick={() => void desk.questions.dismiss(reminder)}
      >
        ×
      </button>
    </li>
  );
}
