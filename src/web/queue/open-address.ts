import { Id } from '../../contracts/clinic.ts';
import { addressOfTask, TASK_PARAMETER } from '../booking/task-address.ts';
import type { Observable } from '../observable.ts';
import type { QueueState } from './queue-state.ts';
import type { TaskOpening } from './task-opening.ts';

/** Opens the task that the address names, and keeps the address to the one that is open: a copy of it leads back. */
export function followAddress(state: Observable<QueueState>, opening: TaskOpening): void {
  const { data: asked } = Id.safeParse(new URLSearchParams(location.search).get(TASK_PARAMETER));
  state.subscribe(() => {
    const { open } = state.get();
    const address = open ? addressOfTask(open.id) : '/bokning';
    if (address !== location.pathname + location.search) history.replaceState(null, '', address);
  });
  if (asked !== undefined) void opening.show(asked);
}
