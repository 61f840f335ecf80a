import { useId } from 'react';
import type { AnsweredCard, UnsignedNote, Visit } from '../../contracts/notes-api.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { NOTE_MENU_MESSAGES as menu } from '../messages/note-menu.sv.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import { ENCOUNTER_WORDS } from '../messages/queue.sv.ts';
import type { DeskState } from './desk-state.ts';
import { Age, nameInList, Reminded } from './line-parts.tsx';
import type { NoteDesk } from './note-desk.ts';
import { QuestionItem, ReminderItem } from './question-items.tsx';

interface Props {
  readonly desk: NoteDesk;
  readonly state: DeskState;
}

/** Today's visits and what nobody has signed, with what is left to do. */
export function WorklistColumn({ desk, state: { worklist, questions, reminders, hasListFailed, note } }: Props) {
  const headings = { reminders: useId(), questions: useId(), visits: useId(), notes: useId(), answered: useId() };
  const reminded = new Set(reminders.map(({ objectId }) => objectId));
  const listed = new Set([...questions, ...(worklist?.notes ?? [])].map(({ id }) => id));
  const elsewhere = reminders.filter(({ objectId }) => !listed.has(objectId));
  return (
    <nav className="worklist" aria-label={words.worklist}>
      {hasListFailed && (
        <p className="list-failure" role="alert">
          {words.listFailed}{' '}
          <button type="button" className="plain" onClick={() => void desk.refreshList()}>
            {words.retry}
          </button>
        </p>
      )}
      {!worklist && !hasListFailed && <p className="hint">{words.loadingList}</p>}
      {elsewhere.length > 0 && (
        <>
          <h2 id={headings.reminders}>{menu.reminders}</h2>
          <ul aria-labelledby={headings.reminders}>
            {elsewhere.map((reminder) => (
              <ReminderItem key={reminder.id} reminder={reminder} desk={desk} />
            ))}
          </ul>
        </>
      )}
      {questions.length > 0 && (
        <>
          <h2 id={headings.questions}>{menu.questions}</h2>
          <ul aria-labelledby={headings.questions}>
            {questions.map((question) => (
              <QuestionItem key={question.id} question={question} desk={desk} isReminded={reminded.has(question.id)} />
            ))}
          </ul>
        </>
      )}
      {worklist && worklist.answered.length > 0 && (
        <>
          <h2 id={headings.answered}>{words.answered}</h2>
          <ul aria-labelledby={headings.answered}>
            {worklist.answered.map((card) => (
              <AnsweredLine key={card.followUpId} card={card} desk={desk} isOpen={card.noteId === note?.id} />
            ))}
          </ul>
        </>
      )}
      {worklist && (
        <>
          <h2 id={headings.visits}>{words.visits}</h2>
          {worklist.visits.length === 0 && <p className="hint">{words.noVisits}</p>}
          <ul aria-labelledby={headings.visits}>
            {worklist.visits.map((visit) => (
              <VisitLine key={visit.encounterId} visit={visit} desk={desk} isOpen={isOpenVisit(visit, note)} />
            ))}
          </ul>
          <h2 id={headings.notes}>{words.unsigned}</h2>
          {worklist.notes.length === 0 && <p className="hint">{words.noUnsigned}</p>}
          <ul aria-labelledby={headings.notes}>
            {worklist.notes.map((unsigned) => (
              <NoteLine
                key={unsigned.id}
                note={unsigned}
                desk={desk}
                isOpen={unsigned.id === note?.id}
                isReminded={reminded.has(unsigned.id)}
              />
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

function VisitLine({ visit, desk, isOpen }: { visit: Visit; desk: NoteDesk; isOpen: boolean }) {
  const { patient, startsAt, kind, note } = visit;
  return (
    <li>
      <button type="button" aria-current={isOpen ? 'true' : undefined} onClick={() => void desk.openVisit(visit)}>
        <span className="line-head">
          <time dateTime={startsAt.toISOString()}>{stockholmClockAt(startsAt.getTime()).time.replace(':', '.')}</time>
          <b>{nameInList(patient)}</b>
        </span>
        <span className="line-rest">
          {ENCOUNTER_WORDS[kind]}, {note === null ? words.noNote : noteInWords(note)}
        </span>
      </button>
    </li>
  );
}

function NoteLine({
  note,
  desk,
  isOpen,
  isReminded,
}: {
  note: UnsignedNote;
  desk: NoteDesk;
  isOpen: boolean;
  isReminded: boolean;
}) {
  const { patient, ageHours, relation, author, isRecorded } = note;
  return (
    <li>
      <button type="button" aria-current={isOpen ? 'true' : undefined} onClick={() => void desk.openNote(note.id)}>
        <span className="line-head">
          <b>{nameInList(patient)}</b>
          {isReminded && <Reminded />}
        </span>
        <span className="line-rest">
          {isRecorded && `${words.recorded}, `}
          {leftInWords(note)}, <Age hours={ageHours} />
        </span>
        {relation !== 'author' && (
          <span className="line-rest">
            {words.relation[relation]}, {words.writtenBy(`${author.givenName} ${author.familyName}`)}
          </span>
        )}
      </button>
    </li>
  );
}

function AnsweredLine({ card, desk, isOpen }: { card: AnsweredCard; desk: NoteDesk; isOpen: boolean }) {
  return (
    <li>
      <button type="button" aria-current={isOpen ? 'true' : undefined} onClick={() => void desk.openNote(card.noteId)}>
        <span className="line-head">
          <b>{nameInList(card.patient)}</b>
        </span>
        <span className="line-rest">
          ”{card.source.text}”, <Age hours={card.ageHours} />
        </span>
      </button>
    </li>
  );
}

function isOpenVisit({ encounterId, note }: Visit, open: DeskState['note']): boolean {
  return open !== undefined && (note?.id === open.id || open.encounterId === encounterId);
}

function noteInWords({ state, undecided }: NonNullable<Visit['note']>): string {
  return state === 'signed' ? words.noteSigned : words.notesLeft(undecided);
}

function leftInWords({ undecided, asked, unstated }: UnsignedNote): string {
  const parts = [
    ...(undecided > 0 ? [words.followUpsLeft(undecided)] : []),
    ...(asked > 0 ? [words.waitsForAnswer(asked)] : []),
    ...(unstated ? [words.statementLeft] : []),
  ];
  return parts.length === 0 ? words.readyToSign : parts.join(', ');
}
