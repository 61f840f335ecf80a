import type { FormEvent } from 'react';
import type { LoginBody } from '../../contracts/access-api.ts';
import { PasswordLinkUsed } from '../../contracts/access-api-accounts.ts';
import { loginError, LOGIN_MESSAGES as words } from '../messages/login.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { askApi } from '../shell/ask-api.ts';
import { Field, FormFailure, NewPasswordField } from '../shell/field.tsx';
import { useSending } from '../shell/use-sending.ts';

interface ChoosePasswordParts {
  readonly token: string;
  /** As the link tells it; the server knows whose link it is. */
  readonly username: string;
  readonly signIn: (credentials: LoginBody) => Promise<void>;
}

/** Chooses a password by the link of an operator, and signs in with it. */
export function ChoosePasswordForm({ token, username, signIn }: ChoosePasswordParts) {
  const { isSending, failure, send } = useSending();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    void send(async () => {
      const used = await askApi('/api/password-links', PasswordLinkUsed, { method: 'POST', body: { token, password } });
      await signIn({ username: used.username, password });
    });
  };

  return (
    <section aria-labelledby="choose-heading">
      <h2 id="choose-heading">{words.chooseHeading}</h2>
      <p className="hint">{words.chooseHint}</p>
      <form onSubmit={submit}>
        <Field label={words.username} name="username" autoComplete="username" value={username} readOnly />
        <NewPasswordField label={SHELL_MESSAGES.newPassword} />
        <FormFailure text={failure && loginError(failure, 'choose')} />
        <button type="submit" className="primary">
          {isSending ? words.choosing : words.choose}
        </button>
      </form>
    </section>
  );
}
