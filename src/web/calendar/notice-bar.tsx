import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import type { CalendarController } from './calendar-controller.ts';
import type { CalendarState } from './calendar-state.ts';

/** What was done, and the way to take it back. */
export function NoticeBar({ controller, state }: { controller: CalendarController; state: CalendarState }) {
  const { notice, undoable } = state;
  const isShown = notice !== '' && !state.carry;
  return (
    <div className={isShown ? 'bar shown' : 'bar'}>
      <p role="status">{notice}</p>
      {isShown && undoable && (
        <button type="button" aria-keyshortcuts="z" onClick={() => void controller.mover.undo()}>
          {words.undo}
        </button>
      )}
      {isShown && (
        <button
          type="button"
          className="plain"
          onClick={() => controller.state.change({ notice: '', undoable: undefined })}
        >
          {words.close}
        </button>
      )}
    </div>
  );
}
