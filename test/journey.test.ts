import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium } from './chromium.ts';
import { writeMicrophone } from './dictated-clip.ts';
import { requirePart } from './require-part.ts';
import { SOON_MS, signedInPage } from './signed-in-page.ts';
import { expectAccessible, section } from './web/dictation-page.ts';
import { RealServer } from './web/real-server.ts';

/** What is dictated; told to the recogniser as the user's own words: it is a machine's voice, and hard to hear. */
const SAID = 'telefontid på fredag';
const LONGEST_MS = 300_000;

const QUESTION = 'Går det bra med sju veckor?';
const ANSWER = 'Ja, sju veckor går bra.';

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
      await writeMicrophone(microphone, 'telefontid-pa-fredag.flac');
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
      const { page, complaints } = await signedInPage(clinicians, {
        url,
        path: '/diktera',
        username: 'lind',
        words: SAID,
      });
      const { page: queue, complaints: queueComplaints } = await signedInPage(administrators, {
        url,
        path: '/bokning',
        username: 'palm',
        words: '',
      });
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
