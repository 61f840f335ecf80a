import { useEffect, useRef } from 'react';
import type { QueueTask } from '../../contracts/queue-api.ts';
import { TaskLetter } from '../booking/task-letter.tsx';
import { TaskPatientPage } from '../booking/task-patient-page.tsx';
import { TaskTimes } from '../booking/task-times.tsx';
import { TaskWishes } from '../booking/task-wishes.tsx';
import { FAILURES, OTHER_FAILURE, REASON_WORDS, STATE_WORDS, QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import type { QueueController } from './queue-controller.ts';
import type { OpenTask, QueueState } from './queue-state.ts';
import { Risk, SlackBasis } from './risk.tsx';
import { sayClock, sayDayAndDistance, sayInstant, sayIsoWeek } from './say-when.ts';
import { TaskButtons } from './task-buttons.tsx';
import { TaskChain } from './task-chain.tsx';
import { TaskHistory, TaskQuestions } from './task-history.tsx';
import { TaskRequest } from './task-request.tsx';
import { whatInWords } from './task-words.ts';
import type { TaskKeyAction } from './use-queue-keys.ts';

/** One task beside the list: what is asked for, in whose words, with what it hangs together, and what to do. */
export function TaskPanel({
  controller,
  state,
  open,
  onAct,
  onClose,
}: {
  controller: QueueController;
  state: QueueState;
  open: OpenTask;
  onAct: (action: TaskKeyAction) => void;
  onClose: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { today, staffId } = state;
  const { detail, failure } = open;
  const task = detail ?? state.tasks.find(({ id }) => id === open.id);

  useEffect(() => {
    // Each task that is opened, not each change of one.
    if (open.id) heading.current?.focus();
  }, [open.id]);

  return (
    <aside className="task-panel" aria-label={words.panel}>
      <div className="panel-head">
        <h2 ref={heading} tabIndex={-1}>
          {task ? whatInWords(task) : words.panel}
        </h2>
        <button type="button" className="plain" aria-keyshortcuts="Escape" onClick={onClose}>
          {words.close}
        </button>
      </div>
      {task && <PatientLine controller={controller} open={open} task={task} />}
      {task && (
        <p className="holder" data-state={task.state}>
          <span className="state-word" data-state={task.state}>
            {STATE_WORDS[task.state]}
          </span>
          <span>{holderInWords(task, staffId, today)}</span>
        </p>
      )}
      {detail && <TaskButtons controller={controller} detail={detail} staffId={staffId} onAct={onAct} />}
      {failure !== undefined && (
        <div className="failure" role="alert">
          <p>
            {words.panelFailed}. {FAILURES[failure] ?? (failure === 'NOT_FOUND' ? words.gone : OTHER_FAILURE)}
          </p>
          <button type="button" onClick={() => void controller.opening.again()}>
            {words.retry}
          </button>
        </div>
      )}
      {!detail && failure === undefined && <div className="bones" role="status" aria-label={words.loading} />}
      {detail && (
        <div className="panel-body">
          {detail.cancelReason && (
            <p className="because">{words.cancelledBecause(REASON_WORDS[detail.cancelReason], detail.cancelNote)}</p>
          )}
          <div className="target">
            <Risk task={detail} today={today} />
            <SlackBasis detail={detail} today={today} />
            {detail.targetDate !== null && (
              <p>
                {words.targetHeading} {sayDayAndDistance(detail.targetDate, today)} (
                {sayIsoWeek(detail.targetDate, today)})
              </p>
            )}
            {detail.wakesAt && <p>{words.waitsUntil(sayInstant(detail.wakesAt, today))}</p>}
            {detail.wakesOn !== null && <p>{words.waitsFor(detail.wakesOn)}</p>}
          </div>
          <TaskQuestions detail={detail} today={today} />
          <TaskRequest detail={detail} today={today} />
          <TaskChain detail={detail} today={today} onOpen={(id) => void controller.opening.open(id)} />
          <TaskWishes
            key={`${detail.id} wishes`}
            client={controller.wishes}
            detail={detail}
            today={today}
            onChanged={() => controller.opening.fetch()}
          />
          <TaskTimes
            client={controller.times}
            detail={detail}
            staffId={staffId}
            today={today}
            onBooked={() => void controller.opening.fetch()}
          />
          <TaskLetter
            key={detail.id}
            client={controller.letters}
            detail={detail}
            today={today}
            onSent={() => void controller.opening.fetch()}
          />
          <TaskPatientPage key={`${detail.id} page`} client={controller.patientPage} detail={detail} today={today} />
          <TaskHistory detail={detail} today={today} />
        </div>
      )}
    </aside>
  );
}

function holderInWords({ holder }: QueueTask, staffId: string, today: string): string {
  if (holder === null) return words.heldByNobody;
  const since = sayClock(holder.since, today);
  return holder.id === staffId ? words.heldByYouSince(since) : words.heldBy(holder.name, since);
}

/** The name is hidden for a protected identity, and the number is short, until somebody asks for them. */
function PatientLine({ controller, open, task }: { controller: QueueController; open: OpenTask; task: QueueTask }) {
  const { patient } = task;
  const full = open.patient;
  return (
    <div className="patient-line">
      <p>
        <strong>{full?.name ?? patient.name ?? words.protectedName}</strong>{' '}
        <span className="number">{full?.personalNumber ?? patient.personalNumber}</span>
      </p>
      {full ? (
        full.phone !== null && (
          <p>
            {words.phone}: {full.phone}
          </p>
        )
      ) : (
        <button
          type="button"
          className="plain"
          title={words.revealLogged}
          onClick={() => void controller.opening.reveal()}
        >
          {patient.protectedIdentity ? words.reveal : words.revealNumber}
        </button>
      )}
    </div>
  );
}
