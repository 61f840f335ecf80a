import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { isOpenNote } from '../../contracts/notes.ts';
import type { NoteView } from '../../contracts/notes-api.ts';
import { NOTE_MENU_MESSAGES as words } from '../messages/note-menu.sv.ts';
import { CardForm } from './card-form.tsx';
import { findColleagues, findPatients } from './directory.ts';
import type { NoteDecisions } from './note-decisions.ts';
import { PeoplePicker } from './people-picker.tsx';
import { ReasonField } from './reason-field.tsx';

type Choice = 'cancelAmendment' | 'discard' | 'deputy' | 'move';

interface Props {
  readonly note: NoteView;
  readonly decisions: NoteDecisions;
}

/** What is seldom done with a note as a whole; each is said again before it is done. */
export function NoteMenu({ note, decisions }: Props) {
  const [choice, setChoice] = useState<Choice>();
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => {
    setChoice(undefined);
    menu.current?.querySelector('summary')?.focus();
  };
  const finish = (done: Promise<boolean>) => void done.then((isDone) => isDone && setChoice(undefined));
  const parts = { note, decisions, onClose: close, finish };
  return (
    <details ref={menu} className="note-menu">
      <summary>{words.more}</summary>
      {choice === undefined ? (
        <div className="note-menu-choices">
          {choicesOf(note).map((one) => (
            <button key={one} type="button" onClick={() => setChoice(one)}>
              {words[one]}
            </button>
          ))}
        </div>
      ) : (
        formOf(choice, parts)
      )}
    </details>
  );
}

function choicesOf({ state }: NoteView): Choice[] {
  if (!isOpenNote(state)) return ['move'];
  return ['deputy', 'move', state === 'amending' ? 'cancelAmendment' : 'discard'];
}

interface FormProps extends Props {
  readonly onClose: () => void;
  readonly finish: (done: Promise<boolean>) => void;
}

function formOf(choice: Choice, parts: FormProps): ReactNode {
  const { note, decisions, onClose, finish } = parts;
  switch (choice) {
    case 'cancelAmendment':
      return (
        <Assurance
          heading={words.cancelAmendment}
          onSubmit={() => finish(decisions.cancelAmendment())}
          onClose={onClose}
        >
          {words.cancelAmendmentText}
        </Assurance>
      );
    case 'discard': {
      const asksForSomething = note.followUps.some(({ state }) => state !== 'nothing' && state !== 'not_follow_up');
      const problem = asksForSomething ? words.discardLeft : undefined;
      return (
        <Assurance
          heading={words.discard}
          problem={problem}
          onSubmit={() => finish(decisions.discard())}
          onClose={onClose}
        >
          {words.discardText}
        </Assurance>
      );
    }
    case 'deputy':
      return <DeputyForm {...parts} />;
    case 'move':
      return <MoveForm {...parts} />;
    default:
      return choice satisfies never;
  }
}

/** What is about to happen, in words; a problem stands in its way. */
function Assurance({
  heading,
  problem,
  onSubmit,
  onClose,
  children,
}: {
  heading: string;
  problem?: string | undefined;
  onSubmit: () => void;
  onClose: () => void;
  children: string;
}) {
  return (
    <CardForm
      heading={heading}
      submit={heading}
      problem={problem}
      onSubmit={() => problem === undefined && onSubmit()}
      onClose={onClose}
    >
      <p>{children}</p>
    </CardForm>
  );
}

function DeputyForm({ note, decisions, onClose, finish }: FormProps) {
  const [problem, setProblem] = useState<string>();
  const send = (event: FormEvent<HTMLFormElement>) => {
    const staffId = new FormData(event.currentTarget).get('staffId');
    if (staffId === null) setProblem(words.deputyMissing);
    else finish(decisions.setDeputy(String(staffId)));
  };
  const deputy = note.deputy && `${note.deputy.givenName} ${note.deputy.familyName}`;
  return (
    <CardForm heading={words.deputy} submit={words.setDeputy} problem={problem} onSubmit={send} onClose={onClose}>
      <p>{words.deputyText}</p>
      {deputy !== null && (
        <button type="button" className="plain" onClick={() => finish(decisions.setDeputy(null))}>
          {words.removeDeputy(deputy)}
        </button>
      )}
      <PeoplePicker
        label={words.deputyWho}
        searchLabel={words.searchColleague}
        nobody={words.nobodyFound}
        name="staffId"
        find={(search) => findColleagues(note.unitId, search, 'clinician')}
      />
    </CardForm>
  );
}

function MoveForm({ decisions, onClose, finish }: FormProps) {
  const [problem, setProblem] = useState<string>();
  const send = (event: FormEvent<HTMLFormElement>) => {
    const given = new FormData(event.currentTarget);
    const [patientId, reason] = [given.get('patientId'), String(given.get('reason')).trim()];
    if (patientId === null || reason === '') setProblem(words.moveMissing);
    else finish(decisions.move(String(patientId), reason));
  };
  return (
    <CardForm heading={words.move} submit={words.doMove} problem={problem} onSubmit={send} onClose={onClose}>
      <p>{words.moveText}</p>
      <PeoplePicker
        label={words.moveWho}
        searchLabel={words.searchPatient}
        nobody={words.noPatientFound}
        name="patientId"
        find={findPatients}
      />
      <ReasonField label={words.moveReason} />
    </CardForm>
  );
}
