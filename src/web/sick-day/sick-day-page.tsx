import { useCallback, useEffect, useMemo, useState } from 'react';
import type { SickDayView } from '../../contracts/sick-day-api.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { sickDayError, SICK_DAY_MESSAGES as words } from '../messages/sick-day.sv.ts';
import { PageError } from '../page-error.ts';
import { Failure } from '../shell/failure.tsx';
import { PageKeys } from '../shell/page-keys.tsx';
import type { PageSession } from '../shell/session.ts';
import { ShellHeader } from '../shell/shell-header.tsx';
import { useSession } from '../shell/use-session.ts';
import { DayList } from './day-list.tsx';
import { DeclareForm } from './declare-form.tsx';
import { PlanView } from './plan-view.tsx';
import { SickDayClient } from './sick-day-client.ts';

/** Days when somebody is away: a calendar is shut, and its visits get other times. The day is in the address. */
export function SickDayPage() {
  const { session, failure } = useSession();
  const isTheirs = session?.staff.roles.includes('administrator');
  return (
    <>
      <ShellHeader path="/sjukdag" session={session} />
      <main>
        {failure !== undefined && <Failure text={sickDayError(failure)} onRetry={() => location.reload()} />}
        {session === undefined && failure === undefined && <p role="status">{SHELL_MESSAGES.loading}</p>}
        {session && !isTheirs && <p role="alert">{words.notYours}</p>}
        {session && isTheirs && <SickDays session={session} />}
      </main>
    </>
  );
}

function SickDays({ session }: { session: PageSession }) {
  const client = useMemo(() => new SickDayClient(session.csrfToken), [session]);
  const openId = useOpenDay();
  return (
    <>
      {openId === undefined ? (
        <Overview client={client} session={session} />
      ) : (
        <PlanView key={openId} client={client} sickDayId={openId} />
      )}
      <PageKeys keys={words.keys} altKeys={altKeys} />
    </>
  );
}

function Overview({ client, session }: { client: SickDayClient; session: PageSession }) {
  const [days, setDays] = useState<readonly SickDayView[]>();
  const [failure, setFailure] = useState<string>();
  const { units } = session.staff;
  const load = useCallback(() => {
    setFailure(undefined);
    client.sickDays(units.map(({ id }) => id)).then(setDays, (error) => setFailure(PageError.from(error).code));
  }, [client, units]);
  useEffect(load, [load]);
  return (
    <>
      <DeclareForm client={client} units={units} />
      {failure !== undefined && <Failure text={sickDayError(failure)} onRetry={load} />}
      {failure === undefined && <DayList days={days} />}
    </>
  );
}

function useOpenDay(): string | undefined {
  const [id, setId] = useState(location.hash.slice(1));
  useEffect(() => {
    const onChange = () => setId(location.hash.slice(1));
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return id === '' ? undefined : id;
}

function altKeys(code: string): (() => void) | undefined {
  switch (code) {
    case 'KeyA':
      return () => document.getElementById('move-all')?.click();
    case 'KeyJ':
      return () => focusVisit(1);
    case 'KeyK':
      return () => focusVisit(-1);
    default:
      return undefined;
  }
}

/** The visit after or before the one in which the focus is. */
function focusVisit(step: 1 | -1): void {
  const visits = [...document.querySelectorAll<HTMLElement>('.sick-visit')];
  const at = visits.findIndex((visit) => visit.contains(document.activeElement));
  const next = at === -1 ? (step === 1 ? 0 : visits.length - 1) : at + step;
  visits[next]?.focus();
}
