import './letter.css';
import { useCallback, useState } from 'react';
import type { TaskLetters } from '../../contracts/delivery-api.ts';
import type { TaskDetail } from '../../contracts/queue-api.ts';
import { KIND_WORDS, letterFailure, LETTER_MESSAGES as words } from '../messages/letter.sv.ts';
import { useLoaded } from '../shell/use-loaded.ts';
import { LetterPreview } from './letter-preview.tsx';
import type { LettersClient } from './letters-client.ts';
import { SendLetterDialog } from './send-letter-dialog.tsx';
import { SentLetter } from './sent-letter.tsx';

interface TaskLetterProps {
  readonly client: LettersClient;
  readonly detail: Pick<TaskDetail, 'id' | 'version'>;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** The task was called. */
  readonly onSent: () => void;
}

/** What the patient of a task has been told, what is to be told, and telling it. */
export function TaskLetter({ client, detail, today, onSent }: TaskLetterProps) {
  const { id } = detail;
  const load = useCallback(() => client.ofTask(id), [client, id]);
  const { data, failure, reload } = useLoaded(client, load);
  const [notice, setNotice] = useState('');
  if (data === undefined && failure === undefined) return null;
  if (data !== undefined && data.lacks === null && data.letters.length === 0) return null;
  return (
    <section className="task-letter">
      <h3>{words.heading}</h3>
      <p role="status" className="hint">
        {notice}
      </p>
      {failure !== undefined && (
        <div className="failure" role="alert">
          <p>{letterFailure(failure)}</p>
          <button type="button" onClick={() => void reload()}>
            {words.again}
          </button>
        </div>
      )}
      {data && (
        <Letters client={client} letters={data} detail={detail} today={today} onSent={onSent} onNotice={setNotice} />
      )}
    </section>
  );
}

function Letters({
  client,
  letters: { lacks, mustPhone, letters },
  detail,
  today,
  onSent,
  onNotice,
}: TaskLetterProps & { readonly letters: TaskLetters; readonly onNotice: (notice: string) => void }) {
  const [latest, ...earlier] = letters;
  return (
    <>
      {lacks !== null && (
        <LackingLetter
          key={lacks}
          client={client}
          kind={lacks}
          detail={detail}
          today={today}
          replaces={
            letters.find(({ kind, state }) => kind !== 'paminnelse' && (state === 'queued' || state === 'sent'))?.id ??
            null
          }
          onSent={() => {
            onNotice(words.sent);
            onSent();
          }}
        />
      )}
      {mustPhone && (
        <p className="must-phone" role="alert">
          {words.mustPhone}
        </p>
      )}
      {latest && <SentLetter key={latest.id} client={client} letter={latest} today={today} onNotice={onNotice} />}
      {earlier.length > 0 && (
        <details>
          <summary>{words.earlier(earlier.length)}</summary>
          {earlier.map((letter) => (
            <SentLetter key={letter.id} client={client} letter={letter} today={today} onNotice={onNotice} />
          ))}
        </details>
      )}
    </>
  );
}

/** A letter that the patient does not have yet: looked through and sent. */
function LackingLetter({
  client,
  kind,
  detail,
  today,
  replaces,
  onSent,
}: TaskLetterProps & {
  readonly kind: NonNullable<TaskLetters['lacks']>;
  readonly replaces: string | null;
}) {
  const [isOpen, setOpen] = useState(false);
  const [hasLargePrint, setLargePrint] = useState(false);
  const [isSending, setSending] = useState(false);
  const wanted = { taskId: detail.id, kind, hasLargePrint };
  return (
    <div className="lacking-letter">
      <p>{KIND_WORDS[kind].lacks}</p>
      <LetterPreview client={client} wanted={wanted} isOpen={isOpen} onOpen={setOpen} onLargePrint={setLargePrint} />
      <button type="button" className="primary" aria-haspopup="dialog" onClick={() => setSending(true)}>
        {words.send(kind)}
      </button>
      {isSending && (
        <SendLetterDialog
          client={client}
          wanted={wanted}
          version={detail.version}
          replaces={replaces}
          today={today}
          onClose={() => setSending(false)}
          onSent={() => {
            setSending(false);
            onSent();
          }}
        />
      )}
    </div>
  );
}
