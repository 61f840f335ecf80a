import './wishes.css';
import { useState } from 'react';
import type { EarlierTimeView } from '../../contracts/patient-wishes.ts';
import type { TaskDetail } from '../../contracts/queue-api.ts';
import { languageInWords } from '../messages/queue-fields.sv.ts';
import { wishesFailure, wishesInWords, WISHES_MESSAGES as words } from '../messages/wishes.sv.ts';
import { sayDay, sayInstant } from '../queue/say-when.ts';
import { Failure } from '../shell/failure.tsx';
import { useSending } from '../shell/use-sending.ts';
import type { WishesClient } from './wishes-client.ts';
import { WishesDialog } from './wishes-dialog.tsx';

interface TaskWishesProps {
  readonly client: WishesClient;
  readonly detail: TaskDetail;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** The task has another version. */
  readonly onChanged: () => Promise<void>;
}

/** What the patient wishes of times, from where it came, and writing down what is said on the phone. */
export function TaskWishes({ client, detail, today, onChanged }: TaskWishesProps) {
  const [isWriting, setWriting] = useState(false);
  const [notice, setNotice] = useState('');
  const { isSending, failure, send } = useSending();
  const { wishes, interpreterLanguage, state } = detail;
  if (state === 'done' || state === 'cancelled') return null;
  const run = (work: Promise<void>, done: string) =>
    void send(async () => {
      await work;
      setNotice(done);
      await onChanged();
    });
  const { preference, stated, earlier } = wishes;
  const wished = wishesInWords(preference, (day) => sayDay(day, today));
  const hasAny = wished.length > 0 || stated?.note != null;
  return (
    <section className="task-wishes">
      <h3>{words.heading}</h3>
      <p role="status" className="hint">
        {notice}
      </p>
      {failure !== undefined && <Failure text={wishesFailure(failure)} />}
      {hasAny ? (
        <ul>
          {wished.map((wish) => (
            <li key={wish}>{wish}</li>
          ))}
          {stated?.note != null && (
            <li>
              <q>{stated.note}</q>
            </li>
          )}
        </ul>
      ) : (
        <p>{words.none}</p>
      )}
      {(stated || hasAny) && (
        <p className="hint">{stated ? words.fromPhone(stated.by, sayInstant(stated.at, today)) : words.fromNote}</p>
      )}
      {interpreterLanguage !== null && (
        <p>
          {words.interpreter}: {languageInWords(interpreterLanguage)}
        </p>
      )}
      <div className="actions">
        <button type="button" aria-haspopup="dialog" disabled={isSending} onClick={() => setWriting(true)}>
          {hasAny || stated ? words.change : words.write}
        </button>
        {stated && (
          <button type="button" disabled={isSending} onClick={() => run(client.forget(detail), words.forgotten)}>
            {words.backToNote}
          </button>
        )}
      </div>
      {earlier.map((one) => (
        <EarlierTime
          key={one.appointmentId}
          earlier={one}
          isOnly={earlier.length === 1}
          today={today}
          isSending={isSending}
          onWant={() => run(client.wantEarlier(one.appointmentId), words.earlierSaved)}
          onWantNot={() => run(client.wantNoEarlier(one.appointmentId), words.earlierEnded)}
        />
      ))}
      {isWriting && (
        <WishesDialog
          client={client}
          detail={detail}
          today={today}
          onClose={() => setWriting(false)}
          onSaved={() => {
            setWriting(false);
            setNotice(words.saved);
            void onChanged();
          }}
        />
      )}
    </section>
  );
}

/** Whether the patient waits for an earlier time than a booked one. */
function EarlierTime({
  earlier: { visit, startsAt, wanted },
  isOnly,
  today,
  isSending,
  onWant,
  onWantNot,
}: {
  readonly earlier: EarlierTimeView;
  /** There is no other visit that it could be meant for. */
  readonly isOnly: boolean;
  readonly today: string;
  readonly isSending: boolean;
  readonly onWant: () => void;
  readonly onWantNot: () => void;
}) {
  const named = `${visit} ${sayInstant(startsAt, today)}`;
  if (wanted === null) {
    return (
      <button type="button" disabled={isSending} onClick={onWant}>
        {isOnly ? words.wantEarlierTime : words.wantEarlier(named)}
      </button>
    );
  }
  const { by, since, notBefore } = wanted;
  const at = sayInstant(since, today);
  return (
    <div className="earlier-time">
      <p>{words.earlierWanted(named, notBefore === null ? null : sayDay(notBefore, today))}</p>
      <p className="hint">{by === null ? words.askedByPatient(at) : words.askedByStaff(by || words.staff, at)}</p>
      <button type="button" disabled={isSending} onClick={onWantNot}>
        {words.noEarlier}
      </button>
    </div>
  );
}
