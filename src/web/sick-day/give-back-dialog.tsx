import type { SickDayVisitView } from '../../contracts/sick-day-api.ts';
import { SICK_DAY_MESSAGES as words } from '../messages/sick-day.sv.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { patientName, sayOne } from './say-day.ts';

interface Props {
  readonly visit: SickDayVisitView;
  readonly onGiveBack: () => void;
  readonly onClose: () => void;
}

/** A visit is given back knowingly: how long there is to its måldatum is said before. */
export function GiveBackDialog({ visit, onGiveBack, onClose }: Props) {
  const { targetDate, slackWorkingDays, appointment } = visit;
  const slack =
    targetDate === null ? `${words.noTarget}.` : `${words.target(sayOne(targetDate), slackWorkingDays ?? 0)}.`;
  const hasTask = appointment.taskId !== null;
  return (
    <FormDialog
      heading={words.giveBackHeading(patientName(visit))}
      submit={hasTask ? words.giveBack : words.cancel}
      isFinal
      failure={undefined}
      onSubmit={onGiveBack}
      onClose={onClose}
    >
      <p>{hasTask ? words.giveBackHint(slack) : words.giveBackAlone}</p>
    </FormDialog>
  );
}
