import { useState } from 'react';
import type { FoundPatient } from '../../contracts/access-api-log.ts';
import { logError, LOG_MESSAGES as words } from '../messages/log.sv.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { Failure } from '../shell/failure.tsx';
import { ShellHeader } from '../shell/shell-header.tsx';
import { useSession } from '../shell/use-session.ts';
import { PatientLog } from './patient-log.tsx';
import { PatientSearchForm } from './patient-search.tsx';

const PATIENT = 'patient';

/** Who did what with a patient's data. The patient is in the address, so that a page can be opened again and linked to. */
export function LogPage() {
  const { session, failure } = useSession();
  const [patientId, setPatientId] = useState(() => new URLSearchParams(location.search).get(PATIENT));
  const [found, setFound] = useState<FoundPatient>();

  const show = (patient: FoundPatient | undefined) => {
    const id = patient?.id ?? null;
    setFound(patient);
    setPatientId(id);
    history.replaceState(null, '', id === null ? location.pathname : `?${PATIENT}=${encodeURIComponent(id)}`);
  };

  return (
    <>
      <ShellHeader path="/logg" session={session} />
      <main>
        {failure !== undefined && <Failure text={logError(failure)} onRetry={() => location.reload()} />}
        {session === undefined && failure === undefined && <p role="status">{SHELL_MESSAGES.loading}</p>}
        {session && !session.staff.roles.includes('operator') && <p role="alert">{words.notYours}</p>}
        {session?.staff.roles.includes('operator') &&
          (patientId === null ? (
            <PatientSearchForm onFound={show} />
          ) : (
            <PatientLog patientId={patientId} found={found} onLeave={() => show(undefined)} />
          ))}
      </main>
    </>
  );
}
