import { useState } from 'react';
import type { FoundPatient } from '../../contracts/access-api-log.ts';
import { logError, LOG_MESSAGES as words } from '../messages/log.sv.ts';
import { Failure } from '../shell/failure.tsx';
import { LogTable } from './log-table.tsx';
import { PatientName } from './patient-name.tsx';
import { type LogDays, usePatientLog } from './use-patient-log.ts';

interface PatientLogParts {
  readonly patientId: string;
  /** As the search showed the patient; absent when the address names one. */
  readonly found: FoundPatient | undefined;
  readonly onLeave: () => void;
}

/** The log of one patient. */
export function PatientLog({ patientId, found, onLeave }: PatientLogParts) {
  const [days, setDays] = useState<LogDays>({ from: '', to: '' });
  const { lines, next, isLoading, failure, loadMore } = usePatientLog(patientId, days);

  return (
    <section aria-labelledby="patient-heading">
      <div className="section-head">
        <PatientName patientId={patientId} found={found} />
        <button type="button" className="plain" onClick={onLeave}>
          {words.chooseOther}
        </button>
      </div>
      <div className="days">
        {(['from', 'to'] as const).map((end) => (
          <label key={end}>
            {words[end]}
            <input type="date" value={days[end]} onChange={({ target }) => setDays({ ...days, [end]: target.value })} />
          </label>
        ))}
      </div>
      {lines.length > 0 && <LogTable lines={lines} />}
      <p role="status">
        {isLoading ? words.loading : lines.length === 0 && failure === undefined ? words.noLines : ''}
      </p>
      {failure !== undefined && <Failure text={logError(failure)} onRetry={loadMore} />}
      {next !== null && failure === undefined && (
        <button type="button" onClick={loadMore}>
          {words.more}
        </button>
      )}
    </section>
  );
}
