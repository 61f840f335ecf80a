import { useCallback, useId, useState } from 'react';
import type { AppointmentView, TimeProposal } from '../../contracts/appointments-api.ts';
import type { MoveReason } from '../../contracts/calendar.ts';
import {
  BOOKING_FAILURES,
  OTHER_BOOKING_FAILURE,
  PROBLEM_WORDS,
  BOOKING_MESSAGES as words,
} from '../messages/booking.sv.ts';
import { Failure } from '../shell/failure.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { ReasonField } from './reason-field.tsx';
import { sayTimeSpan } from './say-times.ts';
import type { TimesClient } from './times-client.ts';
import { Visits } from './visits.tsx';

interface MoveFormProps {
  readonly client: TimesClient;
  readonly visit: AppointmentView;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly isSeries: boolean;
  readonly isSending: boolean;
  readonly onMove: (visit: AppointmentView, proposal: TimeProposal, reason: MoveReason) => void;
  readonly onClose: () => void;
}

/** Other times for a booked visit, each with what would move along. */
export function MoveForm({ client, visit, today, isSeries, isSending, onMove, onClose }: MoveFormProps) {
  const [reason, setReason] = useState<MoveReason>('patient');
  const { data, failure, reload } = useLoaded(
    client,
    useCallback(async () => {
      const [times, { along }] = await Promise.all([client.otherTimes(visit.id), client.cancelCheck(visit.id)]);
      return { ...times, hasOthers: along.length > 0 };
    }, [client, visit.id]),
  );
  const name = useId();
  if (failure !== undefined) {
    return <Failure text={BOOKING_FAILURES[failure] ?? OTHER_BOOKING_FAILURE} onRetry={() => void reload()} />;
  }
  if (data === undefined) return <p role="status">{words.looking}</p>;
  const shown = data.proposals.length > 0 ? data.proposals : data.alternatives;
  if (data.problem !== null || shown.length === 0) {
    return <p role="status">{data.problem === null ? words.nothing : PROBLEM_WORDS[data.problem.reason]}</p>;
  }
  return (
    <div className="change-form">
      <ReasonField name={name} reason={reason} onChoose={setReason} />
      <p>{data.proposals.length > 0 ? words.count(shown.length) : words.alternativesHeading}</p>
      <ol className="proposals">
        {shown.map((proposal) => (
          <li key={proposal.visits.map(({ performer, startsAt }) => `${performer.id} ${startsAt.getTime()}`).join()}>
            <Visits visits={proposal.visits} today={today} isSeries={isSeries} />
            {data.hasOthers && <p>{alongInWords(proposal, visit)}</p>}
            {proposal.givesUp.length > 0 && (
              <p className="gives-up">
                <strong>{words.givesUp}:</strong> {proposal.givesUp.map((one) => one.words).join('. ')}
              </p>
            )}
            <p className="reasons">{proposal.reasons.join(' · ')}</p>
            <button
              type="button"
              disabled={isSending}
              aria-label={words.moveHere(proposal.visits.map((one) => sayTimeSpan(one, today)).join(', '))}
              onClick={() => onMove(visit, proposal, reason)}
            >
              {words.moveHereShort}
            </button>
          </li>
        ))}
      </ol>
      <button type="button" className="plain" onClick={onClose}>
        {words.keep}
      </button>
    </div>
  );
}

/** What happens to the visits that hang on it. */
function alongInWords({ visits }: TimeProposal, { taskId }: AppointmentView): string {
  const along = visits.filter((visit) => visit.taskId !== taskId).map(({ visitType }) => visitType.name);
  return along.length > 0 ? words.comesAlong(along) : words.othersStay;
}
