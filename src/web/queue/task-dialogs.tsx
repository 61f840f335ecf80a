import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import type { CancelReason } from '../../contracts/booking.ts';
import { MAX_QUESTION_CHARACTERS, MAX_REASON_CHARACTERS, type TaskDetail } from '../../contracts/queue-api.ts';
import { addDays, parseLocalDate } from '../../followup/calendar/local-date.ts';
import { REASON_WORDS, QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import type { Seen } from './task-actions.ts';

const REASONS = ['patient_declined', 'duplicate', 'done_elsewhere', 'other'] as const satisfies readonly CancelReason[];
type Reason = (typeof REASONS)[number];

/** What is about to be done, and with which tasks. */
export type Intent =
  | { readonly kind: 'ask'; readonly detail: TaskDetail }
  | { readonly kind: 'wait' | 'cancel'; readonly tasks: readonly Seen[] };

interface DialogProps {
  readonly onClose: () => void;
}

/** A form in a dialog of its own, whose field `data-first` is what it was opened for. */
function TaskDialog({
  heading,
  submit,
  onSubmit,
  onClose,
  children,
}: DialogProps & { heading: string; submit: string; onSubmit: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <dialog ref={dialog} className="task-dialog" aria-labelledby={headingId} onClose={onClose}>
      <h2 id={headingId}>{heading}</h2>
      <form onSubmit={send} noValidate>
        {children}
        <div className="actions">
          <button type="submit" className="primary">
            {submit}
          </button>
          <button type="button" onClick={onClose}>
            {words.abort}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function Problem({ text }: { text: string | undefined }) {
  return (
    <p className="problem" role="alert">
      {text}
    </p>
  );
}

export function AskDialog({
  detail,
  onAsk,
  onClose,
}: DialogProps & { detail: TaskDetail; onAsk: (toStaffId: string, text: string) => void }) {
  const { orderedBy, clinicians } = detail;
  const [toStaffId, setToStaffId] = useState(orderedBy.id);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const choices = clinicians.some(({ id }) => id === orderedBy.id) ? clinicians : [orderedBy, ...clinicians];
  const submit = () => (text.trim() === '' ? setProblem(words.textMissing) : onAsk(toStaffId, text.trim()));
  return (
    <TaskDialog heading={words.askHeading} submit={words.send} onSubmit={submit} onClose={onClose}>
      <p className="hint">{words.askHint}</p>
      <label>
        {words.askTo}
        <select value={toStaffId} onChange={(event) => setToStaffId(event.target.value)}>
          {choices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.askText}
        <textarea
          data-first
          rows={4}
          maxLength={MAX_QUESTION_CHARACTERS}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Problem text={problem} />
    </TaskDialog>
  );
}

export function WaitDialog({
  count,
  today,
  onWait,
  onClose,
}: DialogProps & {
  count: number;
  today: string;
  onWait: (until: { untilDay?: string; untilEvent?: string }) => void;
}) {
  const [day, setDay] = useState('');
  const [event, setEvent] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = () => {
    const until = { ...(day !== '' && { untilDay: day }), ...(event.trim() !== '' && { untilEvent: event.trim() }) };
    if (Object.keys(until).length === 0) setProblem(words.waitMissing);
    else onWait(until);
  };
  return (
    <TaskDialog heading={words.waitHeading(count)} submit={words.wait} onSubmit={submit} onClose={onClose}>
      <label>
        {words.waitDay}
        <input
          type="date"
          data-first
          min={addDays(parseLocalDate(today)!, 1)}
          value={day}
          onChange={(change) => setDay(change.target.value)}
        />
      </label>
      <label>
        {words.waitEvent}
        <input
          type="text"
          maxLength={MAX_REASON_CHARACTERS}
          placeholder={words.waitEventHint}
          value={event}
          onChange={(change) => setEvent(change.target.value)}
        />
      </label>
      <Problem text={problem} />
    </TaskDialog>
  );
}

export function CancelDialog({
  count,
  onCancel,
  onClose,
}: DialogProps & { count: number; onCancel: (why: { reason: Reason; note?: string }) => void }) {
  const [reason, setReason] = useState<Reason>(REASONS[0]);
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string>();
  const submit = () => {
    const said = note.trim();
    if (reason === 'other' && said === '') setProblem(words.cancelNoteNeeded);
    else onCancel({ reason, ...(said !== '' && { note: said }) });
  };
  return (
    <TaskDialog heading={words.cancelHeading(count)} submit={words.cancelTask} onSubmit={submit} onClose={onClose}>
      <fieldset>
        <legend>{words.cancelReason}</legend>
        {REASONS.map((one, place) => (
          <label key={one} className="choice">
            <input
              type="radio"
              name="reason"
              data-first={place === 0 || undefined}
              checked={reason === one}
              onChange={() => setReason(one)}
            />
            {REASON_WORDS[one]}
          </label>
        ))}
      </fieldset>
      <label>
        {words.cancelNote}
        <input
          type="text"
          maxLength={MAX_REASON_CHARACTERS}
          value={note}
          onChange={(change) => setNote(change.target.value)}
        />
      </label>
      <Problem text={problem} />
    </TaskDialog>
  );
}
