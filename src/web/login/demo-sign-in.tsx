import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { DemoAccounts, type LoginBody } from '../../contracts/access-api.ts';
import { loginError, LOGIN_MESSAGES as words } from '../messages/login.sv.ts';
import { ROLE_WORDS } from '../messages/shell.sv.ts';
import { askApi } from '../shell/ask-api.ts';
import { FormFailure } from '../shell/field.tsx';
import { useSending } from '../shell/use-sending.ts';

/** The demo clinic's accounts, a click each; from another computer only why there are none. */
export function DemoSignIn({ signIn }: { signIn: (credentials: LoginBody) => Promise<void> }) {
  const [demo, setDemo] = useState<z.infer<typeof DemoAccounts>>();
  const { failure, send } = useSending();
  useEffect(() => {
    void send(async () => setDemo(await askApi('/api/demo-accounts', DemoAccounts)));
  }, [send]);

  return (
    <section aria-labelledby="demo-heading">
      <h2 id="demo-heading">{words.demoHeading}</h2>
      <p className="hint">{demo?.accounts.length === 0 ? words.demoElsewhere : words.demoHint}</p>
      <FormFailure text={failure && loginError(failure, 'login')} />
      <ul className="accounts">
        {demo?.accounts.map(({ username, givenName, familyName, roles, units }) => (
          <li key={username}>
            <button type="button" onClick={() => send(() => signIn({ username, password: demo.password }))}>
              <span>
                {givenName} {familyName}
              </span>
              <span className="hint">{roles.map((role) => ROLE_WORDS[role]).join(', ')}</span>
              <span className="hint">{words.at(units)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
