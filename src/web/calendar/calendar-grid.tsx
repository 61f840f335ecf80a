import { useCallback, useMemo, useRef } from 'react';
import { type LocalDate, parseLocalDate } from '../../followup/calendar/local-date.ts';
import { sayDate } from '../../followup/calendar/say.ts';
import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import type { CalendarController } from './calendar-controller.ts';
import type { CalendarState } from './calendar-state.ts';
import { DayList } from './day-list.tsx';
import type { GridViewProps } from './grid-view.ts';
import { sayDayKind, sayPeriod } from './place-words.ts';
import type { CalendarDayView } from './places.ts';
import { rowsOf } from './rows.ts';
import { TimeTable } from './time-table.tsx';
import { useGrid } from './use-grid.ts';
import { useRenderedMark } from './use-rendered-mark.ts';
import { WeekTable } from './week-table.tsx';

/**
 * The calendar as a grid: columns and rows have headers, every time is a button with its whole name, and one of them is
 * in the order of Tab. In a narrow window it is lists under headings, with the same buttons and keys.
 */
export function CalendarGrid({
  controller,
  state,
  drawn,
  isNarrow,
  areSingleKeysOn,
  onSetUp,
}: {
  controller: CalendarController;
  state: CalendarState;
  drawn: NonNullable<CalendarState['drawn']>;
  isNarrow: boolean;
  areSingleKeysOn: boolean;
  /** Absent for those who may not. */
  onSetUp: (() => void) | undefined;
}) {
  const grid = useRef<HTMLDivElement>(null);
  const { shown, calendar } = drawn;
  const { view } = shown;
  const rows = useMemo(() => rowsOf(shown, calendar), [shown, calendar]);
  const { carry, open, today, nowMs, phase } = state;
  const marks = useMemo(() => ({ carry, open }), [carry, open]);
  useGrid(grid, controller, rows, areSingleKeysOn);
  useRenderedMark();
  const onResource = useCallback(
    (resourceId: string) => controller.show({ view: 'resurs', whose: { resourceId } }),
    [controller],
  );
  const label = `${words.heading}, ${sayPeriod(shown, today)}`;
  const props: GridViewProps = { rows, marks, today, nowMs, label, isBusy: phase === 'loading', onResource };
  const isEmpty = rows.rows.every((columns) => columns.length === 0);
  return (
    <div ref={grid} className={carry ? 'grid carrying' : 'grid'} data-view={isNarrow ? 'list' : view}>
      {isEmpty && <NothingHere hasResources={calendar.resources.length > 0} onSetUp={onSetUp} />}
      {!isEmpty && isNarrow && <DayList {...props} />}
      {!isEmpty && !isNarrow && view === 'vecka' && <WeekTable {...props} />}
      {!isEmpty && !isNarrow && view !== 'vecka' && (
        <TimeTable {...props} columnsAre={view === 'dag' ? 'resources' : 'days'} />
      )}
      {rows.hiddenDays.length > 0 && !isNarrow && !isEmpty && (
        <p className="hidden-days">
          {words.hiddenDays(rows.hiddenDays.map((day) => sayHidden(day, today)).join('; '))}
        </p>
      )}
    </div>
  );
}

/** "lör 4 april, påskafton". */
function sayHidden(day: CalendarDayView, today: LocalDate): string {
  return [sayDate(parseLocalDate(day.date)!, today), sayDayKind(day)].filter(Boolean).join(', ');
}

function NothingHere({ hasResources, onSetUp }: { hasResources: boolean; onSetUp: (() => void) | undefined }) {
  if (hasResources) {
    return (
      <div className="nothing">
        <h3>{words.nothingHeading}</h3>
        <p>{words.nothingText}</p>
      </div>
    );
  }
  return (
    <div className="nothing">
      <h3>{words.emptyHeading}</h3>
      <p>{onSetUp ? words.emptyForKeeper : words.emptyText}</p>
      {onSetUp && (
        <button type="button" className="primary" onClick={onSetUp}>
          {words.setUpCalendar}
        </button>
      )}
    </div>
  );
}
