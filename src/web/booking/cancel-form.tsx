import { type FormEvent, useCallback, useId, useState } from 'react';
import type { z } from 'zod';
import { type AppointmentView, type CancelBody, MAX_NOTE_CHARACTERS } from '../../contracts/appointments-api.ts';
import type { MoveReason } from '../../contracts/calendar.ts';
import { BOOKING_FAILURES, OTHER_BOOKING_FAILURE, BOOKING_MESSAGES as words } from '../messages/booking.sv.ts';
import { Failure } from '../shell/failure.tsx';
import { Choice, Field } from '../shell/field.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { ReasonField } from './reason-field.tsx';
import { sayTimeSpan } from './say-times.ts';
import type { TimesClient } from './times-client.ts';

interface CancelFormProps {
  readonly client: TimesClient;
  readonly visit: AppointmentView;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly isSeries: boolean;
  /** What is likely afterwards. */
  readonly afterwards: CancelBody['task'];
  readonly isSending: boolean;
  readonly onCancel: (visit: AppointmentView, body: z.input<typeof CancelBody>) => void;
  readonly onClose: () => void;
}

/** Cancels a booked visit: asked once, with all that goes along and whether the patient needs another time. */
export function CancelForm({ client, visit, today, isSending, onCancel, onClose, ...how }: CancelFormProps) {
  const [reason, setReason] = useState<MoveReason>('patient');
  const [task, setTask] = useState(how.afterwards);
  const [note, setNote] = useState('');
  const name = useId();
  const { data, failure, reload } = useLoaded(
    client,
    useCallback(() => client.cancelCheck(visit.id), [client, visit.id]),
  );
  if (failure !== undefined) {
    return <Failure text={BOOKING_FAILURES[failure] ?? OTHER_BOOKING_FAILURE} onRetry={() => void reload()} />;
  }
  if (data === undefined) return <p role="status">{words.checking}</p>;
  const send = (event: FormEvent) => {
    event.preventDefault();
    onCancel(visit, { reason, task, ...(note.trim() !== '' && { note: note.trim() }) });
  };
  const along = data.along.map((one) => words.goesAlong(`${one.visitType.name} ${sayTimeSpan(one, today)}`));
  return (
    <form className="change-form" onSubmit={send}>
      {[...along, ...data.remarks].map((words) => (
        <p key={words} className="consequence">
          {words}
        </p>
      ))}
      <ReasonField name={`${name}-why`} reason={reason} onChoose={setReason} />
      {visit.taskId !== null && (
        <fieldset className="form-group">
          <legend>{words.afterwards}</legend>
          {(['requeue', 'close'] as const).map((one) => (
            <Choice
              key={one}
              type="radio"
              name={`${name}-task`}
              label={one === 'close' && how.isSeries ? words.closeOne : words[one]}
              checked={task === one}
              onChange={() => setTask(one)}
            />
          ))}
        </fieldset>
      )}
      <Field
        label={words.note}
        required={false}
        maxLength={MAX_NOTE_CHARACTERS}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className="actions">
        <button type="submit" className="primary" disabled={isSending}>
          {words.cancelNow}
        </button>
        <button type="button" onClick={onClose}>
          {words.keep}
        </button>
      </div>
    </form>
  );
}
