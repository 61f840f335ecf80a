import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findTimes } from '../src/appointments/find.ts';
import type { FollowUpRequest } from '../src/contracts/followup.ts';
import { type LocalDate, weekdayOf } from '../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../src/followup/calendar/local-time.ts';
import { addWorkingDays } from '../src/followup/calendar/swedish-days.ts';
import { EmbeddedCluster } from '../src/storage/cluster/embedded-cluster.ts';
import { Storage } from '../src/storage/storage.ts';
import type { Benchmark, BenchmarkReport } from './benchmark.ts';
import { fillCalendar, meantFor, plantTasks, RESOURCE_COUNT, weeksFrom } from './booking/full-calendar.ts';
import { markdownTable } from './markdown.ts';
import { type Timing, timing } from './measure.ts';
import { BusyClinic } from './queue/busy-clinic.ts';

const DAYS = 90;
const SHARES = [0.8, 1] as const;
const TASKS_OF_A_KIND = 10;
const DATABASE = 'postgres';
const CONTEXT = { purpose: 'booking', requestId: 'bench' } as const;

interface Row {
  readonly what: string;
  readonly takenShare: number;
  readonly time: Timing;
  readonly found: number;
  readonly alternatives: number;
}

/** Times proposed for tasks in a large unit's calendar, transaction, log of accesses and all. */
export const proposals: Benchmark = {
  name: 'proposals',
  isOnRequest: true,
  run: async ({ rounds }) => {
    const rows: Row[] = [];
    for (const takenShare of SHARES) rows.push(...(await measureCalendar(takenShare, rounds)));
    return report(rows);
  },
};

async function measureCalendar(takenShare: number, rounds: number): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'taltid-bench-'));
  const cluster = await EmbeddedCluster.start({ folder: join(folder, 'database') });
  const storage = await Storage.connect(cluster.connection(DATABASE), {}, cluster);
  try {
    const clinic = await BusyClinic.found(storage);
    const { date: today } = stockholmClockAt(Date.now());
    await fillCalendar(storage, clinic, { from: today, days: 2 * DAYS, takenShare });
    const rows: Row[] = [];
    for (const [what, requests] of Object.entries(KINDS)) {
      const taskIds: string[] = [];
      for (let number = 0; number < TASKS_OF_A_KIND; number++) {
        taskIds.push(await plantTasks(storage, clinic, today, requests(today, 1 + number)));
      }
      rows.push({ what, takenShare, ...(await measure(storage, clinic, taskIds, rounds)) });
    }
    return rows;
  } finally {
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Each for a target so many weeks ahead. */
const KINDS: Readonly<Record<string, (today: LocalDate, weeks: number) => readonly FollowUpRequest[]>> = {
  'a visit': (today, weeks) => [visit(today, weeks)],
  'a visit with wishes and an interpreter': (today, weeks) => [
    visit(today, weeks, { patient_pref: { daypart: 'eftermiddag', not_weekdays: ['fre'] }, needs: ['tolk:fa'] }),
  ],
  'a visit with a test a week before': (today, weeks) => [visit(today, weeks + 1), LAB],
  'a visit with tests before and on the day': (today, weeks) => [visit(today, weeks + 1), LAB, SAME_DAY],
  'a window of two months': (today, weeks) => [
    {
      id: 'R1',
      type: 'aterbesok',
      role: 'distriktsskoterska',
      time: {
        kind: 'intervall',
        expr: 'om en till tre månader',
        earliest: weeksFrom(today, weeks),
        latest: weeksFrom(today, weeks + 9),
        mal_datum: weeksFrom(today, weeks + 9),
      },
    },
  ],
};

const LAB: FollowUpRequest = {
  id: 'R2',
  type: 'provtagning',
  before: 'R1',
  time: { kind: 'relativ', expr: 'en vecka innan', offset: '-P1W' },
};

const SAME_DAY: FollowUpRequest = {
  id: 'R3',
  type: 'provtagning',
  same_day: 'R1',
  time: { kind: 'relativ', expr: 'samma dag', offset: 'P0D' },
};

function visit(today: LocalDate, weeks: number, more: Partial<FollowUpRequest> = {}): FollowUpRequest {
  const day = weeksFrom(today, weeks);
  const target = weekdayOf(day) > 5 ? addWorkingDays(day, -1) : day;
  return { id: 'R1', type: 'aterbesok', role: 'lakare', ...more, time: meantFor(target)! };
}

async function measure(
  storage: Storage,
  { administrator }: BusyClinic,
  taskIds: readonly string[],
  rounds: number,
): Promise<Omit<Row, 'what' | 'takenShare'>> {
  const timesMs: number[] = [];
  let found = 0;
  let alternatives = 0;
  // The first round does not count: it compiles the code and fills the database's memory.
  for (let round = -1; round < rounds; round++) {
    for (const taskId of taskIds) {
      const startMs = performance.now();
      const times = await storage.withAudit(administrator, CONTEXT, (transaction) =>
        findTimes(transaction, taskId, Date.now()),
      );
      if (round < 0) continue;
      timesMs.push(performance.now() - startMs);
      if (times.proposals.length > 0) found++;
      else if (times.alternatives.length > 0) alternatives++;
    }
  }
  return { time: timing(timesMs), found: found / timesMs.length, alternatives: alternatives / timesMs.length };
}

function report(rows: readonly Row[]): BenchmarkReport {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const table = markdownTable(
    ['task', 'calendar taken', 'median, ms', '95th percentile, ms', 'with proposals', 'with alternatives'],
    rows.map(({ what, takenShare, time, found, alternatives }) => [
      what,
      percent(takenShare),
      time.medianMs.toFixed(0),
      time.p95Ms.toFixed(0),
      percent(found),
      percent(alternatives),
    ]),
  );
  return {
    title: 'Times for a task',
    markdown: `A unit with ${RESOURCE_COUNT} calendars over ${DAYS} days and as many beyond, its half hours taken at random. Each search is a transaction of its own with its line in the log of accesses, from the task's id to ranked proposals, or to what would have to be given up.\n\n${table}`,
    plots: {},
  };
}
