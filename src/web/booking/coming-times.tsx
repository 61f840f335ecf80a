import { useCallback } from 'react';
import type { TaskDetail } from '../../contracts/queue-api.ts';
import { BOOKING_FAILURES, OTHER_BOOKING_FAILURE, BOOKING_MESSAGES as words } from '../messages/booking.sv.ts';
import { Failure } from '../shell/failure.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { useSending } from '../shell/use-sending.ts';
import { BookedVisits } from './booked-visits.tsx';
import type { TimesClient } from './times-client.ts';

interface TaskPartProps {
  readonly client: TimesClient;
  readonly detail: TaskDetail;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly onDone: () => void;
}

/** A request to move or cancel: the times that the patient has, to choose among, and the end of the task. */
export function ComingTimes({ client, detail, today, onDone }: TaskPartProps) {
  const { data, failure, reload } = useLoaded(
    client,
    useCallback(() => client.coming(detail.id), [client, detail.id]),
  );
  return (
    <section className="task-times" aria-busy={data === undefined && failure === undefined}>
      <h3>{words.comingHeading}</h3>
      {failure !== undefined && (
        <Failure text={BOOKING_FAILURES[failure] ?? OTHER_BOOKING_FAILURE} onRetry={() => void reload()} />
      )}
      {data !== undefined && (
        <>
          <p className="hint">{data.items.length > 0 ? words.comingHint : words.nothingComing}</p>
          <BookedVisits
            client={client}
            visits={data.items}
            today={today}
            isSeries={false}
            onChanged={() => undefined}
          />
        </>
      )}
      <FinishButton client={client} detail={detail} onDone={onDone} />
    </section>
  );
}

/** Ends a task that takes no time of its own. */
export function FinishButton({ client, detail: { id, version }, onDone }: Omit<TaskPartProps, 'today'>) {
  const { isSending, failure, send } = useSending();
  return (
    <>
      {failure !== undefined && <Failure text={BOOKING_FAILURES[failure] ?? OTHER_BOOKING_FAILURE} />}
      <button
        type="button"
        className="primary"
        disabled={isSending}
        onClick={() =>
          void send(async () => {
            await client.finish({ id, version });
            onDone();
          })
        }
      >
        {words.done}
      </button>
    </>
  );
}
