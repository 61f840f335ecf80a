import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { AppointmentDetail } from '../../contracts/appointments-api.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { sayClock, sayTimeSpan } from '../booking/say-times.ts';
import { addressOfTask } from '../booking/task-address.ts';
import { calendarError, STATE_WORDS, STEP_WORDS, CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import { languageInWords } from '../messages/queue-fields.sv.ts';
import { sayInstant } from '../queue/say-when.ts';
import { AppointmentActions } from './appointment-actions.tsx';
import type { CalendarController } from './calendar-controller.ts';
import type { CalendarState, Opened } from './calendar-state.ts';
import { searchOf } from './period.ts';
import { sayPatient, sayWhenAndWho } from './place-words.ts';

interface PanelProps {
  readonly controller: CalendarController;
  readonly state: CalendarState;
}

/** What is open: a visit with all that is done with it, or a free time. */
export function OpenPanel({ controller, state, open }: PanelProps & { open: Opened }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const key = open.kind === 'free' ? open.place.key : open.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is opened next takes the focus, too
  useEffect(() => {
    heading.current?.focus();
    // The panel takes its room from the grid.
    document.querySelector('.place.open')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [key]);
  const close = () => {
    controller.opening.close();
    controller.state.change({ wantedFocus: key });
  };
  const isFree = open.kind === 'free';
  const name = isFree ? words.freePanel : open.detail ? sayPatient(open.detail) : words.panel;
  return (
    <aside className="panel" aria-label={isFree ? words.freePanel : words.panel}>
      <div className="panel-head">
        <h2 ref={heading} tabIndex={-1}>
          {name}
        </h2>
        <button type="button" className="plain" aria-keyshortcuts="Escape" onClick={close}>
          {words.close}
        </button>
      </div>
      {open.kind === 'free' && <FreeTime controller={controller} state={state} open={open} />}
      {open.kind === 'appointment' && open.failure !== undefined && (
        <div role="alert" className="nothing failed">
          <p>{calendarError(open.failure)}</p>
          <button type="button" onClick={() => void controller.opening.open(open.id)}>
            {words.tryAgain}
          </button>
        </div>
      )}
      {open.kind === 'appointment' && !open.detail && open.failure === undefined && (
        <p role="status" className="hint">
          {words.loading}
        </p>
      )}
      {open.kind === 'appointment' && open.detail && (
        <Appointment controller={controller} state={state} detail={open.detail} />
      )}
    </aside>
  );
}

function Appointment({ controller, state, detail }: PanelProps & { detail: AppointmentDetail }) {
  const { today } = state;
  const { patient, others, interpreterLanguage, steps, linked, reservedUntil } = detail;
  return (
    <>
      {patient.personalNumber !== null && <p className="number">{patient.personalNumber}</p>}
      <AppointmentActions controller={controller} detail={detail} nowMs={state.nowMs} today={today} />
      <Facts
        facts={[
          [words.when, sayTimeSpan(detail, today)],
          [words.what, detail.visitType.name],
          [words.who, detail.performer.name],
          [words.with, others.map(({ name }) => name).join(', ')],
          [words.interpreterLabel, interpreterLanguage === null ? '' : languageInWords(interpreterLanguage)],
          [words.stateLabel, reservedUntil ? words.heldUntil(sayClock(reservedUntil)) : STATE_WORDS[detail.state]],
        ]}
      />
      {detail.taskId !== null && <a href={addressOfTask(detail.taskId)}>{words.toTask}</a>}
      {linked.length > 0 && (
        <section>
          <h3>{words.linkedHeading}</h3>
          <ul className="linked">
            {linked.map((one) => (
              <li key={one.id}>
                <a
                  href={`/tidbok${searchOf({ ...state.shown, date: stockholmClockAt(+one.startsAt).date })}&bokning=${one.id}`}
                  onClick={(event) => {
                    event.preventDefault();
                    void controller.opening.goTo(one.id);
                  }}
                >
                  {one.visitType.name}, {sayWhenAndWho(one, today)}
                </a>{' '}
                <span className="hint">{STATE_WORDS[one.state]}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h3>{words.stepsHeading}</h3>
        <ol className="steps">
          {steps.map((step) => (
            <li key={step.id}>
              <strong>{STEP_WORDS[step.step]}</strong>{' '}
              {sayWhenAndWho({ startsAt: step.startsAt, performer: { name: step.performerName } }, today)}
              <span className="hint">
                {sayInstant(step.at, today)}, {words.stepBy(step.by)}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function FreeTime({ controller, state, open }: PanelProps & { open: Extract<Opened, { kind: 'free' }> }) {
  const { place, resourceName } = open;
  const [names, setNames] = useState<ReadonlyMap<string, string>>();
  useEffect(() => void controller.opening.visitTypeNames().then(setNames), [controller]);
  const types = place.visitTypeIds.map((id) => names?.get(id) ?? '…').join(', ');
  const span = { startsAt: new Date(place.startMs), endsAt: new Date(place.endMs) };
  return (
    <>
      <Facts
        facts={[
          [words.when, sayTimeSpan(span, state.today)],
          [words.who, resourceName],
          [words.ownerLabel, place.isLent ? words.ownerPatients : words.ownerCare],
          [words.freeFor, types === '' ? words.freeForAll : types],
        ]}
      />
      <p>{words.bookFromQueue}</p>
      <a href="/bokning">{words.toQueue}</a>
    </>
  );
}

/** What there is to say of each; nothing of what is empty. */
function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
