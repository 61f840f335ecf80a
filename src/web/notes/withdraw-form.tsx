import { type FormEvent, useState } from 'react';
import { NOTE_MENU_MESSAGES as words } from '../messages/note-menu.sv.ts';
import { CardForm } from './card-form.tsx';
import { ReasonField } from './reason-field.tsx';

/** Recalls what a card of a signed note asked for, with its task. */
export function WithdrawForm({ onSend, onClose }: { onSend: (reason: string) => void; onClose: () => void }) {
  const [problem, setProblem] = useState<string>();
  const send = (event: FormEvent<HTMLFormElement>) => {
    const reason = String(new FormData(event.currentTarget).get('reason')).trim();
    if (reason === '') setProblem(words.withdrawMissing);
    else onSend(reason);
  };
  return (
    <CardForm
      heading={words.withdrawHeading}
      submit={words.withdraw}
      problem={problem}
      onSubmit={send}
      onClose={onClose}
    >
      <p>{words.withdrawText}</p>
      <ReasonField label={words.withdrawReason} />
    </CardForm>
  );
}
