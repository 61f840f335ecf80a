import axe from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { DEMO_PASSWORD } from '../../src/access/demo-accounts.ts';
import { hashPassword } from '../../src/access/passwords.ts';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { ensurePageBuilt } from '../../src/server/page-build.ts';
import { seedDemo } from '../../src/storage/demo/seed-demo.ts';
import { launchChromium } from '../chromium.ts';
import { type RunningApp, runApp } from '../server/running-app.ts';
import type { ScriptedTranscriber } from '../server/scripted-transcriber.ts';
import { signIn } from '../server/signed-in.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';

/** For what comes within moments, on a busy machine too. */
export const SOON = { timeout: 20_000 } as const;

/** What the browser itself says of answers that are refused, which is what some tests are about. */
const EXPECTED = /Failed to load/;

export interface OpenClinic {
  readonly database: TestDatabase;
  readonly running: RunningApp<ScriptedTranscriber>;
  /** Opens the queue in a browser of its own, signed in. */
  open(username: string, options?: BrowserContextOptions): Promise<OpenedQueue>;
}

export interface OpenedQueue {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser's console says was wrong. */
  readonly complaints: string[];
}

/** A browser and a database for the tests of a file; each test takes a demo clinic of its own, served for real. */
export function queueClinics(): () => Promise<OpenClinic> {
  let browser: Browser;
  let cluster: TestCluster;
  let pageDirectory: string;
  let passwordHash: string;
  beforeAll(async () => {
    pageDirectory = await ensurePageBuilt(PROJECT_DIRECTORY);
    cluster = await startTestCluster();
    passwordHash = await hashPassword(DEMO_PASSWORD);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await cluster?.close();
  });

  return async () => {
    const database = await cluster.fresh();
    const { date: today } = stockholmClockAt(Date.now());
    await seedDemo(database.storage, { passwordHash, today });
    const running = await runApp({ pageDirectory, clinic: { storage: database.storage } });
    const open = async (username: string, options: BrowserContextOptions = {}): Promise<OpenedQueue> => {
      const { cookie } = await signIn(running.app, username);
      const [name = '', value = ''] = cookie.split('=');
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      onTestFinished(() => context.close());
      await context.addCookies([{ name, value, url: running.url }]);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      await page.goto(`${running.url}/bokning`);
      return { context, page, complaints };
    };
    return { database, running, open };
  };
}

/** No violation that axe knows of, and nothing wider than the window. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.AxeResults>('axe.run()');
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
}

/** A patient's task as the database has it; the first, or that of a type. */
export async function taskOf(
  { owner }: TestDatabase,
  familyName: string,
  type?: string,
): Promise<{ state: string; wakes_on: string | null }> {
  const { rows } = await owner.query<{ state: string; wakes_on: string | null }>(
    `select state, wakes_on from admin_tasks join patients on patients.id = patient_id
     where family_name = $1 and type = coalesce($2, type) order by admin_tasks.created_at limit 1`,
    [familyName, type ?? null],
  );
  return rows[0]!;
}
