/** What the queue page's address names the open task by. */
export const TASK_PARAMETER = 'uppgift';

/** The queue page with one task open. */
export function addressOfTask(taskId: string): string {
  return `/bokning?${TASK_PARAMETER}=${taskId}`;
}
