import { type FormEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import type { Addressee } from '../../contracts/notes-api-cards.ts';
import type { QuestionAnswer, QuestionLine } from '../../contracts/notes-api-questions.ts';
import { NOTE_MENU_MESSAGES as words } from '../messages/note-menu.sv.ts';
import { NOTE_FAILURES, NOTE_MESSAGES } from '../messages/notes.sv.ts';
import { errorMessage } from '../messages.sv.ts';
import { AddresseeField, addresseeOf } from './addressee-field.tsx';
import { AnswerForm } from './answer-form.tsx';

interface Props {
  readonly question: QuestionLine;
  /** Why the answer was not taken. */
  readonly failure: string | undefined;
  /** Whether the answer can decide on a follow-up, too. */
  readonly mayDecide: boolean;
  readonly onAnswer: (answer: QuestionAnswer) => void;
  readonly onPassOn: (to: Addressee) => void;
  /** Absent where there is no page of the note to go to. */
  readonly onOpenNote?: () => void;
  readonly onClose: () => void;
}

/** A question to whoever is signed in: from whom, in what words, about what; and the answer, or the way on. */
export function QuestionDialog({ question, failure, mayDecide, onAnswer, onPassOn, onOpenNote, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isPassing, setPassing] = useState(false);
  const headingId = useId();
  const { patient, askedBy, ageHours, text, source, followUpId } = question;
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Closed, not only taken away: so the focus goes back to where it was.
    return () => shown?.close();
  }, []);
  const name = patient.protectedIdentity ? words.protectedIdentity : `${patient.givenName} ${patient.familyName}`;
  return (
    <dialog ref={dialog} className="question" aria-labelledby={headingId} onClose={onClose}>
      <h2 id={headingId}>{name}</h2>
      <p className="hint">{followUpId === null ? words.aboutTask : words.aboutCard}</p>
      {source !== null && (
        <p>
          <q>{source.text}</q>
        </p>
      )}
      <p>{words.asked(`${askedBy.givenName} ${askedBy.familyName}`, ageHours)}</p>
      <blockquote>{text}</blockquote>
      {failure !== undefined && (
        <p className="problem" role="alert">
          {NOTE_FAILURES[failure] ?? errorMessage(failure)}
        </p>
      )}
      {isPassing ? (
        <PassOn unitId={question.unitId} onPassOn={onPassOn} />
      ) : (
        <AnswerForm question={question} mayDecide={mayDecide} onAnswer={onAnswer} />
      )}
      <div className="card-actions">
        <button type="button" aria-pressed={isPassing} onClick={() => setPassing(!isPassing)}>
          {words.passOn}
        </button>
        {onOpenNote && (
          <button type="button" onClick={onOpenNote}>
            {words.toNote}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {words.close}
        </button>
      </div>
    </dialog>
  );
}

function PassOn({ unitId, onPassOn }: Pick<Props, 'onPassOn'> & { unitId: string }) {
  const [problem, setProblem] = useState<string>();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const to = addresseeOf(new FormData(event.currentTarget));
    if (to === undefined) setProblem(NOTE_MESSAGES.askWhom);
    else onPassOn(to);
  };
  return (
    <form className="card-form" noValidate onSubmit={send}>
      <AddresseeField label={words.passOnWho} unitId={unitId} />
      <p className="problem" role="alert">
        {problem}
      </p>
      <div className="card-actions">
        <button type="submit" className="primary">
          {words.doPassOn}
        </button>
      </div>
    </form>
  );
}
