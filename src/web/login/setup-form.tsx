import type { FormEvent } from 'react';
import { z } from 'zod';
import type { LoginBody } from '../../contracts/access-api.ts';
import { loginError, LOGIN_MESSAGES as words } from '../messages/login.sv.ts';
import { askApi } from '../shell/ask-api.ts';
import { Choice, Field, FormFailure, NewPasswordField } from '../shell/field.tsx';
import { useSending } from '../shell/use-sending.ts';

interface SetupFormParts {
  readonly code: string;
  readonly signIn: (credentials: LoginBody) => Promise<void>;
}

/** Makes the first account and its unit, and signs in with it. */
export function SetupForm({ code, signIn }: SetupFormParts) {
  const { isSending, failure, send } = useSending();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    const credentials = { username: text('username'), password: text('password') };
    const person = { unitName: text('unitName'), givenName: text('givenName'), familyName: text('familyName') };
    const body = { code, ...person, ...credentials, isClinician: form.has('isClinician') };
    void send(async () => {
      await askApi('/api/setup', z.undefined(), { method: 'POST', body });
      await signIn(credentials);
    });
  };

  return (
    <section aria-labelledby="setup-heading">
      <h2 id="setup-heading">{words.setupHeading}</h2>
      <p className="hint">{words.setupHint}</p>
      <form onSubmit={submit}>
        <Field label={words.unitName} name="unitName" autoComplete="organization" autoFocus />
        <Field label={words.givenName} name="givenName" autoComplete="given-name" maxLength={100} />
        <Field label={words.familyName} name="familyName" autoComplete="family-name" maxLength={100} />
        <Field label={words.username} name="username" autoComplete="username" autoCapitalize="none" maxLength={100} />
        <NewPasswordField label={words.newPassword} />
        <Choice label={words.isClinician} name="isClinician" />
        <FormFailure text={failure && loginError(failure, 'setup')} />
        <button type="submit" className="primary">
          {isSending ? words.creating : words.create}
        </button>
      </form>
    </section>
  );
}
