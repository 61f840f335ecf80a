import type { QueueTask } from '../../contracts/queue-api.ts';
import { QUEUE_MESSAGES as words } from '../messages/queue.sv.ts';
import { nearnessOf } from './rows.ts';
import { riskInWords } from './task-words.ts';

/** Four working weeks fill the bar. */
const FULL_WORKING_DAYS = 20;
const PERCENT = 100;

/** How near måldatum is: in words, and as a bar that empties as the days pass. */
export function Risk({ task, today }: { task: QueueTask; today: string }) {
  const { slackWorkingDays: slack } = task;
  const left = slack === null ? 0 : Math.min(1, Math.max(0, slack / FULL_WORKING_DAYS));
  return (
    <span
      className="risk"
      data-nearness={nearnessOf(task, today)}
      title={slack === null ? words.noTarget : words.slackLong(slack)}
    >
      <span className="risk-words">{riskInWords(task, today)}</span>
      {slack !== null && (
        <span className="risk-bar" aria-hidden="true">
          <span style={{ width: `${Math.round(left * PERCENT)}%` }} />
        </span>
      )}
    </span>
  );
}
