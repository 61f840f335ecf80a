import type { FormEvent } from 'react';
import { MAX_SERIES_VISITS, type TimeProposals } from '../../contracts/appointments-api.ts';
import type { TaskDetail } from '../../contracts/queue-api.ts';
import { parseLocalDate } from '../../followup/calendar/local-date.ts';
import { sayDate } from '../../followup/calendar/say.ts';
import { BOOKING_FAILURES, OTHER_BOOKING_FAILURE, BOOKING_MESSAGES as words } from '../messages/booking.sv.ts';
import { Failure } from '../shell/failure.tsx';
import { Field } from '../shell/field.tsx';
import { useSending } from '../shell/use-sending.ts';
import { sayDay } from './say-times.ts';
import type { TimesClient } from './times-client.ts';

interface SeriesProps {
  readonly client: TimesClient;
  readonly detail: TaskDetail;
  readonly series: NonNullable<TimeProposals['series']>;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly onEnded: () => void;
}

/** How far a series is booked, when its task comes back, and, where none was ordained, its end. */
export function SeriesState(props: SeriesProps) {
  const { detail, series, today } = props;
  const { booked, count, bookedUntil, isEndless } = series;
  const until = bookedUntil === null ? undefined : sayDate(parseLocalDate(bookedUntil)!, parseLocalDate(today)!);
  const isOpen = detail.state === 'claimed' || detail.state === 'waiting';
  const comesBack = detail.state === 'waiting' ? detail.wakesAt : null;
  return (
    <>
      <p className="series">{words.series(booked, count, until)}</p>
      {comesBack && <p>{words.seriesComesBack(sayDay(comesBack, today), count === null)}</p>}
      {isEndless && isOpen && <EndForm key={detail.id} {...props} />}
    </>
  );
}

function EndForm({ client, detail: { id, version }, series: { booked }, onEnded }: SeriesProps) {
  const { isSending, failure, send } = useSending();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const visits = Number(new FormData(event.currentTarget).get('visits'));
    void send(async () => {
      await client.endSeries({ id, version }, visits);
      onEnded();
    });
  };
  return (
    <details className="series-end">
      <summary>{words.endSeries}</summary>
      <form onSubmit={submit}>
        <Field
          label={words.seriesVisits}
          hint={words.seriesVisitsHint(booked)}
          name="visits"
          type="number"
          min={Math.max(1, booked)}
          max={MAX_SERIES_VISITS}
        />
        {failure !== undefined && <Failure text={BOOKING_FAILURES[failure] ?? OTHER_BOOKING_FAILURE} />}
        <button type="submit" disabled={isSending}>
          {words.endSeriesNow}
        </button>
      </form>
    </details>
  );
}
