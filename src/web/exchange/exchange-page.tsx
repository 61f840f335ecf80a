import { useMemo } from 'react';
import { exchangeError, EXCHANGE_MESSAGES as words } from '../messages/exchange.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { Failure } from '../shell/failure.tsx';
import { PageKeys } from '../shell/page-keys.tsx';
import type { PageSession } from '../shell/session.ts';
import { ShellHeader } from '../shell/shell-header.tsx';
import { useSession } from '../shell/use-session.ts';
import { ExchangeClient } from './exchange-client.ts';
import { ExportSection } from './export-section.tsx';
import { ImportSection } from './import-section.tsx';

/** Tables into the clinic, and all that it owns out of it. */
export function ExchangePage() {
  const { session, failure } = useSession();
  const roles = session?.staff.roles ?? [];
  const isTheirs = roles.includes('administrator') || roles.includes('operator');
  return (
    <>
      <ShellHeader path="/utbyte" session={session} />
      <main>
        {failure !== undefined && <Failure text={exchangeError(failure)} onRetry={() => location.reload()} />}
        {session === undefined && failure === undefined && <p role="status">{SHELL_MESSAGES.loading}</p>}
        {session && !isTheirs && <p role="alert">{words.notYours}</p>}
        {session && isTheirs && <Exchange session={session} />}
      </main>
    </>
  );
}

function Exchange({ session }: { session: PageSession }) {
  const client = useMemo(() => new ExchangeClient(session.csrfToken), [session]);
  return (
    <>
      <ImportSection client={client} staff={session.staff} />
      {session.staff.roles.includes('operator') && <ExportSection client={client} units={session.staff.units} />}
      <PageKeys keys={words.keys} altKeys={altKeys} />
    </>
  );
}

function altKeys(code: string): (() => void) | undefined {
  if (code === 'KeyN') return () => document.getElementById('choose-file')?.click();
  if (code === 'KeyA') return () => document.getElementById('apply')?.click();
  return undefined;
}
