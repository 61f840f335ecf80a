import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import type { QueueController } from './queue-controller.ts';
import type { QueueState } from './queue-state.ts';
import type { TaskKeyAction } from './use-queue-keys.ts';

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
      <button type="button" onClick={() => onAct('release')}>
        {words.release}{' '}
        <span className="key" aria-hidden="true">
          S
        </span>
      </button>
      <button type="button" onClick={() => onAct('wait')}>
        {words.wait}{' '}
        <span className="key" aria-hidden="true">
          V
        </span>
      </button>
      <button type="button" onClick={() => onAct('cancel')}>
        {words.cancelTask}{' '}
        <span className="key" aria-hidden="true">
          M
        </span>
      </button>
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
