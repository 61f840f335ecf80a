import { useId } from 'react';
import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import type { GridViewProps } from './grid-view.ts';
import { marksOfPlace } from './marks.ts';
import { PlaceView } from './place-view.tsx';
import type { Column } from './places.ts';

/** A day where there is no room for columns: one resource after another, each time a line. */
export function DayList(props: GridViewProps) {
  const { rows, label, isBusy } = props;
  return (
    <section className="day-list" aria-label={label} aria-busy={isBusy}>
      {rows.rows[0]?.map((column) => (
        <ResourceDay key={column.key} {...props} column={column} />
      ))}
    </section>
  );
}

function ResourceDay({ column, marks, today, nowMs }: GridViewProps & { column: Column }) {
  const headingId = useId();
  const { places, resource } = column;
  return (
    <>
      <h3 id={headingId}>{resource.name}</h3>
      {places.length === 0 && <p>{words.noTimes}</p>}
      <ul aria-labelledby={headingId}>
        {places
          .filter(({ kind }) => kind !== 'rest')
          .map((place) => (
            <li key={place.key}>
              <PlaceView
                column={column}
                place={place}
                today={today}
                isPast={place.endMs <= nowMs}
                size="block"
                {...marksOfPlace(marks, column, place)}
              />
            </li>
          ))}
      </ul>
    </>
  );
}
