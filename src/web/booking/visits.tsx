import type { ProposedVisit } from '../../contracts/appointments-api.ts';
import { BOOKING_MESSAGES as words } from '../messages/booking.sv.ts';
import { sayTimeSpan } from './say-times.ts';

export type ShownVisit = Pick<ProposedVisit, 'occasion' | 'visitType' | 'performer' | 'others' | 'startsAt' | 'endsAt'>;

/** Visits with what they are and whom they take; of a series each with its number. */
export function Visits({
  visits,
  today,
  isSeries = false,
}: {
  readonly visits: readonly ShownVisit[];
  readonly today: string;
  readonly isSeries?: boolean;
}) {
  return (
    <ul className="visits">
      {visits.map((visit) => (
        <li key={`${visit.performer.id} ${visit.startsAt.getTime()}`}>
          <VisitLines visit={visit} today={today} isSeries={isSeries} />
        </li>
      ))}
    </ul>
  );
}

export function VisitLines({
  visit,
  today,
  isSeries,
}: {
  readonly visit: ShownVisit;
  readonly today: string;
  readonly isSeries: boolean;
}) {
  const { occasion = 1, visitType, performer, others } = visit;
  return (
    <>
      <span className="when">
        {isSeries && <span className="occasion">{words.occasion(occasion)} </span>}
        {sayTimeSpan(visit, today)}
      </span>
      <span>
        {visitType.name}, {[performer, ...others].map(({ name }) => name).join(', ')}
      </span>
    </>
  );
}
