import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';

/** What the looks of the times mean. */
export function Legend() {
  return (
    <ul className="legend" aria-label={words.legend}>
      <li>
        <span className="place free" aria-hidden="true">
          08.00
        </span>
        {words.legendCare}
      </li>
      <li>
        <span className="place free lent" aria-hidden="true">
          08.00 {words.lentShort}
        </span>
        {words.legendLent}
      </li>
      <li>
        <span className="place appointment" aria-hidden="true">
          08.00
        </span>
        {words.legendBooked}
      </li>
      <li>
        <span className="place closed" aria-hidden="true">
          08.00
        </span>
        {words.legendClosed}
      </li>
    </ul>
  );
}
