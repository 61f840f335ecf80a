import './booking.css';
import { useId, useState } from 'react';
import type { AppointmentView, TimeProposal } from '../../contracts/appointments-api.ts';
import type { RequestType } from '../../contracts/followup.ts';
import type { TaskDetail } from '../../contracts/queue-api.ts';
import {
  BOOKING_FAILURES,
  OTHER_BOOKING_FAILURE,
  PROBLEM_WORDS,
  BOOKING_MESSAGES as words,
} from '../messages/booking.sv.ts';
import { BookedVisits } from './booked-visits.tsx';
import { ComingTimes, FinishButton } from './coming-times.tsx';
import { sayClock, sayTimeSpan } from './say-times.ts';
import { SeriesState } from './series-state.tsx';
import type { TimesClient } from './times-client.ts';
import { type Times, useTimes } from './use-times.ts';
import { Visits } from './visits.tsx';

interface TaskTimesProps {
  readonly client: TimesClient;
  readonly detail: TaskDetail;
  readonly staffId: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly onBooked: () => void;
}

/** Requests that are about a time that the patient has. */
const OF_ANOTHER_TIME: ReadonlySet<RequestType> = new Set(['ombokning', 'avbokning']);

/** The times of an open task: proposed to who works on it, and shown once they are booked. */
export function TaskTimes(props: TaskTimesProps) {
  const { client, detail, today, onBooked } = props;
  const { state, holder, type } = detail;
  const isOwn = state === 'claimed' && holder?.id === props.staffId;
  const isBooked = state === 'booked' || state === 'called' || (state === 'waiting' && hasSeries(detail));
  if (isOwn && OF_ANOTHER_TIME.has(type)) return <ComingTimes {...{ client, detail, today }} onDone={onBooked} />;
  return isBooked || isOwn ? <OpenTimes {...props} /> : null;
}

function OpenTimes({ client, detail, today, onBooked }: TaskTimesProps) {
  const { id, version, wishes, interpreterLanguage } = detail;
  const wished = JSON.stringify([wishes.preference, interpreterLanguage]);
  const times = useTimes(client, { id, version, wishes: wished }, onBooked);
  const { found, failure, notice } = times;
  const reserved = found?.held.filter(({ state }) => state === 'reserved') ?? [];
  const booked = found?.held.filter(({ state }) => state !== 'reserved') ?? [];
  const isClaimed = detail.state === 'claimed';
  const isSeries = (found?.series ?? null) !== null;
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
      {found?.series && (
        <SeriesState client={client} detail={detail} series={found.series} today={today} onEnded={times.refresh} />
      )}
      {booked.length > 0 && (
        <BookedVisits client={client} visits={booked} today={today} isSeries={isSeries} onChanged={times.refresh} />
      )}
      {isClaimed && reserved.length > 0 && <Held reserved={reserved} times={times} today={today} isSeries={isSeries} />}
      {isClaimed && found && <Found times={times} today={today} isSeries={isSeries} />}
      {isClaimed && found?.problem?.reason === 'no_time_needed' && (
        <FinishButton client={client} detail={detail} onDone={onBooked} />
      )}
    </section>
  );
}

interface ShownTimes {
  readonly times: Times;
  readonly today: string;
  readonly isSeries: boolean;
}

/** Times that wait for the patient's word. */
function Held({ reserved, times, today, isSeries }: ShownTimes & { reserved: readonly AppointmentView[] }) {
  const until = reserved[0]!.reservedUntil;
  return (
    <div className="held-times">
      <p className="until">{until && words.heldUntil(sayClock(until))}</p>
      <Visits visits={reserved} today={today} isSeries={isSeries} />
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

function Found({ times, today, isSeries }: ShownTimes) {
  const { problem, proposals, alternatives, series } = times.found!;
  const [most, setMost] = useState<number>();
  if (problem !== null) return <p>{PROBLEM_WORDS[problem.reason]}</p>;
  if (proposals.length + alternatives.length === 0) return <p>{words.nothing}</p>;
  const shown = proposals.length > 0 ? proposals : alternatives;
  const occasions = occasionsOf(shown[0]!);
  return (
    <>
      <p>{proposals.length > 0 ? words.count(proposals.length) : words.alternativesHeading}</p>
      {occasions.length > 1 && (
        <HowMany of={occasions.length} isAll={series?.count !== null} chosen={most} onChoose={setMost} />
      )}
      <ol className="proposals">
        {shown.map((proposal) => (
          <li key={proposal.visits.map(({ performer, startsAt }) => `${performer.id} ${startsAt.getTime()}`).join()}>
            <Proposal proposal={firstVisits(proposal, most)} {...{ times, today, isSeries }} />
          </li>
        ))}
      </ol>
    </>
  );
}

/** How many of a series' visits are booked now; the others come back in time. */
function HowMany({
  of,
  isAll,
  chosen = of,
  onChoose,
}: {
  of: number;
  /** Whether the series is over with them. */
  isAll: boolean;
  chosen?: number | undefined;
  onChoose: (most: number) => void;
}) {
  const id = useId();
  return (
    <p className="form-field how-many">
      <label htmlFor={id}>{words.howMany}</label>
      <select id={id} value={Math.min(chosen, of)} onChange={({ target }) => onChoose(Number(target.value))}>
        {Array.from({ length: of }, (_, index) => of - index).map((count) => (
          <option key={count} value={count}>
            {count < of ? words.firstVisits(count) : isAll ? words.allVisits(of) : words.nextVisits(of)}
          </option>
        ))}
      </select>
    </p>
  );
}

function occasionsOf({ visits }: TimeProposal): number[] {
  return [...new Set(visits.map(({ occasion = 1 }) => occasion))].sort((one, other) => one - other);
}

function firstVisits(proposal: TimeProposal, most = Number.POSITIVE_INFINITY): TimeProposal {
  const wanted = new Set(occasionsOf(proposal).slice(0, most));
  return { ...proposal, visits: proposal.visits.filter(({ occasion = 1 }) => wanted.has(occasion)) };
}

function Proposal({ proposal, times, today, isSeries }: ShownTimes & { proposal: TimeProposal }) {
  const { visits, reasons, givesUp } = proposal;
  return (
    <>
      <Visits visits={visits} today={today} isSeries={isSeries} />
      {givesUp.length > 0 && (
        <p className="gives-up">
          <strong>{words.givesUp}:</strong> {givesUp.map((one) => one.words).join('. ')}
        </p>
      )}
      <p className="reasons">{reasons.join(' · ')}</p>
      <button
        type="button"
        disabled={times.isSending}
        aria-label={words.holdLabel(visits.length, visits.map((visit) => sayTimeSpan(visit, today)).join(', '))}
        onClick={() => times.hold(proposal)}
      >
        {words.hold(visits.length)}
      </button>
    </>
  );
}

/** Whether its request asks for more than one visit: then it waits for the next with those before it booked. */
function hasSeries({ details }: TaskDetail): boolean {
  return details.some(({ field }) => field === 'series');
}
