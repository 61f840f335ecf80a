import { useRef, useState } from 'react';
import type { AppointmentView, CancelBody } from '../../contracts/appointments-api.ts';
import { BOOKING_FAILURES, OTHER_BOOKING_FAILURE, BOOKING_MESSAGES as words } from '../messages/booking.sv.ts';
import { CancelForm } from './cancel-form.tsx';
import { MoveForm } from './move-form.tsx';
import { sayTimeSpan } from './say-times.ts';
import type { TimesClient } from './times-client.ts';
import { type Changes, useChanges } from './use-changes.ts';
import { VisitLines } from './visits.tsx';

interface BookedVisitsProps {
  readonly client: TimesClient;
  readonly visits: readonly AppointmentView[];
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly isSeries: boolean;
  /** What is likely after a cancellation. */
  readonly afterwards?: CancelBody['task'];
  readonly onChanged: () => void;
}

/** Booked times, each of which can be moved or cancelled: what happens to the others is said before it is done. */
export function BookedVisits({ visits, onChanged, ...props }: BookedVisitsProps) {
  const { client, today, isSeries, afterwards = 'requeue' } = props;
  const [open, setOpen] = useState<{ readonly id: string; readonly form: 'move' | 'cancel' }>();
  const opener = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(undefined);
    opener.current?.focus();
  };
  const changes = useChanges(client, today, () => {
    close();
    onChanged();
  });
  return (
    <>
      <p role="status" className="hint">
        {changes.notice}
      </p>
      {changes.failure !== undefined && (
        <p className="failure" role="alert">
          {BOOKING_FAILURES[changes.failure] ?? OTHER_BOOKING_FAILURE}
        </p>
      )}
      <ul className="visits booked">
        {visits.map((visit) => (
          <li key={visit.id}>
            <VisitLines visit={visit} today={today} isSeries={isSeries} />
            {visit.state === 'booked' && (
              <div className="actions">
                {formsFor(visit).map((form) => (
                  <button
                    key={form}
                    type="button"
                    aria-expanded={open?.id === visit.id && open.form === form}
                    aria-label={`${words[form]} ${sayTimeSpan(visit, today)}`}
                    onClick={({ currentTarget }) => {
                      opener.current = currentTarget;
                      setOpen(open?.id === visit.id && open.form === form ? undefined : { id: visit.id, form });
                    }}
                  >
                    {words[form]}
                  </button>
                ))}
                {visit.taskId === null && <a href={`/tidbok?bokning=${visit.id}`}>{words.moveInCalendar}</a>}
              </div>
            )}
            {open?.id === visit.id && (
              <ChangeForm
                form={open.form}
                {...{ client, visit, today, changes, isSeries, afterwards }}
                onClose={close}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Where no task says what the visit must be, its new time is chosen in the calendar. */
function formsFor({ taskId }: AppointmentView): readonly ('move' | 'cancel')[] {
  return taskId === null ? ['cancel'] : ['move', 'cancel'];
}

function ChangeForm({
  form,
  visit,
  changes,
  afterwards,
  ...rest
}: {
  readonly form: 'move' | 'cancel';
  readonly client: TimesClient;
  readonly visit: AppointmentView;
  readonly today: string;
  readonly isSeries: boolean;
  readonly afterwards: CancelBody['task'];
  readonly changes: Changes;
  readonly onClose: () => void;
}) {
  return form === 'move' ? (
    <MoveForm {...rest} visit={visit} isSending={changes.isSending} onMove={changes.move} />
  ) : (
    <CancelForm {...rest} {...{ visit, afterwards }} isSending={changes.isSending} onCancel={changes.cancel} />
  );
}
