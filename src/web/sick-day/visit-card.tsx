import type { SickDayProposal, SickDayVisitView } from '../../contracts/sick-day-api.ts';
import { sayTimeSpan } from '../booking/say-times.ts';
import { SICK_DAY_PROBLEMS, sickDayError, SICK_DAY_MESSAGES as words } from '../messages/sick-day.sv.ts';
import { ProposedTime } from './proposed-time.tsx';
import { patientName, sayOne, today } from './say-day.ts';

interface Props {
  readonly visit: SickDayVisitView;
  /** The calendar is open again. */
  readonly isOver: boolean;
  readonly isBusy: boolean;
  /** The code of what went wrong with it. */
  readonly problem: string | undefined;
  readonly onMove: (proposal: SickDayProposal) => void;
  readonly onOthers: () => void;
  readonly onGiveBack: () => void;
}

/** A visit of a sick day: who it is, where it could go, and what is done about it. */
export function VisitCard(props: Props) {
  const { visit, isOver, problem } = props;
  const { appointment, wasAt, phone, targetDate, slackWorkingDays, state } = visit;
  const durationMs = appointment.endsAt.getTime() - appointment.startsAt.getTime();
  const was = { startsAt: wasAt, endsAt: new Date(wasAt.getTime() + durationMs) };
  const name = patientName(visit);
  return (
    <li
      className={state === 'open' ? 'sick-visit' : 'sick-visit settled'}
      tabIndex={-1}
      aria-label={words.visitLabel(name, sayTimeSpan(was, today()))}
    >
      <div className="of-whom">
        <p className="when">{sayTimeSpan(was, today())}</p>
        <p>
          <strong>{name}</strong> {appointment.patient.personalNumber}
        </p>
        <p>{appointment.visitType.name}</p>
        <p className="hint">
          {phone === null ? words.noPhone : `${words.phone} ${phone}`}
          {' · '}
          {targetDate === null ? words.noTarget : words.target(sayOne(targetDate), slackWorkingDays ?? 0)}
        </p>
      </div>
      <div className="to-where">
        {state === 'open' ? <Open {...props} /> : <Settled visit={visit} />}
        {problem !== undefined && (
          <p role="alert" className="form-failure">
            {sickDayError(problem)}
          </p>
        )}
        {state === 'open' && isOver && <p className="hint">{words.state.open}</p>}
      </div>
    </li>
  );
}

function Settled({ visit: { state, appointment } }: { visit: SickDayVisitView }) {
  const hasTime = appointment.state === 'booked' && (state === 'moved' || state === 'changed_elsewhere');
  return (
    <p>
      <strong>{words.state[state]}</strong>
      {hasTime && `: ${sayTimeSpan(appointment, today())}, ${appointment.performer.name}`}
    </p>
  );
}

function Open({ visit, isOver, isBusy, onMove, onOthers, onGiveBack }: Props) {
  const { proposal, alternative, problem, together, isLater } = visit;
  if (isOver) return null;
  if (together !== null) return <p className="hint">{words.together(patientName(visit))}</p>;
  const shown = proposal ?? alternative;
  return (
    <>
      {proposal === null && !isLater && (
        <p className="nothing">
          {problem !== null ? SICK_DAY_PROBLEMS[problem] : alternative ? words.nothingFits : words.nothingAtAll}
        </p>
      )}
      {isLater && <p className="hint">{words.later}</p>}
      {shown && <ProposedTime proposal={shown} />}
      <div className="actions">
        {shown && (
          <button type="button" disabled={isBusy} onClick={() => onMove(shown)}>
            {proposal ? words.move : words.moveKnowingly}
          </button>
        )}
        {problem === null && (
          <button type="button" disabled={isBusy} onClick={onOthers}>
            {words.others}
          </button>
        )}
        <button type="button" disabled={isBusy} onClick={onGiveBack}>
          {visit.appointment.taskId === null ? words.cancel : words.giveBack}
        </button>
      </div>
    </>
  );
}
