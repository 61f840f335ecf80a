import pg from 'pg';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { slackScale } from '../../src/server/routes/queue-order.ts';
import type { AccessContext } from '../../src/storage/audited-transaction.ts';
import { listQueue, type QueueFilter, type QueueRow } from '../../src/storage/repositories/task-queue.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { type Timing, timing } from '../measure.ts';
import type { BusyClinic } from './busy-clinic.ts';

const PAGE_ROWS = 100;
/** Pages one after the other, from the first. */
const PAGES = 10;
/** Added to slacks, so that their digits stand in order. */
const MOST_SLACK = 50_000;
const CONTEXT: AccessContext = { purpose: 'booking', requestId: 'bench' };
const FILTERS: Readonly<Record<string, QueueFilter>> = {
  all: {},
  'new tasks': { state: 'new' },
  'one type': { type: 'provtagning' },
  'one competence': { role: 'lakare' },
};

export interface PageRow {
  readonly filter: string;
  readonly time: Timing;
}

/**
 * Fills the queue up to so many tasks, past the rules: made as thousands of signed notes they would take an hour. The
 * queue page reads nothing that these lack.
 */
export async function fillQueue(owner: pg.ClientConfig, clinic: BusyClinic, tasks: number): Promise<void> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    await client.query(
      `insert into admin_tasks (request_id, unit_id, patient_id, note_id, chain_id, type, role, route, target_date, fit_slack)
       select gen_random_uuid(), $1, $2, gen_random_uuid(), gen_random_uuid(),
         (array['aterbesok', 'provtagning', 'rontgen', 'telefon'])[1 + n % 4], (array['lakare', 'sjukskoterska'])[1 + n % 2],
         'auto', case when n % 10 > 0 then date '2026-01-01' + n % 400 end,
         case when n % 10 > 1 then n % 83 - 10 end
       from generate_series(1, $3::int - (select count(*) from admin_tasks)::int) as n`,
      [clinic.unitId, clinic.patientId, tasks],
    );
    await client.query('analyze admin_tasks');
  } finally {
    await client.end();
  }
}

/** Reads pages of the queue as its page does: a transaction of an administrator, logged. */
export async function timePages(storage: Storage, clinic: BusyClinic, rounds: number): Promise<PageRow[]> {
  const rows: PageRow[] = [];
  const scale = slackScale(stockholmClockAt(Date.now()).date);
  for (const [filter, by] of Object.entries(FILTERS)) {
    const timesMs: number[] = [];
    for (let round = -1; round < rounds; round++) {
      let last: QueueRow | undefined;
      for (let page = 0; page < PAGES; page++) {
        const startMs = performance.now();
        const read = await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
          listQueue(transaction, by, { after: last, limit: PAGE_ROWS, scale }),
        );
        if (round >= 0) timesMs.push(performance.now() - startMs);
        checkPage(read, last);
        last = read.at(-1);
      }
    }
    rows.push({ filter, time: timing(timesMs) });
  }
  return rows;
}

function checkPage(page: readonly QueueRow[], before: QueueRow | undefined): void {
  const keys = [...(before ? [before] : []), ...page].map(
    ({ undated, slack, queueDay, id }) => `${Number(undated)} ${slack + MOST_SLACK} ${queueDay} ${id}`,
  );
  const isInOrder = keys.every((key, at) => at === 0 || keys[at - 1]! < key);
  if (page.length !== PAGE_ROWS || !isInOrder) {
    throw new Error(
      `expected ${PAGE_ROWS} tasks in the order of the queue; got ${page.length}, in order: ${isInOrder}`,
    );
  }
}
