import { useState } from 'react';
import { type FoundPatient, PatientIdentity } from '../../contracts/access-api-log.ts';
import { logError, LOG_MESSAGES as words } from '../messages/log.sv.ts';
import { PageError } from '../page-error.ts';
import { askApi } from '../shell/ask-api.ts';

/** Who the log is of: more than the search told is shown when asked for, since that is a look, too. */
export function PatientName({ patientId, found }: { patientId: string; found: FoundPatient | undefined }) {
  const [identity, setIdentity] = useState<PatientIdentity>();
  const [failure, setFailure] = useState<string>();

  const show = () => {
    askApi(`/api/patients/${encodeURIComponent(patientId)}`, PatientIdentity).then(setIdentity, (error) =>
      setFailure(PageError.from(error).code),
    );
  };

  return (
    <>
      <h2 id="patient-heading">
        {identity ? `${identity.name} ${identity.personalNumber}` : (found?.name ?? words.logOfPatient)}
      </h2>
      {identity?.protectedIdentity && <p className="protected">{words.protectedIdentity}</p>}
      {identity === undefined && (
        <button type="button" className="plain" onClick={show}>
          {found?.name ? words.showNumber : words.showIdentity}
        </button>
      )}
      {failure !== undefined && <p role="alert">{logError(failure)}</p>}
    </>
  );
}
