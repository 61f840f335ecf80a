import { useEffect, useState } from 'react';
import { z } from 'zod';
import type { LoginBody, Me } from '../../contracts/access-api.ts';
import { loginError, LOGIN_MESSAGES as words } from '../messages/login.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { PageError } from '../page-error.ts';
import { askApi } from '../shell/ask-api.ts';
import { PASSWORD_LINK, pathAfterLogin } from '../shell/login-path.ts';
import { fetchMe } from '../shell/session.ts';
import { ShellHeader } from '../shell/shell-header.tsx';
import { ChoosePasswordForm } from './choose-password-form.tsx';
import { DemoSignIn } from './demo-sign-in.tsx';
import { LoginForm } from './login-form.tsx';
import { OrganisationSignIn } from './organisation-sign-in.tsx';
import { SetupForm } from './setup-form.tsx';

/** What links to this page carry behind #: never sent when the page is fetched. */
const link = new URLSearchParams(location.hash.slice(1));
/** Of the link in the server's log. */
const setupCode = link.get('kod');
/** Of the link that an operator made for somebody who chooses a password. */
const passwordToken = link.get(PASSWORD_LINK.token);

/** Signs in and leads on to where one wanted to go; where nobody has an account, makes the first one. */
export function LoginPage() {
  const [me, setMe] = useState<Me>();
  const [failure, setFailure] = useState<string>();

  const look = () => {
    setFailure(undefined);
    fetchMe().then(
      (now) => (now.staff && passwordToken === null ? goOn(now.staff.roles) : setMe(now)),
      (error) => setFailure(PageError.from(error).code),
    );
  };
  useEffect(look, []);
  useEffect(() => {
    // A link that is opened where this page is shown already does not load it.
    const startOver = () => location.reload();
    addEventListener('hashchange', startOver);
    return () => removeEventListener('hashchange', startOver);
  }, []);

  return (
    <>
      <ShellHeader path="/inloggning" session={undefined} />
      <main>
        {failure !== undefined && (
          <section role="alert">
            <p>{loginError(failure, 'login')}</p>
            <button type="button" onClick={look}>
              {SHELL_MESSAGES.tryAgain}
            </button>
          </section>
        )}
        {me === undefined && failure === undefined && <p role="status">{SHELL_MESSAGES.loading}</p>}
        {me && passwordToken !== null && (
          <ChoosePasswordForm token={passwordToken} username={link.get(PASSWORD_LINK.username) ?? ''} signIn={signIn} />
        )}
        {me?.organisationLogin && passwordToken === null && <OrganisationSignIn search={location.search} />}
        {me && !me.needsSetup && passwordToken === null && <LoginForm signIn={signIn} />}
        {me?.demo && passwordToken === null && <DemoSignIn signIn={signIn} />}
        {me?.needsSetup && setupCode !== null && <SetupForm code={setupCode} signIn={signIn} />}
        {me?.needsSetup && setupCode === null && (
          <section>
            <h2>{words.setupHeading}</h2>
            <p>{words.setupNeedsLink}</p>
          </section>
        )}
      </main>
    </>
  );
}

/** Throws PageError. */
async function signIn(credentials: LoginBody): Promise<void> {
  await askApi('/api/login', z.undefined(), { method: 'POST', body: credentials });
  const { staff } = await fetchMe();
  goOn(staff?.roles ?? []);
}

function goOn(roles: Parameters<typeof pathAfterLogin>[2]): void {
  // The login page is no place to come back to.
  location.replace(pathAfterLogin(location.search, location.origin, roles));
}
