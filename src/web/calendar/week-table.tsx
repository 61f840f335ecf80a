import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import { DayHead } from './day-head.tsx';
import type { GridViewProps } from './grid-view.ts';
import { marksOfPlace } from './marks.ts';
import { PlaceView } from './place-view.tsx';

/** The week of all: a row for each resource, its times as short lines, so that a week of many fits. */
export function WeekTable({
  rows: { rows, days, resources },
  marks,
  today,
  nowMs,
  label,
  isBusy,
  onResource,
}: GridViewProps) {
  return (
    <table
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: keys go from time to time
      role="grid"
      className="week-table"
      style={{ minWidth: HEAD_PX + days.length * LEAST_DAY_PX }}
      aria-label={label}
      aria-busy={isBusy}
    >
      <thead>
        <tr>
          <th scope="col" className="corner">
            {words.resource}
          </th>
          {days.map((day) => (
            <DayHead key={day.date} day={day} today={today} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((columns, index) => {
          const resource = resources[index]!;
          return (
            <tr key={resource.id}>
              <th scope="row">
                {/* A short cut for the pointer: the list of whose times are shown does the same. */}
                <button type="button" className="plain" tabIndex={-1} onClick={() => onResource(resource.id)}>
                  {resource.name}
                </button>
              </th>
              {columns.map((column) => (
                <td key={column.key}>
                  <div
                    className="places"
                    style={{ containIntrinsicHeight: `auto ${heightOf(column.places.length)}px` }}
                  >
                    {column.places.map((place) => (
                      <PlaceView
                        key={place.key}
                        column={column}
                        place={place}
                        today={today}
                        isPast={place.endMs <= nowMs}
                        size="line"
                        {...marksOfPlace(marks, column, place)}
                      />
                    ))}
                  </div>
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const LINE_PX = 26;
const HEAD_PX = 140;
/** Two times beside each other can be read. */
const LEAST_DAY_PX = 142;

/** As it will be about, so that rows out of sight need no drawing. */
function heightOf(places: number): number {
  return Math.ceil(places / 2) * LINE_PX;
}
