import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import { wallMinute } from './clinic-days.ts';
import { DayHead } from './day-head.tsx';
import type { GridViewProps } from './grid-view.ts';
import { marksOfPlace } from './marks.ts';
import { PlaceView } from './place-view.tsx';
import type { Column } from './places.ts';
import { axisOf, type Spot, spotsOf, type TimeAxis } from './time-axis.ts';

const HOUR_MINUTES = 60;

/** A day of all or the week of one: columns side by side, hours downwards. */
export function TimeTable(props: GridViewProps & { columnsAre: 'days' | 'resources' }) {
  const { rows, today, label, isBusy, columnsAre, onResource } = props;
  const columns = rows.rows[0] ?? [];
  const axis = axisOf(columns);
  const hours = Array.from({ length: axis.endHour - axis.firstHour }, (_, index) => axis.firstHour + index);
  return (
    <table
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: keys go from time to time
      role="grid"
      className="time-table"
      aria-label={label}
      aria-busy={isBusy}
    >
      <thead>
        <tr>
          <th scope="col" className="corner">
            <span className="for-listeners">{words.times}</span>
          </th>
          {columnsAre === 'days'
            ? rows.days.map((day) => <DayHead key={day.date} day={day} today={today} />)
            : columns.map(({ resource }) => (
                <th key={resource.id} scope="col" className="day">
                  <button type="button" className="plain" tabIndex={-1} onClick={() => onResource(resource.id)}>
                    {resource.name}
                  </button>
                </th>
              ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row" className="hours">
            <span className="for-listeners">{words.times}</span>
            {hours.map((hour) => (
              <span key={hour} className="hour" aria-hidden="true">
                {String(hour).padStart(2, '0')}.00
              </span>
            ))}
          </th>
          {columns.map((column) => (
            <ColumnCell key={column.key} {...props} column={column} axis={axis} />
          ))}
        </tr>
      </tbody>
    </table>
  );
}

function ColumnCell({ column, axis, marks, today, nowMs }: GridViewProps & { column: Column; axis: TimeAxis }) {
  const { day } = column;
  const isNow = day.startMs <= nowMs && nowMs < day.endMs;
  const nowMinutes = isNow ? wallMinute(day, nowMs) - axis.firstHour * HOUR_MINUTES : -1;
  const isNowDrawn = nowMinutes >= 0 && nowMinutes < (axis.endHour - axis.firstHour) * HOUR_MINUTES;
  return (
    <td>
      {isNowDrawn && <span className="now" style={{ top: minutes(nowMinutes) }} />}
      {spotsOf(column, axis).map((spot) => (
        <PlaceView
          key={spot.place.key}
          column={column}
          place={spot.place}
          today={today}
          isPast={spot.place.endMs <= nowMs}
          size="block"
          style={styleOf(spot)}
          {...marksOfPlace(marks, column, spot.place)}
        />
      ))}
    </td>
  );
}

function styleOf({ topMinutes, lengthMinutes, lane, lanes }: Spot) {
  return {
    top: minutes(topMinutes),
    height: `calc(${minutes(lengthMinutes)} - 2px)`,
    ...(lanes > 1 && { left: `${(lane / lanes) * 100}%`, width: `${100 / lanes}%` }),
  };
}

function minutes(count: number): string {
  return `calc(${count} * var(--minute))`;
}
