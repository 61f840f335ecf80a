import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Browser, chromium } from 'playwright-core';
import { DEFAULT_SESSION_LENGTHS, openSession } from '../src/access/sessions.ts';
import { loadConfig, PROJECT_DIRECTORY } from '../src/config.ts';
import { SESSION_COOKIE } from '../src/contracts/access-api.ts';
import { AppError } from '../src/contracts/errors.ts';
import type { Transcriber } from '../src/contracts/transcriber.ts';
import { addDays, type LocalDate, weekdayOf } from '../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../src/followup/calendar/local-time.ts';
import { buildApp } from '../src/server/app.ts';
import { ensurePageBuilt } from '../src/server/page-build.ts';
import { EmbeddedCluster } from '../src/storage/cluster/embedded-cluster.ts';
import { Storage } from '../src/storage/storage.ts';
import type { Benchmark, BenchmarkReport } from './benchmark.ts';
import { fillWeek, WEEK_SLOTS } from './booking/full-week.ts';
import { markdownTable } from './markdown.ts';
import { timing } from './measure.ts';
import { BusyClinic } from './queue/busy-clinic.ts';

const DATABASE = 'postgres';
/** The page's own, set two frames after the calendar was drawn. */
const RENDERED_MARK = 'taltid-calendar-rendered';
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const VIEWPORT = { width: 1280, height: 800 };

/** What the browser tells of one opening of the page; milliseconds since the navigation began. */
interface Opening {
  readonly renderedMs: number;
  /** Until the calendar's answer was there. */
  readonly answeredMs: number;
  readonly places: number;
  readonly appointments: number;
}

/** A week of a unit's calendar in Chromium, from navigation to the screen, beside the same page with an empty week. */
export const calendarPage: Benchmark = {
  name: 'calendar-page',
  isOnRequest: true,
  run: async ({ rounds }) => {
    const folder = await mkdtemp(join(tmpdir(), 'taltid-bench-'));
    const cluster = await EmbeddedCluster.start({ folder: join(folder, 'database') });
    const storage = await Storage.connect(cluster.connection(DATABASE), {}, cluster);
    const app = await serve(storage);
    const browser = await launch();
    try {
      return await measure(storage, { app, browser }, rounds);
    } finally {
      await browser.close();
      app.server.closeAllConnections();
      await app.close();
      await storage.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

const NO_SPEECH: Transcriber = {
  transcribe: () => Promise.reject(new AppError('INTERNAL', 'nothing is recognised here')),
  models: async () => [],
  status: () => ({ ready: true, workers: 0, busyWorkers: 0, queuedJobs: 0, queueLimit: 0, replacedWorkers: 0 }),
  close: async () => undefined,
};

async function serve(storage: Storage): Promise<FastifyInstance> {
  const config = loadConfig({});
  const app = await buildApp({
    transcriber: NO_SPEECH,
    config,
    logStream: { write: () => undefined },
    pageDirectory: await ensurePageBuilt(PROJECT_DIRECTORY),
    clinic: { storage, publicUrl: config.publicUrl },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app;
}

function launch(): Promise<Browser> {
  const executablePath = BROWSERS.find((path) => existsSync(path));
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
}

async function measure(
  storage: Storage,
  { app, browser }: { app: FastifyInstance; browser: Browser },
  rounds: number,
): Promise<BenchmarkReport> {
  const clinic = await BusyClinic.found(storage);
  const { date: today } = stockholmClockAt(Date.now());
  const full: LocalDate = addDays(today, 8 - weekdayOf(today));
  const booked = await fillWeek(storage, clinic, full);
  const { token } = await openSession(storage.plain, clinic.administrator.id, DEFAULT_SESSION_LENGTHS, new Date());
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const weeks = { full, empty: addDays(full, 7) } as const;
  const openings: Record<keyof typeof weeks, Opening[]> = { full: [], empty: [] };
  for (let round = -1; round < rounds; round++) {
    const names = round % 2 === 0 ? (['full', 'empty'] as const) : (['empty', 'full'] as const);
    for (const name of names) {
      const opening = await openWeek(browser, { url, token, unitId: clinic.unitId, day: weeks[name] });
      // The first round does not count: it warms the server and its database up.
      if (round >= 0) openings[name].push(opening);
    }
  }
  const wrong = openings.full.find(({ places, appointments }) => places !== WEEK_SLOTS || appointments !== booked);
  if (wrong) {
    throw new AppError('INTERNAL', 'the page shows another week than was made', {
      expected: `${WEEK_SLOTS} times, ${booked} booked`,
      got: `${wrong.places} times, ${wrong.appointments} booked`,
    });
  }
  return report(openings, booked);
}

/** In a browser that has never seen the page. */
async function openWeek(
  browser: Browser,
  { url, token, unitId, day }: { url: string; token: string; unitId: string; day: LocalDate },
): Promise<Opening> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  try {
    await context.addCookies([{ name: SESSION_COOKIE, value: token, url }]);
    const page = await context.newPage();
    await page.goto(`${url}/tidbok?vy=vecka&datum=${day}&enhet=${unitId}`);
    await page.evaluate(`new Promise((resolve) => {
      const isThere = () => performance.getEntriesByName('${RENDERED_MARK}').length > 0 && resolve();
      new PerformanceObserver(isThere).observe({ type: 'mark', buffered: true });
    })`);
    return await page.evaluate<Opening>(`({
      renderedMs: performance.getEntriesByName('${RENDERED_MARK}')[0].startTime,
      answeredMs: performance.getEntriesByType('resource').find(({ name }) => name.includes('/api/calendar')).responseEnd,
      places: document.querySelectorAll('.grid [data-place]').length,
      appointments: document.querySelectorAll('.grid [data-appointment]').length,
    })`);
  } finally {
    await context.close();
  }
}

function report(openings: Readonly<Record<'full' | 'empty', readonly Opening[]>>, booked: number): BenchmarkReport {
  const row = (what: string, of: readonly Opening[]) => {
    const rendered = timing(of.map(({ renderedMs }) => renderedMs));
    const answered = timing(of.map(({ answeredMs }) => answeredMs));
    return [what, ...[answered.medianMs, rendered.medianMs, rendered.p95Ms].map((ms) => ms.toFixed(0))];
  };
  const table = markdownTable(
    ['week', 'answered, median ms', 'on the screen, median ms', 'on the screen, 95th percentile ms'],
    [
      row(`${WEEK_SLOTS} times of 25 calendars, ${booked} booked`, openings.full),
      row('empty: the baseline', openings.empty),
    ],
  );
  return {
    title: 'The calendar page',
    markdown: `Chromium and the server on one machine, ${openings.full.length} openings each in turn, every time in a browser without a cache: from navigation to two frames after the week was drawn. All times are checked to be on the page.\n\n${table}`,
    plots: {},
  };
}
