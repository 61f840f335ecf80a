import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { ensurePageBuilt } from '../../src/server/page-build.ts';
import { launchChromium } from '../chromium.ts';
import { runApp } from '../server/running-app.ts';
import { ScriptedLiveServer } from './scripted-live-server.ts';

const SPEECH = join(PROJECT_DIRECTORY, 'test/fixtures/audio/formats/s16-48k-stereo.wav');

/** What the browser itself says of refused connections and of http, which is what some tests are about. */
const EXPECTED = /WebSocket|Failed to load|Cross-Origin-Opener-Policy/;

/** For what comes within moments, on a busy machine too. */
export const SOON = { timeout: 20_000 } as const;

export interface OpenedPage {
  readonly live: ScriptedLiveServer;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser's console says was wrong. */
  readonly complaints: string[];
  readonly url: string;
}

interface Opening extends BrowserContextOptions {
  /** Runs in the page before its own. */
  readonly script?: string;
  /** The name that the page is opened by. */
  readonly host?: string;
}

/** A browser for the tests of this file, and the dictation page in it with a scripted live server behind. */
export function dictationPages(switches: readonly string[] = []) {
  let browser: Browser;
  let pageDirectory: string;
  beforeAll(async () => {
    pageDirectory = await ensurePageBuilt(PROJECT_DIRECTORY);
    browser = await launchChromium(SPEECH, switches);
  });
  afterAll(() => browser?.close());

  return async ({ script = '', host = '127.0.0.1', ...options }: Opening = {}): Promise<OpenedPage> => {
    const { app, port } = await runApp({ pageDirectory, allowedHosts: [host] });
    const live = new ScriptedLiveServer(app.server);
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
      ...options,
    });
    onTestFinished(() => context.close());
    await context.addInitScript(script);
    const url = `http://${host}:${port}/diktera`;
    return { live, context, url, ...(await openTab(context, url)) };
  };
}

export async function openTab(context: BrowserContext, url: string) {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  await page.getByText('Paus', { exact: true }).waitFor();
  return { page, complaints };
}

/** Begins to dictate and waits for the first sound to be with the server. */
export async function talk(page: Page, live: ScriptedLiveServer): Promise<void> {
  const before = live.frameCount;
  await page.keyboard.press('F2');
  await page.getByText('Lyssnar', { exact: true }).waitFor();
  await live.until(() => live.frameCount > before);
}

export function section(page: Page, id: string): Locator {
  return page.locator(`[data-section=${id}] .note-lines`);
}

/** No violation that axe knows of, and nothing wider than the window. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.AxeResults>('axe.run()');
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
}
