import { type JSX, useCallback, useEffect, useMemo, useState } from 'react';
import { type AdminView, adminError, VIEW_NAMES, ADMIN_MESSAGES as words } from '../messages/drift.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { Failure } from '../shell/failure.tsx';
import { type Notice, NoticeBar } from '../shell/notice-bar.tsx';
import { PageKeys } from '../shell/page-keys.tsx';
import type { PageSession } from '../shell/session.ts';
import { ShellHeader } from '../shell/shell-header.tsx';
import { useLoaded } from '../shell/use-loaded.ts';
import { useSession } from '../shell/use-session.ts';
import { AccountsView } from './accounts-view.tsx';
import { AdminClient } from './admin-client.ts';
import { ADMIN_KEYS, adminKeys } from './admin-keys.ts';
import { FailuresView } from './failures-view.tsx';
import { KeysView } from './keys-view.tsx';
import { SystemView } from './system-view.tsx';
import { UnitsView } from './units-view.tsx';
import type { ViewParts } from './view-parts.tsx';

const VIEWS: readonly (readonly [AdminView, (parts: ViewParts) => JSX.Element])[] = [
  ['laget', SystemView],
  ['konton', AccountsView],
  ['nycklar', KeysView],
  ['fel', FailuresView],
  ['enheter', UnitsView],
];

/** What operators see of the server and do about it. The view is in the address, so that it can be linked to. */
export function AdminPage() {
  const { session, failure } = useSession();
  const isOperator = session?.staff.roles.includes('operator');
  return (
    <>
      <ShellHeader path="/drift" session={session} />
      {failure !== undefined && <Failure text={adminError(failure)} onRetry={() => location.reload()} />}
      {session === undefined && failure === undefined && <p role="status">{SHELL_MESSAGES.loading}</p>}
      {session && !isOperator && <p role="alert">{words.notYours}</p>}
      {session && isOperator && <Views session={session} />}
    </>
  );
}

function Views({ session }: { session: PageSession }) {
  const client = useMemo(() => new AdminClient(session.csrfToken), [session]);
  const view = useView();
  const [notice, tell] = useState<Notice>();
  const queue = useLoaded(
    client,
    useCallback(() => client.queue(), [client]),
  );
  const View = VIEWS.find(([name]) => name === view)![1];
  const failureCount = queue.data?.deadLetters ?? 0;
  return (
    <>
      <nav className="views" aria-label={words.views}>
        {VIEWS.map(([name]) => (
          <a key={name} href={`#${name}`} aria-current={name === view ? 'page' : undefined}>
            {VIEW_NAMES[name]} {name === 'fel' && failureCount > 0 && <span className="count">{failureCount}</span>}
          </a>
        ))}
      </nav>
      <main>
        <View key={view} client={client} session={session} tell={tell} />
      </main>
      <NoticeBar notice={notice} tell={tell} sayError={adminError} />
      <PageKeys keys={ADMIN_KEYS} altKeys={adminKeys} />
    </>
  );
}

function useView(): AdminView {
  const [view, setView] = useState(viewOfAddress);
  useEffect(() => {
    const onChange = () => setView(viewOfAddress());
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return view;
}

function viewOfAddress(): AdminView {
  const asked = location.hash.slice(1);
  return VIEWS.find(([name]) => name === asked)?.[0] ?? 'laget';
}
