import { useState } from 'react';
import type { AppointmentView } from '../../contracts/appointments-api.ts';
import { calendarError, CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import { findPatients } from '../notes/directory.ts';
import { PeoplePicker } from '../notes/people-picker.tsx';
import { PageError } from '../page-error.ts';
import { Dialog } from '../shell/form-dialog.tsx';
import type { CalendarController } from './calendar-controller.ts';
import { sayDetails, sayWhenAndWho } from './place-words.ts';

interface Found {
  readonly patientId: string;
  /** Undefined until they came. */
  readonly visits?: readonly AppointmentView[];
  readonly failure?: string;
}

/** Finds a patient, then a visit of theirs, and goes there. */
export function FindVisitDialog({ controller, onClose }: { controller: CalendarController; onClose: () => void }) {
  const [found, setFound] = useState<Found>();
  const { today } = controller.state.get();
  const choose = (patientId: string) => {
    setFound({ patientId });
    const put = (more: Partial<Found>) =>
      setFound((now) => (now?.patientId === patientId ? { patientId, ...more } : now));
    controller.opening.visitsOf(patientId).then(
      (visits) => put({ visits }),
      (error) => put({ failure: PageError.from(error).code }),
    );
  };
  const goTo = (id: string) => {
    onClose();
    void controller.opening.goTo(id);
  };
  return (
    <Dialog heading={words.findHeading} onClose={onClose}>
      <form
        className="parts card-form"
        onSubmit={(event) => event.preventDefault()}
        onChange={({ target }) => {
          if (target instanceof HTMLInputElement && target.type === 'radio') choose(target.value);
        }}
      >
        <PeoplePicker
          label={words.findWhom}
          searchLabel={words.findSearch}
          nobody={words.findNobody}
          name="patient"
          find={findPatients}
        />
        {found && (
          <section aria-label={words.findVisits} aria-busy={!found.visits && !found.failure}>
            <p role="status">{saidOf(found)}</p>
            <ul className="found-visits">
              {found.visits?.map((visit) => (
                <li key={visit.id}>
                  <button type="button" onClick={() => goTo(visit.id)}>
                    <strong>{sayWhenAndWho(visit, today)}</strong>
                    <span>{sayDetails(visit)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        <div className="actions">
          <button type="button" onClick={onClose}>
            {words.close}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function saidOf({ visits, failure }: Found): string {
  if (failure !== undefined) return calendarError(failure);
  if (!visits) return words.findLooking;
  return visits.length === 0 ? words.findNoVisits : words.findCount(visits.length);
}
