import './shell.css';
import { useEffect, useState } from 'react';
import type { AccountRole } from '../../contracts/clinic.ts';
import { SHELL_MESSAGES as words } from '../messages/shell.sv.ts';
import { AccountDialog } from './account-dialog.tsx';
import { keepFocus } from './keep-focus.ts';
import { type PageSession, signOut } from './session.ts';

interface PageLink {
  readonly path: string;
  readonly name: string;
  /** Whose page it is; of all who are signed in when absent. */
  readonly roles?: readonly AccountRole[];
  /** Whether it is there for who is not signed in. */
  readonly isOpen?: boolean;
}

const PAGES: readonly PageLink[] = [
  { path: '/diktera', name: words.toDictation, roles: ['clinician'] },
  { path: '/inspelat', name: words.toRecorded, roles: ['clinician', 'administrator'] },
  { path: '/bokning', name: words.toQueue, roles: ['administrator', 'clinician'] },
  { path: '/tidbok', name: words.toCalendar, roles: ['administrator', 'clinician'] },
  { path: '/brevtexter', name: words.toLetterTexts, roles: ['administrator'] },
  { path: '/sjukdag', name: words.toSickDays, roles: ['administrator'] },
  { path: '/drift', name: words.toOperations, roles: ['operator'] },
  { path: '/utbyte', name: words.toExchange, roles: ['administrator', 'operator'] },
  { path: '/logg', name: words.toLog, roles: ['operator'] },
  { path: '/ordlista', name: words.toVocabulary },
  { path: '/', name: words.toFiles, isOpen: true },
];

/** The head of every signed-in page: the way to one's other pages, who one is and where, and out. */
export function ShellHeader({ path, session }: { path: string; session: PageSession | undefined }) {
  const [isAccountOpen, setAccountOpen] = useState(false);
  useEffect(keepFocus, []);
  const pages = PAGES.filter(({ roles, isOpen = false }) =>
    session ? (roles?.some((role) => session.staff.roles.includes(role)) ?? true) : isOpen,
  );
  return (
    <header className="shell">
      <h1>Taltid</h1>
      {session?.demo && (
        <p className="demo-mark" title={words.demoHint}>
          {words.demo}
        </p>
      )}
      <nav aria-label={words.pages}>
        {pages.map((page) => (
          <a key={page.path} href={page.path} aria-current={page.path === path ? 'page' : undefined}>
            {page.name}
          </a>
        ))}
      </nav>
      {session && (
        <div className="who">
          <button type="button" className="plain account" title={words.account} onClick={() => setAccountOpen(true)}>
            <span>
              {session.staff.givenName} {session.staff.familyName}
            </span>
            <span className="units">{session.staff.units.map(({ name }) => name).join(', ')}</span>
          </button>
          <button type="button" className="plain" onClick={() => void signOut(session.csrfToken)}>
            {words.signOut}
          </button>
          {isAccountOpen && <AccountDialog session={session} onClose={() => setAccountOpen(false)} />}
        </div>
      )}
    </header>
  );
}
