import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { DEMO_PASSWORD } from '../../src/access/demo-accounts.ts';
import { hashPassword } from '../../src/access/passwords.ts';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { ensurePageBuilt } from '../../src/server/page-build.ts';
import { seedDemo } from '../../src/storage/demo/seed-demo.ts';
import { launchChromium } from '../chromium.ts';
import { runApp, type TestedClinic } from '../server/running-app.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';

/** What the browser itself says of refusals, which is what some tests are about. */
const EXPECTED = /Failed to load/;

export interface ClinicPage {
  readonly page: Page;
  readonly url: string;
  readonly database: TestDatabase;
  /** What the browser's console says was wrong. */
  readonly complaints: string[];
}

let passwordHash: Promise<string> | undefined;

/** Plants the demo clinic, whose accounts open by a click. */
export async function demo({ storage }: TestDatabase): Promise<void> {
  passwordHash ??= hashPassword(DEMO_PASSWORD);
  await seedDemo(storage, { passwordHash: await passwordHash, today: '2026-03-10' });
}

interface Opening extends BrowserContextOptions {
  /** Fills the empty database. */
  readonly plant?: (database: TestDatabase) => Promise<unknown>;
  /** What else the server's clinic stands on. */
  readonly clinic?: (database: TestDatabase) => Promise<Omit<TestedClinic, 'storage'>>;
}

/** A browser and a database server for the tests of this file, and a page with a clinic of its own behind it. */
export function clinicPages() {
  let browser: Browser;
  let cluster: TestCluster;
  let pageDirectory: string;
  beforeAll(async () => {
    [cluster, browser, pageDirectory] = await Promise.all([
      startTestCluster(),
      launchChromium(),
      ensurePageBuilt(PROJECT_DIRECTORY),
    ]);
  });
  afterAll(async () => {
    await browser?.close();
    await cluster?.close();
  });

  return async (path: string, { plant, clinic, ...options }: Opening = {}): Promise<ClinicPage> => {
    const database = await cluster.fresh();
    await plant?.(database);
    const parts = await clinic?.(database);
    const { url } = await runApp({ pageDirectory, clinic: { storage: database.storage, ...parts } });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(url + path);
    return { page, url, database, complaints };
  };
}
