import { type CSSProperties, memo } from 'react';
import type { LocalDate } from '../../followup/calendar/local-date.ts';
import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import { sayWallTime } from './clinic-days.ts';
import { sayDetails, sayPlace, sayShort, saySpan } from './place-words.ts';
import type { Column, Place } from './places.ts';

/** How a place stands out: what could take what is carried, what is carried, hangs together or is open. */
export interface PlaceMarks {
  readonly takes: 'fits' | 'asks' | undefined;
  readonly isTarget: boolean;
  readonly isCarried: boolean;
  readonly isLinked: boolean;
  readonly isOpen: boolean;
}

interface PlaceViewProps extends PlaceMarks {
  readonly column: Column;
  readonly place: Place;
  readonly today: LocalDate;
  readonly isPast: boolean;
  /** How much there is room for: a line, or a block with what and whose it is. */
  readonly size: 'line' | 'block';
  readonly style?: CSSProperties;
}

/**
 * A time. Free times and appointments are buttons that the grid's own keys go through; what can neither be opened nor
 * taken is text. Whoever listens is told everything by the button's name, without its column and row.
 */
export const PlaceView = memo(function PlaceView(props: PlaceViewProps) {
  const { column, place, today, size, style, isPast, takes, isTarget, isCarried, isLinked, isOpen } = props;
  const { kind, key, appointment } = place;
  if (kind === 'rest')
    return size === 'line' ? <span className="place rest" data-place={key} aria-hidden="true" /> : null;
  if (kind === 'closed' || kind === 'busy') {
    return (
      <span className={`place ${kind}`} data-place={key} style={style}>
        {kind === 'closed'
          ? `${saySpan(column, place)} ${words.closed}`
          : `${sayWallTime(column.day, place.startMs)} ${words.busy}`}
      </span>
    );
  }
  const marks = [
    ...(takes === 'fits' ? [words.canTake] : takes === 'asks' ? [words.canTakeWith] : []),
    ...(isCarried ? [words.carriedHere] : []),
    ...(isLinked ? [words.linkedMark] : []),
    ...(isPast && !appointment ? [words.past] : []),
  ];
  const classes = [
    'place',
    kind,
    ...(place.isLent ? ['lent'] : []),
    ...(isPast ? ['past'] : []),
    ...(takes ? [takes] : []),
    ...(isTarget ? ['target'] : []),
    ...(isCarried ? ['carried'] : []),
    ...(isLinked ? ['linked'] : []),
    ...(isOpen ? ['open'] : []),
  ];
  return (
    <button
      type="button"
      className={classes.join(' ')}
      tabIndex={-1}
      data-place={key}
      data-appointment={appointment?.id}
      data-state={appointment?.state}
      aria-label={[sayPlace(column, place, size, today), ...marks].join(', ')}
      style={style}
    >
      {sayShort(column, place, size)}{' '}
      {size === 'block' && appointment && <span className="details">{sayDetails(appointment)}</span>}
    </button>
  );
});
