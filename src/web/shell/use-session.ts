import { useEffect, useState } from 'react';
import type { Me, SignedInStaff } from '../../contracts/access-api.ts';
import { PageError } from '../page-error.ts';
import { watchIdle } from './idle.ts';
import { fetchMe, leaveForLogin, signOut } from './session.ts';

/** What a signed-in page knows of who looks at it. */
export interface PageSession {
  readonly staff: SignedInStaff;
  readonly csrfToken: string;
  readonly demo: boolean;
}

interface SessionState {
  /** Undefined until it is known. Nobody is sent to the login page, and comes back here. */
  readonly session: PageSession | undefined;
  /** The code of a failure to find out. */
  readonly failure: string | undefined;
}

/** Who is signed in, for a page that is for nobody else. Whoever leaves the computer is signed out after a while. */
export function useSession(): SessionState {
  const [state, setState] = useState<SessionState>({ session: undefined, failure: undefined });

  useEffect(() => {
    let endWatch = () => {};
    let isGone = false;
    const take = (me: Me) => {
      const { staff, csrfToken, demo, idleMinutes } = me;
      if (staff === null || csrfToken === null) return leaveForLogin();
      setState({ session: { staff, csrfToken, demo }, failure: undefined });
      const onUse = () =>
        void fetchMe().then(
          (now) => now.staff === null && leaveForLogin(),
          () => undefined,
        );
      endWatch = watchIdle({ idleMs: idleMinutes * 60_000, onUse, onIdle: () => void signOut(csrfToken) });
    };
    fetchMe().then(
      (me) => isGone || take(me),
      (error) => setState({ session: undefined, failure: PageError.from(error).code }),
    );
    return () => {
      isGone = true;
      endWatch();
    };
  }, []);

  return state;
}
