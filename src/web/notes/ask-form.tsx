import { type FormEvent, useId, useState } from 'react';
import type { Addressee, CardDecision } from '../../contracts/notes-api-cards.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import { AddresseeField, addresseeOf } from './addressee-field.tsx';
import { CardForm } from './card-form.tsx';

interface Props {
  /** Where whoever is asked works. */
  readonly unitId: string;
  readonly onSend: (decision: CardDecision) => void;
  readonly onClose: () => void;
}

/** A question about a follow-up, to whoever can answer it. */
export function AskForm({ unitId, onSend, onClose }: Props) {
  const [problem, setProblem] = useState<string>();
  const textId = useId();
  const send = (event: FormEvent<HTMLFormElement>) => {
    const given = new FormData(event.currentTarget);
    const text = String(given.get('text')).trim();
    const to: Addressee | undefined = addresseeOf(given);
    if (to === undefined) return setProblem(words.askWhom);
    if (text === '') return setProblem(words.askMissing);
    onSend({ decision: 'asked', to, text });
  };
  return (
    <CardForm heading={words.askHeading} submit={words.send} problem={problem} onSubmit={send} onClose={onClose}>
      <AddresseeField label={words.askTo} unitId={unitId} />
      <label htmlFor={textId}>{words.askText}</label>
      <textarea id={textId} name="text" rows={3} maxLength={4000} lang="sv" />
    </CardForm>
  );
}
