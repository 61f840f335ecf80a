import { useCallback, useState } from 'react';
import type { LetterView } from '../../contracts/delivery-api.ts';
import { letterFailure, letterInWords, LETTER_MESSAGES as words } from '../messages/letter.sv.ts';
import { CHANNEL_WORDS, stepInWords, wayInWords } from '../messages/letter-ways.sv.ts';
import { sayInstant } from '../queue/say-when.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { useSending } from '../shell/use-sending.ts';
import { Preparations } from './letter-preview.tsx';
import { LetterSheet } from './letter-sheet.tsx';
import { type LettersClient, sentPaperOf } from './letters-client.ts';

interface SentLetterProps {
  readonly client: LettersClient;
  readonly letter: LetterView;
  readonly today: string;
  readonly onNotice: (notice: string) => void;
}

/** A letter that went out: where it is, what happened to it, and what can be done by hand. */
export function SentLetter({ client, letter, today, onNotice }: SentLetterProps) {
  const { id, kind, state, createdAt, readAt, deliveries } = letter;
  const [isOpen, setOpen] = useState(false);
  const say = (at: Date) => sayInstant(at, today);
  return (
    <div className="sent-letter" data-state={state}>
      <p className="letter-line">
        <strong>{letterInWords(kind, state, say(createdAt), readAt && say(readAt))}</strong>
      </p>
      <ol className="ways">
        {deliveries.map((way) => (
          <li key={way.id} data-state={way.state}>
            <span className="channel">{CHANNEL_WORDS[way.channel]}</span>
            <span>{wayInWords(way, letter, say)}</span>
          </li>
        ))}
      </ol>
      <div className="letter-actions">
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? words.hide : words.show}
        </button>
        <a href={sentPaperOf(id)} target="_blank" rel="noreferrer">
          {words.print}
        </a>
        <ByHand client={client} letter={letter} onNotice={onNotice} />
      </div>
      {isOpen && <AsSent client={client} id={id} say={say} />}
    </div>
  );
}

function ByHand({ client, letter, onNotice }: Omit<SentLetterProps, 'today'>) {
  const { isSending, failure, send } = useSending();
  const [isStopping, setStopping] = useState(false);
  const { state, deliveries } = letter;
  if (state === 'stopped' || state === 'replaced') return null;
  const run = (work: Promise<void>, done: string) =>
    send(async () => {
      await work;
      onNotice(done);
    });
  const isOnPaper = deliveries.some((way) => way.channel === 'print' && way.state === 'ready');
  const canNotify = !deliveries.some((way) => way.channel === 'notice' && way.reason === 'not_configured');
  return (
    <>
      {canNotify && (
        <button
          type="button"
          disabled={isSending}
          onClick={() => void run(client.sendBy(letter, { channel: 'notice' }), words.noticeSent)}
        >
          {words.noticeAgain}
        </button>
      )}
      {!isOnPaper && (
        <button
          type="button"
          disabled={isSending}
          onClick={() => void run(client.sendBy(letter, { channel: 'print' }), words.paperWaits)}
        >
          {words.paperNow}
        </button>
      )}
      <button type="button" disabled={isSending} onClick={() => void run(client.handOver(letter), words.handedOver)}>
        {words.handOver}
      </button>
      <button type="button" disabled={isSending} onClick={() => void run(client.phoned(letter), words.phonedNotice)}>
        {words.phoned}
      </button>
      {state !== 'read' && (
        <button type="button" aria-haspopup="dialog" disabled={isSending} onClick={() => setStopping(true)}>
          {words.stop} …
        </button>
      )}
      {failure !== undefined && !isStopping && (
        <p className="failure" role="alert">
          {letterFailure(failure)}
        </p>
      )}
      {isStopping && (
        <FormDialog
          heading={words.stopHeading}
          submit={words.stop}
          isFinal
          failure={failure && letterFailure(failure)}
          onSubmit={() =>
            void run(
              client.stop(letter).then(() => setStopping(false)),
              words.stopped,
            )
          }
          onClose={() => setStopping(false)}
        >
          <p>{words.stopHint}</p>
        </FormDialog>
      )}
    </>
  );
}

function AsSent({
  client,
  id,
  say,
}: {
  readonly client: LettersClient;
  readonly id: string;
  readonly say: (at: Date) => string;
}) {
  const load = useCallback(() => client.letter(id), [client, id]);
  const { data, failure } = useLoaded(client, load);
  if (failure !== undefined) return <p role="alert">{letterFailure(failure)}</p>;
  if (data === undefined) return <p role="status">{words.loading}</p>;
  return (
    <>
      <h4>{words.steps}</h4>
      <ol className="letter-steps">
        {data.steps.map((step) => (
          <li key={step.id}>
            <time dateTime={step.at.toISOString()}>{say(step.at)}</time> <span>{stepInWords(step, say)}</span>
          </li>
        ))}
      </ol>
      {data.preparations.length > 0 && <Preparations preparations={data.preparations} />}
      <LetterSheet letter={data.letter} label={words.asSent} />
    </>
  );
}
