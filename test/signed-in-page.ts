import type { Browser, Page } from 'playwright-core';
import { DEMO_PASSWORD } from '../src/access/demo-accounts.ts';
import { expectAccessible } from './web/dictation-page.ts';

/** Speech on a busy machine takes its time. */
export const SOON_MS = 60_000;

export interface SignedInPage {
  readonly page: Page;
  /** What the page's console says was wrong. */
  readonly complaints: readonly string[];
}

/**
 * A page of a browser of its own, where somebody of the demo clinic has signed in.
 *
 * @param words the user's own words, which the recogniser is told
 */
export async function signedInPage(
  browser: Browser,
  { url, path, username, words }: { url: string; path: string; username: string; words: string },
): Promise<SignedInPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: ['microphone'] });
  context.setDefaultTimeout(SOON_MS);
  const settings = JSON.stringify({ words });
  await context.addInitScript(`localStorage.setItem('taltid-own-settings', ${JSON.stringify(settings)})`);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${url}/inloggning?till=${encodeURIComponent(path)}`);
  await page.getByLabel('Användarnamn').fill(username);
  await page.getByLabel('Lösenord', { exact: true }).fill(DEMO_PASSWORD);
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(url + path);
  return { page, complaints };
}
