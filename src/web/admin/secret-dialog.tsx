import { useId, useState } from 'react';
import { ADMIN_MESSAGES as words } from '../messages/drift.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { Dialog } from '../shell/form-dialog.tsx';

interface SecretParts {
  readonly heading: string;
  readonly hint: string;
  /** What the secret is. */
  readonly label: string;
  readonly secret: string;
  readonly onClose: () => void;
}

/** Shows what is shown this once, to be copied. */
export function SecretDialog({ heading, hint, label, secret, onClose }: SecretParts) {
  const id = useId();
  const [outcome, setOutcome] = useState<string>();
  const copy = async () => {
    const field = document.getElementById(id);
    if (field instanceof HTMLTextAreaElement) field.select();
    // Not given to pages that came over plain HTTP; what is selected can be copied by hand.
    const copied = await navigator.clipboard?.writeText(secret).then(
      () => true,
      () => false,
    );
    setOutcome(copied ? words.copied : words.copyByHand);
  };
  return (
    <Dialog heading={heading} onClose={onClose}>
      <div className="parts">
        <p>{hint}</p>
        <p className="form-field">
          <label htmlFor={id}>{label}</label>
          <textarea id={id} className="secret" readOnly rows={3} value={secret} spellCheck={false} />
        </p>
        <p role="status">{outcome}</p>
        <div className="actions">
          <button type="button" className="primary" data-first onClick={() => void copy()}>
            {words.copy}
          </button>
          <button type="button" onClick={onClose}>
            {SHELL_MESSAGES.close}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
