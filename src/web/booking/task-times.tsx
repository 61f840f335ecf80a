import './booking.css';
import type { AppointmentView, ProposedVisit, TimeProposal } from '../../contracts/appointments-api.ts';
import type { TaskDetail } from '../../contracts/queue-api.ts';
import {
  BOOKING_FAILURES,
  OTHER_BOOKING_FAILURE,
  PROBLEM_WORDS,
  BOOKING_MESSAGES as words,
} from '../messages/booking.sv.ts';
import { sayClock, sayTimeSpan } from './say-times.ts';
import { TaskLetter } from './task-letter.tsx';
import type { TimesClient } from './times-client.ts';
import { type Times, useTimes } from './use-times.ts';

interface TaskTimesProps {
  readonly client: TimesClient;
  readonly detail: TaskDetail;
  readonly staffId: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly onBooked: () => void;
}

/** The times of an open task: proposed to who works on it, and shown once they are booked. */
export function TaskTimes(props: TaskTimesProps) {
  const { state, holder } = props.detail;
  const isBooked = state === 'booked' || state === 'called';
  return isBooked || (state === 'claimed' && holder?.id === props.staffId) ? <OpenTimes {...props} /> : null;
}

function OpenTimes({ client, detail, today, onBooked }: TaskTimesProps) {
  const times = useTimes(client, detail, onBooked);
  const { found, failure, notice } = times;
  const reserved = found?.held.filter(({ state }) => state === 'reserved') ?? [];
  const booked = found?.held.filter(({ state }) => state !== 'reserved') ?? [];
  const isClaimed = detail.state === 'claimed';
  return (
    <section className="task-times" aria-busy={found === undefined && failure === undefined}>
      <h3>{isClaimed ? words.findHeading : words.bookedHeading}</h3>
      <p role="status" className="hint">
        {found === undefined && failure === undefined ? words.looking : notice}
      </p>
      {failure !== undefined && (
        <div className="failure" role="alert">
          <p>{BOOKING_FAILURES[failure] ?? OTHER_BOOKING_FAILURE}</p>
          <button type="button" onClick={times.look}>
            {words.again}
          </button>
        </div>
      )}
      {booked.length > 0 && <Visits visits={booked} today={today} />}
      {booked.length > 0 && <TaskLetter taskId={detail.id} />}
      {isClaimed && reserved.length > 0 && <Held reserved={reserved} times={times} today={today} />}
      {isClaimed && found && <Found times={times} today={today} />}
    </section>
  );
}

/** Times that wait for the patient's word. */
function Held({ reserved, times, today }: { reserved: readonly AppointmentView[]; times: Times; today: string }) {
  const until = reserved[0]!.reservedUntil;
  return (
    <div className="held-times">
      <p className="until">{until && words.heldUntil(sayClock(until))}</p>
      <Visits visits={reserved} today={today} />
      <div className="actions">
        <button type="button" className="primary" disabled={times.isSending} onClick={times.book}>
          {words.book}
        </button>
        <button type="button" disabled={times.isSending} onClick={times.release}>
          {words.release}
        </button>
      </div>
    </div>
  );
}

function Found({ times, today }: { times: Times; today: string }) {
  const { problem, proposals, alternatives } = times.found!;
  if (problem !== null) return <p>{PROBLEM_WORDS[problem.reason]}</p>;
  if (proposals.length + alternatives.length === 0) return <p>{words.nothing}</p>;
  const shown = proposals.length > 0 ? proposals : alternatives;
  return (
    <>
      <p>{proposals.length > 0 ? words.count(proposals.length) : words.alternativesHeading}</p>
      <ol className="proposals">
        {shown.map((proposal) => (
          <li key={proposal.visits.map(({ performer, startsAt }) => `${performer.id} ${startsAt.getTime()}`).join()}>
            <Proposal proposal={proposal} times={times} today={today} />
          </li>
        ))}
      </ol>
    </>
  );
}

function Proposal({ proposal, times, today }: { proposal: TimeProposal; times: Times; today: string }) {
  const { visits, reasons, givesUp } = proposal;
  return (
    <>
      <Visits visits={visits} today={today} />
      {givesUp.length > 0 && (
        <p className="gives-up">
          <strong>{words.givesUp}:</strong> {givesUp.map((one) => one.words).join('. ')}
        </p>
      )}
      <p className="reasons">{reasons.join(' · ')}</p>
      <button
        type="button"
        disabled={times.isSending}
        aria-label={words.holdLabel(visits.map((visit) => sayTimeSpan(visit, today)).join(', '))}
        onClick={() => times.hold(proposal)}
      >
        {words.hold}
      </button>
    </>
  );
}

type ShownVisit = Pick<ProposedVisit, 'visitType' | 'performer' | 'others' | 'startsAt' | 'endsAt'>;

function Visits({ visits, today }: { visits: readonly ShownVisit[]; today: string }) {
  return (
    <ul className="visits">
      {visits.map((visit) => (
        <li key={`${visit.performer.id} ${visit.startsAt.getTime()}`}>
          <span className="when">{sayTimeSpan(visit, today)}</span>
          <span>
            {visit.visitType.name}, {[visit.performer, ...visit.others].map(({ name }) => name).join(', ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
