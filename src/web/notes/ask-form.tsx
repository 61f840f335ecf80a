import { type FormEvent, useId, useState } from 'react';
import type { CardDecision } from '../../contracts/notes-api-cards.ts';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';
import { CardForm } from './card-form.tsx';

const ROLES = ['clinician', 'administrator'] as const;

interface Props {
  readonly onSend: (decision: CardDecision) => void;
  readonly onClose: () => void;
}

/** A question about a follow-up, to whoever can answer it. */
export function AskForm({ onSend, onClose }: Props) {
  const [problem, setProblem] = useState<string>();
  const ids = { to: useId(), text: useId() };
  const send = (event: FormEvent<HTMLFormElement>) => {
    const given = new FormData(event.currentTarget);
    const text = String(given.get('text')).trim();
    if (text === '') return setProblem(words.askMissing);
    onSend({ decision: 'asked', to: { role: String(given.get('to')) }, text });
  };
  return (
    <CardForm heading={words.askHeading} submit={words.send} problem={problem} onSubmit={send} onClose={onClose}>
      <label htmlFor={ids.to}>{words.askTo}</label>
      <select id={ids.to} name="to">
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {words.toRole[role]}
          </option>
        ))}
      </select>
      <label htmlFor={ids.text}>{words.askText}</label>
      <textarea id={ids.text} name="text" rows={3} maxLength={4000} lang="sv" />
    </CardForm>
  );
}
