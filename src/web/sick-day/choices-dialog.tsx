import { useEffect, useState } from 'react';
import type { SickDayProposal, SickDayVisitView } from '../../contracts/sick-day-api.ts';
import { SHELL_MESSAGES } from '../messages/shell.sv.ts';
import { sickDayError, SICK_DAY_MESSAGES as words } from '../messages/sick-day.sv.ts';
import { PageError } from '../page-error.ts';
import { FormFailure } from '../shell/field.tsx';
import { Dialog } from '../shell/form-dialog.tsx';
import { ProposedTime } from './proposed-time.tsx';
import { patientName } from './say-day.ts';
import type { SickDayClient } from './sick-day-client.ts';

interface Props {
  readonly client: SickDayClient;
  readonly sickDayId: string;
  readonly visit: SickDayVisitView;
  readonly onMove: (proposal: SickDayProposal) => void;
  readonly onClose: () => void;
}

/** Other times for a visit than the one that is proposed. */
export function ChoicesDialog({ client, sickDayId, visit, onMove, onClose }: Props) {
  const [choices, setChoices] = useState<readonly SickDayProposal[]>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    client.choices(sickDayId, visit).then(setChoices, (error) => setFailure(PageError.from(error).code));
  }, [client, sickDayId, visit]);
  return (
    <Dialog heading={words.othersHeading(patientName(visit))} onClose={onClose}>
      <div className="parts">
        {choices === undefined && failure === undefined && <p role="status">{SHELL_MESSAGES.loading}</p>}
        <FormFailure text={failure && sickDayError(failure)} />
        {choices?.length === 0 && <p>{words.noOthers}</p>}
        <ol className="choices">
          {choices?.map((proposal) => (
            <li key={proposal.visits.map(({ performer, startsAt }) => `${performer.id} ${startsAt.getTime()}`).join()}>
              <ProposedTime proposal={proposal} />
              <button type="button" onClick={() => onMove(proposal)}>
                {proposal.givesUp.length > 0 ? words.moveKnowingly : words.move}
              </button>
            </li>
          ))}
        </ol>
        <div className="actions">
          <button type="button" onClick={onClose}>
            {SHELL_MESSAGES.close}
          </button>
        </div>
      </div>
    </Dialog>
  );
}
