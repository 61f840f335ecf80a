import '../booking/booking.css';
import { useCallback, useState } from 'react';
import type { AppointmentDetail } from '../../contracts/appointments-api.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { CancelForm } from '../booking/cancel-form.tsx';
import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import { NO_SHOW_MESSAGES as missed } from '../messages/no-show.sv.ts';
import { NoShowDialog } from '../no-show/no-show-dialog.tsx';
import { Dialog } from '../shell/form-dialog.tsx';
import type { CalendarController } from './calendar-controller.ts';
import type { CalendarState } from './calendar-state.ts';
import { sayPatient } from './place-words.ts';

interface ActionProps extends Pick<CalendarState, 'nowMs' | 'today'> {
  readonly controller: CalendarController;
  readonly detail: AppointmentDetail;
}

/** What can be done with a visit as it stands. What a patient may have been told of asks once. */
export function AppointmentActions({ controller, detail, nowMs, today }: ActionProps) {
  const [asked, setAsked] = useState<'cancel' | 'no_show'>();
  const { opening, mover, times } = controller;
  const { id, state, startsAt, steps } = detail;
  const isBooked = state === 'booked';
  const isOfToday = stockholmClockAt(+startsAt).date <= today;
  const hasBegun = +startsAt <= nowMs;
  const missedAt = steps.findLast(({ step }) => step === 'no_show')?.at;
  const isMissedToday = state === 'no_show' && missedAt !== undefined && stockholmClockAt(+missedAt).date === today;
  const findBefore = useCallback(() => opening.missedBefore(id), [opening, id]);
  const close = () => setAsked(undefined);
  return (
    <div className="actions">
      {isBooked && !hasBegun && (
        <button type="button" className="primary" aria-keyshortcuts="m" onClick={() => mover.pickUp(detail)}>
          {words.move}
        </button>
      )}
      {isBooked && isOfToday && (
        <button type="button" onClick={() => void opening.attend(detail, 'arrived')}>
          {words.arrived}
        </button>
      )}
      {state === 'arrived' && (
        <button type="button" className="primary" onClick={() => void opening.attend(detail, 'fulfilled')}>
          {words.fulfilled}
        </button>
      )}
      {isBooked && hasBegun && (
        <button type="button" onClick={() => setAsked('no_show')}>
          {missed.submit}
        </button>
      )}
      {isMissedToday && (
        <button type="button" onClick={() => void opening.takeBackMissed(detail)}>
          {missed.takeBack}
        </button>
      )}
      {isBooked && (
        <button type="button" onClick={() => setAsked('cancel')}>
          {words.cancel}
        </button>
      )}
      {asked === 'cancel' && (
        <Dialog heading={words.cancelHeading} onClose={close}>
          <div className="task-times">
            <CancelForm
              client={times}
              visit={detail}
              today={today}
              isSeries={detail.occasion > 1}
              afterwards="requeue"
              isSending={false}
              onCancel={(_visit, body) => {
                close();
                void opening.cancel(detail, body);
              }}
              onClose={close}
            />
          </div>
        </Dialog>
      )}
      {asked === 'no_show' && (
        <NoShowDialog
          who={sayPatient(detail)}
          hasTask={detail.taskId !== null}
          today={today}
          findBefore={findBefore}
          onMark={(body) => void opening.miss(detail, body)}
          onClose={close}
        />
      )}
    </div>
  );
}
