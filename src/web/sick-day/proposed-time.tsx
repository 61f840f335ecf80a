import type { SickDayProposal } from '../../contracts/sick-day-api.ts';
import { sayTimeSpan } from '../booking/say-times.ts';
import { SICK_DAY_MESSAGES as words } from '../messages/sick-day.sv.ts';
import { today } from './say-day.ts';

/** Where a visit could go, with why, and what it would cost. */
export function ProposedTime({ proposal: { visits, reasons, givesUp, isSamePerson } }: { proposal: SickDayProposal }) {
  return (
    <div className="proposed">
      <ul>
        {visits.map((visit) => (
          <li key={visit.appointmentId}>
            <span className="when">{sayTimeSpan(visit, today())}</span>{' '}
            {[visit.visitType, visit.performer, ...visit.others].map(({ name }) => name).join(', ')}
          </li>
        ))}
      </ul>
      {givesUp.length > 0 && (
        <p className="gives-up">
          <strong>{words.givesUp}:</strong> {givesUp.map((one) => one.words).join('. ')}
        </p>
      )}
      <p className="hint">{[isSamePerson ? words.samePerson : words.colleague, ...reasons].join(' · ')}</p>
    </div>
  );
}
