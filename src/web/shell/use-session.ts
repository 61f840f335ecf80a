import { useEffect, useState } from 'react';
import { PageError } from '../page-error.ts';
import { fetchMe, keepWatch, leaveForLogin, type PageSession, sessionOf } from './session.ts';

interface SessionState {
  /** False until the server has told who is signed in, or has not answered. */
  readonly isKnown: boolean;
  readonly session: PageSession | undefined;
  /** The code of a failure to find out. */
  readonly failure: string | undefined;
}

/**
 * Who is signed in; nobody is sent to the login page, and comes back here. A page that is also for those who are not
 * (`isOptional`) sends them only where the server hears nobody unknown: on other computers than its own. Whoever leaves
 * the computer is signed out after a while.
 */
export function useSession({ isOptional = false } = {}): SessionState {
  const [state, setState] = useState<SessionState>({ isKnown: false, session: undefined, failure: undefined });

  useEffect(() => {
    let endWatch = () => {};
    let isGone = false;
    fetchMe().then(
      (me) => {
        if (isGone) return;
        const session = sessionOf(me);
        if (session === undefined && (me.needsLogin || !isOptional)) return leaveForLogin();
        setState({ isKnown: true, session, failure: undefined });
        if (session) endWatch = keepWatch(session);
      },
      (error) => setState({ isKnown: true, session: undefined, failure: PageError.from(error).code }),
    );
    return () => {
      isGone = true;
      endWatch();
    };
  }, [isOptional]);

  return state;
}
