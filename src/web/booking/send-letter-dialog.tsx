import { useCallback, useId, useState } from 'react';
import type { LetterPreparation } from '../../contracts/letter.ts';
import type { PlannedWay } from '../../contracts/letter-api.ts';
import { letterFailure, LETTER_MESSAGES as words } from '../messages/letter.sv.ts';
import { CHANNEL_WORDS } from '../messages/letter-ways.sv.ts';
import { sayInstant } from '../queue/say-when.ts';
import { Choice } from '../shell/field.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { useSending } from '../shell/use-sending.ts';
import type { LettersClient, WantedLetter } from './letters-client.ts';

interface SendLetterProps {
  readonly client: LettersClient;
  readonly wanted: WantedLetter;
  /** Of the task. */
  readonly version: number;
  readonly replaces: string | null;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly onClose: () => void;
  readonly onSent: () => void;
}

/** Asks once before a letter goes out, with the words that were written out of short forms to be looked through. */
export function SendLetterDialog({ client, wanted, version, replaces, today, onClose, onSent }: SendLetterProps) {
  const { taskId, kind, hasLargePrint } = wanted;
  const load = useCallback(
    () => client.preview({ taskId, kind, hasLargePrint }),
    [client, taskId, kind, hasLargePrint],
  );
  const { data, failure: notLoaded } = useLoaded(client, load);
  const { isSending, failure, send } = useSending();
  const [changed, setChanged] = useState<ReadonlyMap<string, string>>(new Map());
  const preparations = kind === 'avbokning' ? [] : distinct(data?.preparations ?? []);
  const submit = () =>
    void send(async () => {
      await client.send(
        { id: taskId, version },
        {
          kind,
          largePrint: hasLargePrint,
          preparations: preparations.map(({ original, plain }) => ({
            original,
            plain: changed.get(original) ?? plain,
          })),
          replaces,
        },
      );
      onSent();
    });
  const code = failure ?? notLoaded;
  return (
    <FormDialog
      heading={words.sendHeading(kind)}
      submit={words.sendNow}
      isReady={data !== undefined}
      failure={code === undefined ? undefined : letterFailure(code)}
      onSubmit={submit}
      onClose={onClose}
    >
      {data && <Ways ways={data.ways} today={today} />}
      {replaces !== null && <p>{words.replacesHint}</p>}
      {data === undefined && notLoaded === undefined && <p role="status">{words.loading}</p>}
      {preparations.map((one) => (
        <CheckedWords
          key={one.original}
          preparation={one}
          isDisabled={isSending}
          onChange={(plain) => setChanged(new Map([...changed, [one.original, plain]]))}
        />
      ))}
      {preparations.some(({ writtenOut }) => writtenOut.length > 0) && <Choice label={words.checked} required />}
    </FormDialog>
  );
}

/** The unit's own chain, and when each channel has its turn as long as nobody reads the letter. */
function Ways({ ways, today }: { readonly ways: readonly PlannedWay[]; readonly today: string }) {
  const isTold = ways.some(({ channel, at }) => channel !== 'page' && at !== null);
  return (
    <>
      <p>{words.sendHint}</p>
      <ol className="planned-ways">
        {ways.map(({ channel, at }) => (
          <li key={channel}>
            <span className="channel">{CHANNEL_WORDS[channel]}</span> <span>{wayAt(at, today)}</span>
          </li>
        ))}
      </ol>
      {!isTold && (
        <p className="must-phone" role="alert">
          {words.noneInTime}
        </p>
      )}
    </>
  );
}

const SOON_MS = 60_000;

function wayAt(at: Date | null, today: string): string {
  if (at === null) return words.wayTooLate;
  return at.getTime() - Date.now() < SOON_MS ? words.wayAtOnce : sayInstant(at, today);
}

/** What was said, and how the patient reads it: to be corrected. */
function CheckedWords({
  preparation: { original, plain, writtenOut },
  isDisabled,
  onChange,
}: {
  readonly preparation: LetterPreparation;
  readonly isDisabled: boolean;
  readonly onChange: (plain: string) => void;
}) {
  const id = useId();
  return (
    <div className="form-field">
      <p>
        {words.asSaid} <q>{original}</q>
      </p>
      <label htmlFor={id}>{words.asRead}</label>
      <textarea
        id={id}
        rows={2}
        required
        maxLength={700}
        disabled={isDisabled}
        defaultValue={plain}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <span id={`${id}-hint`} className="hint">
        {writtenOut.map((one) => words.writtenOut(one.short, one.plain)).join(' ')}
      </span>
    </div>
  );
}

/** Two visits can ask for the same. */
function distinct(preparations: readonly LetterPreparation[]): LetterPreparation[] {
  return [...new Map(preparations.map((one) => [one.original, one])).values()];
}
