import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { accountError, ROLE_WORDS, SHELL_MESSAGES as words } from '../messages/shell.sv.ts';
import { askApi } from './ask-api.ts';
import { Field, FormFailure, NewPasswordField } from './field.tsx';
import { Dialog } from './form-dialog.tsx';
import { type PageSession, signOut } from './session.ts';
import { useSending } from './use-sending.ts';

/** Whose session this is, and what one does about the own account. */
export function AccountDialog({ session, onClose }: { session: PageSession; onClose: () => void }) {
  const { staff, csrfToken, idleMinutes } = session;
  const facts = [
    [words.username, staff.username],
    [words.roles, staff.roles.map((role) => ROLE_WORDS[role]).join(', ')],
    [words.units, staff.units.map(({ name }) => name).join(', ')],
  ];
  return (
    <Dialog heading={`${staff.givenName} ${staff.familyName}`} onClose={onClose}>
      <div className="parts">
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className="hint">{words.idle(idleMinutes)}</p>
        <PasswordChangeForm csrfToken={csrfToken} username={staff.username} />
        <hr />
        <div className="actions">
          <button type="button" onClick={() => void signOut(csrfToken, { everywhere: true })}>
            {words.signOutEverywhere}
          </button>
          <button type="button" onClick={onClose}>
            {words.close}
          </button>
        </div>
      </div>
    </Dialog>
  );
}

function PasswordChangeForm({ csrfToken, username }: { csrfToken: string; username: string }) {
  const { isSending, failure, send } = useSending();
  const [isChanged, setChanged] = useState(false);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { current, password } = Object.fromEntries(new FormData(form));
    void send(async () => {
      setChanged(false);
      await askApi('/api/me/password', z.undefined(), { method: 'POST', body: { current, password }, csrfToken });
      form.reset();
      setChanged(true);
    });
  };

  return (
    <form onSubmit={submit} aria-labelledby="password-heading">
      <h3 id="password-heading">{words.changePassword}</h3>
      {/* Whose password it is, for the browser's own list of them. */}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field label={words.currentPassword} name="current" type="password" autoComplete="current-password" />
      <NewPasswordField label={words.newPassword} />
      <FormFailure text={failure === undefined ? undefined : accountError(failure)} />
      <p role="status">{isChanged && words.passwordChanged}</p>
      <div className="actions">
        <button type="submit" className="primary">
          {isSending ? words.sending : words.changePassword}
        </button>
      </div>
    </form>
  );
}
