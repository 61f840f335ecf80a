import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
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
import { ScriptedLiveServer } from './scripted-live-server.ts';

/** What the browser itself says of requests that fail, which is what some tests are about. */
const EXPECTED = /Failed to load|WebSocket/;

/** For what comes within moments, on a busy machine too. */
const SOON_MS = 20_000;

/** The demo clinic of a test, and a clinician's page of it. */
export interface ClinicPage {
  readonly app: RunningApp<ScriptedTranscriber>;
  readonly database: TestDatabase;
  readonly live: ScriptedLiveServer;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly url: string;
  /** What the browser's console says was wrong. */
  readonly complaints: string[];
}

/** A browser and a database for the tests of this file; each test gets the demo clinic anew. */
export function clinicPages() {
  let browser: Browser;
  let pageDirectory: string;
  let cluster: TestCluster;
  let passwordHash: string;
  beforeAll(async () => {
    pageDirectory = await ensurePageBuilt(PROJECT_DIRECTORY);
    passwordHash = await hashPassword(DEMO_PASSWORD);
    [browser, cluster] = await Promise.all([launchChromium(), startTestCluster()]);
  });
  afterAll(async () => {
    await browser?.close();
    await cluster?.close();
  });

  return async (username = 'lind', options: BrowserContextOptions = {}): Promise<ClinicPage> => {
    const database = await cluster.fresh();
    const { date: today } = stockholmClockAt(Date.now());
    await seedDemo(database.storage, { passwordHash, today });
    const app = await runApp({ pageDirectory, clinic: { storage: database.storage } });
    const live = new ScriptedLiveServer(app.app.server);
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      permissions: ['microphone'],
      ...options,
    });
    context.setDefaultTimeout(SOON_MS);
    onTestFinished(() => context.close());
    await signInHere(app, context, username);
    const url = `${app.url}/diktera`;
    return { app, database, live, context, url, ...(await openClinicTab(context, url)) };
  };
}

/** The browser is signed in as this user of the demo clinic from now on. */
export async function signInHere(
  { app, url }: RunningApp<ScriptedTranscriber>,
  context: BrowserContext,
  username: string,
): Promise<void> {
  const [name = '', value = ''] = (await signIn(app, username)).cookie.split('=');
  await context.addCookies([{ name, value, url }]);
}

export async function openClinicTab(context: BrowserContext, url: string) {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  await page.getByText('Dagens besök', { exact: true }).waitFor();
  return { page, complaints };
}

/** Opens the note of the first visit without one, and writes into its plan until the server has it. */
export async function writePlan(page: Page, text: string): Promise<void> {
  await page.locator('.worklist li button', { hasText: 'ingen anteckning' }).first().click();
  await page.getByRole('heading', { name: 'Planering' }).click();
  await page.keyboard.type(text);
  await page.getByText('Sparad', { exact: true }).waitFor();
}
