import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import type { QueueController } from './queue-controller.ts';
import type { QueueState } from './queue-state.ts';
import type { TaskKeyAction } from './use-queue-keys.ts';

const BULK_ACTIONS: readonly (readonly [action: TaskKeyAction, key: string, name: string])[] = [
  ['takeOver', 'T', words.claimMany],
  ['release', 'S', words.release],
  ['wait', 'V', words.wait],
  ['cancel', 'M', words.cancelTask],
];

/** What can be done with all that are selected. */
export function BulkBar({
  controller,
  state,
  onAct,
}: {
  controller: QueueController;
  state: QueueState;
  onAct: (action: TaskKeyAction) => void;
}) {
  const { selectedIds, open } = state;
  if (selectedIds.size === 0 || open) return null;
  return (
    <div className="bar bulk" role="toolbar" aria-label={words.selected(selectedIds.size)}>
      <strong>{words.selected(selectedIds.size)}</strong>
      {BULK_ACTIONS.map(([action, key, name]) => (
        <button key={action} type="button" aria-keyshortcuts={key} onClick={() => onAct(action)}>
          {name}{' '}
          <span className="key" aria-hidden="true">
            {key}
          </span>
        </button>
      ))}
      <button type="button" className="plain" onClick={() => controller.state.change({ selectedIds: new Set() })}>
        {words.selectNone}
      </button>
    </div>
  );
}

/** What was done, and the way to take it back. */
export function NoticeBar({ controller, state }: { controller: QueueController; state: QueueState }) {
  const { notice, undoable } = state;
  return (
    <div className={notice === '' ? 'bar notice' : 'bar notice shown'}>
      <p role="status">{notice}</p>
      {undoable && (
        <button
          type="button"
          aria-keyshortcuts="z"
          onClick={() => void controller.actions.undo().then(() => controller.opening.follow())}
        >
          {words.undo}{' '}
          <span className="key" aria-hidden="true">
            Z
          </span>
        </button>
      )}
      {notice !== '' && !undoable && (
        <button type="button" className="plain" onClick={() => controller.state.change({ notice: '' })}>
          {words.close}
        </button>
      )}
    </div>
  );
}
