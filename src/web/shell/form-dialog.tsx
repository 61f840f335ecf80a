import './forms.css';
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { SHELL_MESSAGES as words } from '../messages/shell.sv.ts';
import { FormFailure } from './field.tsx';

interface DialogParts {
  readonly heading: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog that is open while it is drawn; Esc closes it, and the focus goes back to where it was. */
export function Dialog({ heading, onClose, children }: DialogParts) {
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} className="form-dialog" aria-labelledby={headingId} onClose={onClose}>
      <h2 id={headingId}>{heading}</h2>
      {children}
    </dialog>
  );
}

interface FormDialogParts extends DialogParts {
  /** What the button says that sends. */
  readonly submit: string;
  /** Whether all is there that is sent. */
  readonly isReady?: boolean;
  /** What is sent cannot be taken back. */
  readonly isFinal?: boolean;
  /** What went wrong the last time. */
  readonly failure: string | undefined;
  readonly onSubmit: (form: FormData) => void;
}

/** A form in a dialog of its own. */
export function FormDialog(parts: FormDialogParts) {
  const { submit, isReady = true, isFinal = false, failure, onSubmit, children, ...dialog } = parts;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <Dialog {...dialog}>
      <form onSubmit={send}>
        {children}
        <FormFailure text={failure} />
        <div className="actions">
          <button type="submit" className={isFinal ? 'warning' : 'primary'} disabled={!isReady}>
            {submit}
          </button>
          <button type="button" onClick={dialog.onClose}>
            {words.abort}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
