import { type RawBuilder, sql } from 'kysely';

/** The last row of a page; the next one begins after it, whatever has come or gone meanwhile. */
export interface QueueCursor {
  readonly undated: boolean;
  readonly slack: number;
  /** YYYY-MM-DD. */
  readonly queueDay: string;
  readonly id: string;
}

/** What slack counted from today is made of: the days on which it is one more than the day before. */
export interface SlackScale {
  /** YYYY-MM-DD, in order: each day after a working day. */
  readonly days: readonly string[];
  /** How many of them come before what is counted from: the slack of the days before the first, negative. */
  readonly before: number;
}

/** Which part of the queue's order is read. */
export interface QueuePart {
  readonly after?: QueueCursor | undefined;
  readonly limit: number;
  readonly scale: SlackScale;
}

/**
 * A unit's part of a page, from `unit`: of each lane of the order so many tasks that every page of the merged order is
 * among them. The lanes are tasks whose earliest time is known, by slack; those whose slack counts from today, by
 * måldatum; and those without måldatum, by age. Each is in the order of an index.
 */
export function lanesOfUnit(conditions: RawBuilder<unknown>, { after, limit, scale }: QueuePart): RawBuilder<unknown> {
  const fromToday = sql`width_bucket(queue_day, ${[...scale.days]}::date[]) - ${scale.before}::integer`;
  const lane = (number: number, slack: RawBuilder<unknown>, from: LaneStart) => sql`(
    select id, undated, ${slack} as slack, queue_day from admin_tasks
    where unit_id = unit.id and queue_lane = ${sql.lit(number)} and ${conditions} and ${afterStart(from)}
    order by queue_slack, queue_day, id limit ${limit}
  )`;
  return sql.join(
    [
      lane(0, sql`queue_slack::integer`, startOfKnown(after)),
      lane(1, fromToday, startFromToday(after, scale)),
      lane(2, sql`0`, startOfUndated(after)),
    ],
    sql` union all `,
  );
}

/** After which place in a lane a page begins; where the page is past the lane, at none. */
type LaneStart = 'beginning' | 'past' | Omit<QueueCursor, 'undated'>;

const BEFORE_ALL_IDS = '00000000-0000-0000-0000-000000000000';

function startOfKnown(after: QueueCursor | undefined): LaneStart {
  if (after === undefined) return 'beginning';
  return after.undated ? 'past' : after;
}

/** In this lane the order is that of måldatum, and a slack is a stretch of days. */
function startFromToday(after: QueueCursor | undefined, { days, before }: SlackScale): LaneStart {
  if (after === undefined) return 'beginning';
  const stretch = after.slack + before;
  if (after.undated || stretch > days.length) return 'past';
  if (stretch < 0) return 'beginning';
  const [first, next] = [days[stretch - 1], days[stretch]];
  if (first !== undefined && after.queueDay < first) return { slack: 0, queueDay: first, id: BEFORE_ALL_IDS };
  if (next !== undefined && after.queueDay >= next) return { slack: 0, queueDay: next, id: BEFORE_ALL_IDS };
  return { ...after, slack: 0 };
}

function startOfUndated(after: QueueCursor | undefined): LaneStart {
  return after?.undated ? { ...after, slack: 0 } : 'beginning';
}

function afterStart(start: LaneStart): RawBuilder<unknown> {
  if (start === 'beginning') return sql`true`;
  if (start === 'past') return sql`false`;
  return sql`(queue_slack, queue_day, id) > (${start.slack}::integer, ${start.queueDay}::date, ${start.id}::uuid)`;
}
