import type { TaskDetail } from '../../contracts/queue-api.ts';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import type { QueueController } from './queue-controller.ts';
import type { TaskKeyAction } from './use-queue-keys.ts';

/** What can be done with a task as it is now. */
export function actionsOf({ state, holder }: Pick<TaskDetail, 'state' | 'holder'>, staffId: string): TaskKeyAction[] {
  const isMine = holder?.id === staffId;
  switch (state) {
    case 'new':
      return ['cancel'];
    case 'claimed':
      return isMine ? ['ask', 'wait', 'release', 'cancel'] : ['takeOver'];
    case 'question':
    case 'booked':
    case 'called':
      return isMine ? ['cancel'] : [];
    case 'waiting':
      return ['cancel'];
    case 'done':
    case 'cancelled':
      return [];
    default:
      return state satisfies never;
  }
}

const NAMES: Readonly<Record<TaskKeyAction, readonly [key: string, name: string]>> = {
  ask: ['R', words.ask],
  wait: ['V', words.wait],
  release: ['S', words.release],
  cancel: ['M', words.cancelTask],
  takeOver: ['T', words.takeOver],
};

export function TaskButtons({
  controller,
  detail,
  staffId,
  onAct,
}: {
  controller: QueueController;
  detail: TaskDetail;
  staffId: string;
  onAct: (action: TaskKeyAction) => void;
}) {
  const { actions, opening } = controller;
  const isMine = detail.holder?.id === staffId;
  const after = (done: Promise<void>) => void done.then(() => opening.fetch());
  return (
    <div className="actions">
      {detail.state === 'new' && (
        <button type="button" className="primary" onClick={() => void opening.claim(detail)}>
          {words.claim}
        </button>
      )}
      {detail.state === 'waiting' && (
        <button type="button" onClick={() => after(actions.wake(detail))}>
          {words.wake}
        </button>
      )}
      {detail.state === 'question' && isMine && (
        <button type="button" onClick={() => after(actions.withdrawQuestion(detail))}>
          {words.withdrawQuestion}
        </button>
      )}
      {actionsOf(detail, staffId).map((action) => {
        const [key, name] = NAMES[action];
        return (
          <button key={action} type="button" aria-keyshortcuts={key} onClick={() => onAct(action)}>
            {name}{' '}
            <span className="key" aria-hidden="true">
              {key}
            </span>
          </button>
        );
      })}
    </div>
  );
}
