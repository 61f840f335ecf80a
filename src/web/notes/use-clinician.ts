import { useEffect, useState } from 'react';
import type { Me } from '../../contracts/access-api.ts';
import { watchIdle } from '../shell/idle.ts';
import { fetchMe, leaveForLogin, signOut } from '../shell/session.ts';
import type { PageSession } from '../shell/use-session.ts';

interface Clinician {
  /** False until the server has told who is signed in, or that nobody is. */
  readonly isKnown: boolean;
  readonly session: PageSession | undefined;
}

/**
 * Who is signed in, for a page that is also for those who are not: a server without a clinic, or one that does not
 * answer, has nobody. Whoever leaves the computer is signed out after a while; what was not sent stays in the browser.
 */
export function useClinician(): Clinician {
  const [state, setState] = useState<Clinician>({ isKnown: false, session: undefined });
  useEffect(() => {
    let endWatch = () => {};
    const take = ({ staff, csrfToken, demo, idleMinutes }: Me) => {
      if (staff === null || csrfToken === null) return setState({ isKnown: true, session: undefined });
      setState({ isKnown: true, session: { staff, csrfToken, demo } });
      const onUse = () =>
        void fetchMe().then(
          (now) => now.staff === null && leaveForLogin(),
          () => undefined,
        );
      endWatch = watchIdle({ idleMs: idleMinutes * 60_000, onUse, onIdle: () => void signOut(csrfToken) });
    };
    fetchMe().then(take, () => setState({ isKnown: true, session: undefined }));
    return () => endWatch();
  }, []);
  return state;
}
