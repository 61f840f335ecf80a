import type { RequestType } from './followup.ts';

/** Types that somebody does without a time in the calendar, or that speak of another booking. */
const WITHOUT_TIME: ReadonlySet<RequestType> = new Set(['remiss', 'brev', 'avbokning', 'ombokning']);

/** Whether what is asked for takes a time in the calendar. */
export function needsTime(type: RequestType): boolean {
  return !WITHOUT_TIME.has(type);
}
