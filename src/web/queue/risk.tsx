import { UNBOOKED_STATES } from '../../contracts/booking.ts';
import type { QueueTask, TaskDetail } from '../../contracts/queue-api.ts';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import { nearnessOf } from './rows.ts';
import { sayDay, sayInstant } from './say-when.ts';
import { riskInWords, slackInWords } from './task-words.ts';

/** Four working weeks fill the bar. */
const FULL_WORKING_DAYS = 20;
const PERCENT = 100;

const UNBOOKED: ReadonlySet<string> = new Set(UNBOOKED_STATES);

/**
 * How much slack there is to måldatum: in words, and as a bar that empties as it shrinks. Where no time is left before
 * måldatum, the first one after it stands in the bar's place.
 */
export function Risk({ task, today }: { task: QueueTask; today: string }) {
  const { slackWorkingDays: slack, earliestFit } = task;
  const nearness = nearnessOf(task, today);
  const left = slack === null ? 0 : Math.min(1, Math.max(0, slack / FULL_WORKING_DAYS));
  const lateFit = nearness === 'late' ? earliestFit?.date : undefined;
  return (
    <span
      className="risk"
      data-nearness={nearness}
      data-rests={earliestFit === null ? 'today' : 'fit'}
      title={slackInWords(task, today)}
    >
      <span className="risk-words">{riskInWords(task, today)}</span>
      {lateFit && <span className="second">{words.earliest(sayDay(lateFit, today))}</span>}
      {slack !== null && !lateFit && (
        <span className="risk-bar" aria-hidden="true">
          <span style={{ width: `${Math.round(left * PERCENT)}%` }} />
        </span>
      )}
    </span>
  );
}

/** What a task's place in the queue rests on. */
export function SlackBasis({ detail, today }: { detail: TaskDetail; today: string }) {
  if (detail.targetDate === null || !UNBOOKED.has(detail.state)) return null;
  const { fitComputedAt } = detail;
  return (
    <p>
      {slackInWords(detail, today)}.{' '}
      {fitComputedAt === null ? words.countedFromToday : words.computedAt(sayInstant(fitComputedAt, today))}
    </p>
  );
}
