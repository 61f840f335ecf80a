import type { SickDayView } from '../../contracts/sick-day-api.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { SICK_DAY_MESSAGES as words } from '../messages/sick-day.sv.ts';
import { sayDays } from './say-day.ts';

/** Sick days now and lately, each with what is left to do; undefined while they are fetched. */
export function DayList({ days }: { days: readonly SickDayView[] | undefined }) {
  return (
    <section aria-labelledby="days-heading" className="day-list">
      <h2 id="days-heading">{words.listHeading}</h2>
      {days === undefined && <p role="status">{SHELL_MESSAGES.loading}</p>}
      {days?.length === 0 && <p className="empty">{words.none}</p>}
      {days && days.length > 0 && (
        <ul>
          {days.map((day) => (
            <li key={day.id}>
              <a href={`#${day.id}`}>
                {day.resourceName}, {sayDays(day)}
              </a>
              <span className={day.openCount > 0 && day.endedAt === null ? 'left' : 'hint'}>
                {day.endedAt === null ? words.left(day.openCount, day.visitCount) : words.ended}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
