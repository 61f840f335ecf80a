import { type FormEvent, useRef } from 'react';
import type { LoginBody } from '../../contracts/access-api.ts';
import { loginError, LOGIN_MESSAGES as words } from '../messages/login.sv.ts';
import { Field, FormFailure } from '../shell/field.tsx';
import { useSending } from '../shell/use-sending.ts';

export function LoginForm({ signIn }: { signIn: (credentials: LoginBody) => Promise<void> }) {
  const { isSending, failure, send } = useSending();
  const password = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    await send(() => signIn({ username: String(form.get('username')), password: String(form.get('password')) }));
    password.current?.select();
  };

  return (
    <section aria-labelledby="login-heading">
      <h2 id="login-heading">{words.heading}</h2>
      <form onSubmit={submit}>
        <Field label={words.username} name="username" autoComplete="username" autoCapitalize="none" autoFocus />
        <Field label={words.password} name="password" type="password" autoComplete="current-password" ref={password} />
        <FormFailure text={failure && loginError(failure, 'login')} />
        <button type="submit" className="primary">
          {isSending ? words.signingIn : words.signIn}
        </button>
      </form>
    </section>
  );
}
