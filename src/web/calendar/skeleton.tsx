import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import type { Shown } from './period.ts';

const [ROWS, DAYS, COLUMNS] = [6, 5, 6];

/** Where the calendar will be, while it is fetched. */
export function Skeleton({ shown, isNarrow }: { shown: Shown; isNarrow: boolean }) {
  const columns = isNarrow ? 1 : shown.view === 'dag' ? COLUMNS : DAYS;
  return (
    <div className="grid skeleton" role="status" style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
      <span className="for-listeners">{words.loading}</span>
      {Array.from({ length: ROWS * columns }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <span key={index} className="bone" />
      ))}
    </div>
  );
}
