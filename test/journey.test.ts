import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../src/access/demo-accounts.ts';
import { floatToS16le, joined } from '../src/audio/pcm.ts';
import { Resampler } from '../src/audio/resampler.ts';
import { PROJECT_DIRECTORY } from '../src/config.ts';
import { decodeAudio } from '../src/speech/formats/decode-audio.ts';
import { wavFile } from '../src/web/wav.ts';
import { chromiumPath, launchChromium } from './chromium.ts';
import { requirePart } from './require-part.ts';
import { expectAccessible, section } from './web/dictation-page.ts';
import { RealServer } from './web/real-server.ts';

/** What is dictated; told to the recogniser as the user's own words: it is a machine's voice, and hard to hear. */
const SAID = 'telefontid på fredag';
const CLIP = join(PROJECT_DIRECTORY, 'test/fixtures/audio/dictation/telefontid-pa-fredag.flac');
const RATE_HZ = 48_000;
const LEAD_SECONDS = 1;
const REST_SECONDS = 2;
/** Speech on a busy machine takes its time. */
const SOON_MS = 60_000;
const LONGEST_MS = 300_000;

const QUESTION = 'Går det bra med sju veckor?';
const ANSWER = 'Ja, sju veckor går bra.';

/** Somebody dictates what follows from the visit. */
async function writeMicrophone(path: string): Promise<void> {
  const { samples, rateHz } = await decodeAudio(new Uint8Array(await readFile(CLIP)), {
    maxBytes: 1e6,
    maxSeconds: 60,
  });
  const resampler = new Resampler(rateHz, RATE_HZ);
  const silence = (seconds: number) => new Float32Array(seconds * RATE_HZ);
  const sound = joined(silence(LEAD_SECONDS), resampler.push(samples), resampler.flush(), silence(REST_SECONDS));
  await writeFile(path, await wavFile([floatToS16le(sound)], RATE_HZ).bytes());
}

/** A page of a browser of its own, where somebody has signed in, and what its console says was wrong. */
async function signedIn(browser: Browser, url: string, path: string, username: string) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, permissions: ['microphone'] });
  context.setDefaultTimeout(SOON_MS);
  const settings = JSON.stringify({ words: SAID });
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

/** Counts what the page plays. */
async function listenToPage(page: Page): Promise<void> {
  await page.evaluate(`(() => {
    globalThis.playedSeconds = [];
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function () { playedSeconds.push(this.buffer.duration); start.call(this); };
  })()`);
}

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))(
  'from a spoken word to an answered question',
  () => {
    let folder: string;
    let server: RealServer;
    let clinicians: Browser;
    let administrators: Browser;
    let url: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'taltid-journey-'));
      const microphone = join(folder, 'microphone.wav');
      await writeMicrophone(microphone);
      server = await RealServer.start(join(folder, 'data'));
      url = `http://127.0.0.1:${server.port}`;
      [clinicians, administrators] = await Promise.all([launchChromium(microphone), launchChromium()]);
    });
    afterAll(async () => {
      await Promise.all([clinicians?.close(), administrators?.close()]);
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    test('nothing that is said about a follow-up is forgotten', { timeout: LONGEST_MS }, async () => {
      const { page, complaints } = await signedIn(clinicians, url, '/diktera', 'lind');
      const { page: queue, complaints: queueComplaints } = await signedIn(administrators, url, '/bokning', 'palm');
      await queue.getByRole('grid').waitFor();
      await queue.evaluate("globalThis.notReloaded = 'since it was opened'");

      // Dictated: a card beside the text, with its words.
      await page.locator('.worklist li button', { hasText: 'ingen anteckning' }).first().click();
      const patient = (await page.locator('.note-head .patient').textContent())!.replace(/\d.*/, '').trim();
      await page.getByRole('heading', { name: 'Planering' }).click();
      await page.keyboard.press('F2');
      await page.getByText('Lyssnar', { exact: true }).waitFor();
      const heard = page.locator('.card').first();
      await heard.waitFor();
      await page.keyboard.press('F2');
      await page.getByText('Paus', { exact: true }).waitFor();
      await section(page, 'planering').locator('.spoken').first().waitFor();
      await expectAccessible(page);

      // And by hand, as clinicians do.
      await section(page, 'planering').click();
      await page.keyboard.press('End');
      await page.keyboard.type('. Återbesök om två veckor.');
      await page.locator('.card').nth(1).waitFor();
      await page.getByText('Sparad', { exact: true }).waitFor();
      const words = (await heard.locator('q').textContent())!;
      const what = (await heard.locator('h3').textContent())!;

      // Not signed before both are handled.
      await page.keyboard.press('Alt+s');
      await page.getByText('2 saker är kvar:').waitFor();
      await expectAccessible(page);
      await heard.focus();
      await page.keyboard.press('b');
      await heard.locator('.card-state', { hasText: 'Bekräftad' }).waitFor();
      await page.keyboard.press('Alt+n');
      await page.keyboard.press('i');
      await page.locator('.card').nth(1).locator('.card-state', { hasText: 'Inget' }).waitFor();
      await page.getByRole('button', { name: 'Signera', exact: true }).waitFor();
      await page.keyboard.press('Alt+s');
      await page.getByText('Anteckningen är signerad.').waitFor();
      await expectAccessible(page);

      // In the queue of somebody else's browser, by itself.
      await queue.getByRole('button', { name: /ny.* – visa/ }).click();
      const row = queue.getByRole('row', { name: new RegExp(`${patient}.*${what}.*Ny`) });
      await row.waitFor();
      await expectAccessible(queue);
      await row.click();
      const panel = queue.getByRole('complementary', { name: 'Uppgiften' });
      await panel.getByText('Du har den sedan').waitFor();
      await panel.locator('mark').filter({ hasText: words }).first().waitFor();
      await expectAccessible(queue);

      // Asked, answered at the clinician's page, and back on the same task.
      await queue.keyboard.press('r');
      await queue.getByLabel('Fråga', { exact: true }).fill(QUESTION);
      await expectAccessible(queue);
      await queue.getByRole('button', { name: 'Skicka frågan' }).click();
      await queue.getByText('Frågan är skickad.').waitFor();
      await page.getByRole('button', { name: QUESTION }).click();
      await page.getByLabel('Ditt svar').fill(ANSWER);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Skicka svaret' }).click();
      await page.getByText('Svaret är skickat.').waitFor();
      const returned = queue.getByRole('row', { name: new RegExp(`${patient}.*${what}.*Tagen.*Du`) });
      await returned.click();
      await panel.getByText('Elin Lind svarade').waitFor();
      await panel.getByText(ANSWER).waitFor();
      await expectAccessible(queue);
      expect(await queue.evaluate('globalThis.notReloaded')).toBe('since it was opened');

      // The words are heard again where the browser has forgotten them.
      await page.locator('.worklist li button', { hasText: 'ingen anteckning' }).first().click();
      await page.getByText('Ingen uppföljning är hittad').waitFor();
      await page.locator('.worklist li button', { hasText: patient }).first().click();
      await heard.locator('.card-state', { hasText: 'Bekräftad' }).waitFor();
      await listenToPage(page);
      await heard.focus();
      await page.keyboard.press('l');
      await expect.poll(() => page.evaluate('playedSeconds.length'), { timeout: SOON_MS }).toBe(1);
      expect([complaints, queueComplaints]).toEqual([[], []]);
    });
  },
);
