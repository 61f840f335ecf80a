import { type FormEvent, useState } from 'react';
import type { Account, MadePasswordLink } from '../../contracts/access-api-accounts.ts';
import { adminError } from '../messages/drift.sv.ts';
import { ACCOUNT_WORDS as words } from '../messages/drift-accounts.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { FormFailure, NewPasswordField } from '../shell/field.tsx';
import { Dialog } from '../shell/form-dialog.tsx';
import { useSending } from '../shell/use-sending.ts';
import type { AdminClient } from './admin-client.ts';

interface SignInParts {
  readonly client: AdminClient;
  readonly account: Account;
  readonly isOwn: boolean;
  readonly onLink: (link: MadePasswordLink) => void;
  readonly onDone: (text: string, undo?: () => Promise<unknown>) => void;
  readonly onClose: () => void;
}

/** How somebody signs in: the password, the sessions, and whether the account is open. */
export function SignInDialog({ client, account, isOwn, onLink, onDone, onClose }: SignInParts) {
  const { failure, send } = useSending();
  const [isSettingPassword, setSettingPassword] = useState(false);
  const { id, givenName, familyName, active, sessions, demo } = account;
  const name = `${givenName} ${familyName}`;

  const makeLink = () => send(async () => onLink(await client.makePasswordLink(id)));
  const setActive = (isActive: boolean) =>
    send(async () => {
      const changed = await client.changeAccount(account, { active: isActive });
      onDone(isActive ? words.opened(name) : words.wasClosed(name), () =>
        client.changeAccount(changed, { active: !isActive }),
      );
    });
  const signOut = () =>
    send(async () => {
      await client.signOutEverywhere(id);
      onDone(words.signedOut(name));
    });
  const setPassword = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    void send(async () => {
      await client.setPassword(id, password);
      onDone(words.passwordSet(name));
    });
  };

  return (
    <Dialog heading={words.signInHeading(name)} onClose={onClose}>
      <div className="parts">
        {isOwn && <p>{words.ownAccount}</p>}
        {demo && <p>{words.demoAccount}</p>}
        {active && !isOwn && !demo && !isSettingPassword && (
          <>
            <p className="hint">{words.resetHint}</p>
            <div className="actions">
              <button type="button" className="primary" onClick={() => void makeLink()}>
                {words.makeLink}
              </button>
              <button type="button" onClick={() => setSettingPassword(true)}>
                {words.setPassword}
              </button>
            </div>
          </>
        )}
        {isSettingPassword && (
          <form onSubmit={setPassword}>
            <NewPasswordField label={words.password} />
            <div className="actions">
              <button type="submit" className="primary">
                {words.setPassword}
              </button>
            </div>
          </form>
        )}
        <FormFailure text={failure && adminError(failure, words.errors)} />
        <hr />
        <p className="hint">{active ? words.sessions(sessions) : words.closedHint}</p>
        <div className="actions">
          {active && sessions > 0 && (
            <button type="button" onClick={() => void signOut()}>
              {words.signOutEverywhere}
            </button>
          )}
          {active && !isOwn && (
            <button type="button" className="warning" onClick={() => void setActive(false)}>
              {words.close}
            </button>
          )}
          {!active && (
            <button type="button" className="primary" onClick={() => void setActive(true)}>
              {words.reopen}
            </button>
          )}
          <button type="button" onClick={onClose}>
            {SHELL_MESSAGES.abort}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
