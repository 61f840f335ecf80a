import { useEffect, useRef } from 'react';
import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import type { CalendarController } from './calendar-controller.ts';
import type { CalendarState, Carry } from './calendar-state.ts';
import { isAt } from './mover.ts';
import { sayPatient, sayWhenAndWho } from './place-words.ts';

/** What is carried, and what dropping it would mean: told before it is dropped. */
export function MoveBar({ controller, state }: { controller: CalendarController; state: CalendarState }) {
  const { carry, today } = state;
  const anyway = useRef<HTMLButtonElement>(null);
  const isAsking = carry?.isAsking ?? false;
  useEffect(() => {
    if (isAsking) anyway.current?.focus();
  }, [isAsking]);
  if (!carry) return null;
  const { appointment, target, check } = carry;
  const { mover } = controller;
  const isElsewhere = target !== undefined && !isAt(appointment, target);
  const canDrop = isElsewhere && check?.problem === null;
  return (
    <section className="bar shown move-bar" aria-label={words.move}>
      <div>
        <p>
          <strong>{words.carrying(sayPatient(appointment), appointment.visitType.name)}.</strong>{' '}
          {words.carriedFrom(sayWhenAndWho(appointment, today))}.
        </p>
        <div role="status" className={check?.problem || check?.givesUp.length ? 'verdict breaks' : 'verdict'}>
          <Verdict carry={carry} today={today} />
        </div>
        <label>
          <input
            type="checkbox"
            checked={carry.reason === 'patient'}
            onChange={({ target: { checked } }) => mover.moveFor(checked ? 'patient' : 'clinic')}
          />
          {words.patientAsked}
        </label>
      </div>
      <div className="group">
        {canDrop && (
          <button
            ref={anyway}
            type="button"
            className="primary"
            disabled={carry.isSending}
            onClick={() => void mover.drop({ isAgreed: true })}
          >
            {check.givesUp.length > 0 ? words.dropAnyway : words.drop}
          </button>
        )}
        <button type="button" disabled={carry.isSending} onClick={() => mover.putBack()}>
          {words.putBackButton}
        </button>
      </div>
    </section>
  );
}

function Verdict({ carry, today }: { carry: Carry; today: CalendarState['today'] }) {
  const { appointment, times, problem, target, check } = carry;
  if (target === undefined) {
    if (problem !== undefined) return <p>{problem}</p>;
    if (times === undefined) return <p>{words.lookingForTimes}</p>;
    return <p>{times.size === 0 ? words.noTimesHere : `${words.timesHere(times.size)}. ${words.carryHint}`}</p>;
  }
  if (isAt(appointment, target)) return <p>{words.staysHere}</p>;
  if (check === undefined) return <p>{words.checking}</p>;
  if (check.problem !== null) {
    return (
      <p>
        <strong>{words.cannot}:</strong> {check.problem}
      </p>
    );
  }
  const own = check.visits.find(({ appointmentId }) => appointmentId === appointment.id);
  const along = check.visits.filter((visit) => visit !== own);
  return (
    <>
      <p>
        {own && <strong>{words.wouldBe(sayWhenAndWho(own, today))}.</strong>}{' '}
        {check.givesUp.length === 0 && words.nothingGivenUp} {check.reasons.join(' · ')}
      </p>
      {check.givesUp.length > 0 && (
        <p>
          <strong>{words.givesUp}:</strong> {check.givesUp.map((one) => one.words).join('. ')}.
        </p>
      )}
      {along.length > 0 && (
        <p>
          <strong>{words.comesAlong}:</strong>{' '}
          {along.map((visit) => `${visit.visitType.name} till ${sayWhenAndWho(visit, today)}`).join('; ')}.
        </p>
      )}
    </>
  );
}
