import { useCallback, useId, useState } from 'react';
import type { LetterPreparation } from '../../contracts/letter.ts';
import { letterFailure, LETTER_MESSAGES as words } from '../messages/letter.sv.ts';
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
  readonly onClose: () => void;
  readonly onSent: () => void;
}

/** Asks once before a letter goes out, with the words that were written out of short forms to be looked through. */
export function SendLetterDialog({ client, wanted, version, replaces, onClose, onSent }: SendLetterProps) {
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
      <p>{words.sendHint}</p>
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
