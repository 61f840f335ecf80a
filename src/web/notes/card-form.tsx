import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { NOTE_MESSAGES as words } from '../messages/notes.sv.ts';

interface Props {
  readonly heading: string;
  readonly submit: string;
  /** What is missing before it can be sent. */
  readonly problem: string | undefined;
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A small form inside a card. It takes the focus; Esc leads back to the card. */
export function CardForm({ heading, submit, problem, onSubmit, onClose, children }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const headingId = useId();
  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('select, input, textarea');
    // Nothing to fill in: the way back, so that a second Enter does nothing.
    (first ?? form.current?.querySelector<HTMLElement>('button[type="button"]'))?.focus();
  }, []);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(event);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    <form ref={form} className="card-form" aria-labelledby={headingId} noValidate onSubmit={send} onKeyDown={onKeyDown}>
      <p id={headingId} className="form-heading">
        {heading}
      </p>
      {children}
      <p className="problem" role="alert">
        {problem}
      </p>
      <div className="card-actions">
        <button type="submit" className="primary">
          {submit}
        </button>
        <button type="button" onClick={onClose}>
          {words.back}
        </button>
      </div>
    </form>
  );
}
