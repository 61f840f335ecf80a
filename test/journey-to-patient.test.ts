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
const SAID = 'återbesök om sex veckor med prover en vecka innan';
const LONGEST_MS = 300_000;
const PHONE = { viewport: { width: 390, height: 844 } } as const;

/** Weekly templates, by the administrator who looks at the page: all times are lent to patients until their own day. */
const LEND_ALL_TIMES = `(async () => {
  const answer = async (path, init) => {
    const got = await fetch(path, init);
    if (!got.ok) throw new Error(path + ': expected 2xx; got ' + got.status);
    return got.json();
  };
  const { staff, csrfToken } = await answer('/api/me');
  const { items } = await answer('/api/slot-templates?unit=' + staff.units[0].id);
  for (const { id, version, ...template } of items) {
    await answer('/api/slot-templates/' + id, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken, 'if-match': '"' + version + '"' },
      body: JSON.stringify({ ...template, lentUntilDays: 0 }),
    });
  }
})()`;

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))(
  'from a spoken word to a patient who knows',
  () => {
    let folder: string;
    let server: RealServer;
    let clinicians: Browser;
    let others: Browser;
    let url: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'taltid-journey-'));
      const microphone = join(folder, 'microphone.wav');
      await writeMicrophone(microphone, 'aterbesok-med-prover.flac');
      server = await RealServer.start(join(folder, 'data'));
      url = `http://127.0.0.1:${server.port}`;
      [clinicians, others] = await Promise.all([launchChromium(microphone), launchChromium()]);
    });
    afterAll(async () => {
      await Promise.all([clinicians?.close(), others?.close()]);
      await server?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    test('two times are booked, called to, moved by the patient, and seen by the staff', {
      timeout: LONGEST_MS,
    }, async () => {
      const note = await signedInPage(clinicians, { url, path: '/diktera', username: 'lind', words: SAID });
      const patient = await dictateAndSign(note.page);

      const queue = await signedInPage(others, { url, path: '/bokning', username: 'palm', words: '' });
      const panel = queue.page.getByRole('complementary', { name: 'Uppgiften' });
      const row = queue.page.getByRole('row', { name: new RegExp(`${patient}.*Återbesök`) });
      await row.click();
      await panel
        .getByRole('button', { name: /^Håll / })
        .first()
        .click();
      await panel.getByRole('button', { name: 'Boka', exact: true }).click();
      await panel.getByRole('heading', { name: 'Bokade tider' }).waitFor();
      await expectAccessible(queue.page);
      await panel.getByRole('button', { name: 'Skicka kallelsen …' }).click();
      const asks = queue.page.getByRole('dialog', { name: 'Skicka kallelsen' });
      await asks.getByRole('button', { name: 'Skicka' }).click();
      await asks.waitFor({ state: 'detached' });
      // Until then it shows the letter as it would go out.
      await panel.getByText(/^finns där sedan kl\. /).waitFor();
      await panel.getByRole('button', { name: 'Visa brevet' }).click();
      const letter = panel.getByRole('article', { name: 'Brevet som det gick ut' });
      const code = await factIn(await letter.innerText(), 'Kod');
      const born = birthDateIn(await row.innerText());

      // Whatever the day of the year is, there are times to choose from. On a phone without scripts.
      await queue.page.evaluate(LEND_ALL_TIMES);
      const phone = await (await others.newContext({ ...PHONE, javaScriptEnabled: false })).newPage();
      await phone.goto(`${url}/min-tid/${code}`);
      await phone.getByLabel('Ditt födelsedatum').fill(born);
      await phone.getByRole('button', { name: 'Visa min tid' }).click();
      await phone.getByRole('heading', { name: 'Din nästa tid' }).waitFor();
      const booked = await phone.locator('.when').allInnerTexts();
      expect(booked).toHaveLength(2);
      await phone.getByRole('link', { name: 'Ändra tiden' }).last().click();
      await phone
        .getByRole('link', { name: /^Kl\. / })
        .last()
        .click();
      const chosen = await phone.locator('.when').first().innerText();
      await phone.getByRole('button', { name: 'Byt tid' }).click();
      await phone.getByRole('status').getByText('Din tid är ändrad.').waitFor();
      const moved = await phone.locator('.when').allInnerTexts();
      expect(moved).toContain(chosen);
      expect(booked).not.toContain(chosen);

      // The administrator sees that it was the patient, and the new time.
      await panel
        .getByText(/Patienten/)
        .first()
        .waitFor();
      const [, clock] = /(\d{1,2}\.\d{2})/.exec(chosen)!;
      await panel
        .getByText(new RegExp(clock!.replace('.', '\\.')))
        .first()
        .waitFor();
      await expectAccessible(queue.page);
      expect([...note.complaints, ...queue.complaints]).toEqual([]);
    });
  },
);

/** Says what follows from the first visit of the day, confirms what was heard, and signs. @returns the patient's name */
async function dictateAndSign(page: Page): Promise<string> {
  await page.locator('.worklist li button', { hasText: 'ingen anteckning' }).first().click();
  const patient = (await page.locator('.note-head .patient').textContent())!.replace(/\d.*/, '').trim();
  await page.getByRole('heading', { name: 'Planering' }).click();
  await page.keyboard.press('F2');
  await page.locator('.card').nth(1).waitFor();
  await page.keyboard.press('F2');
  await page.getByText('Paus', { exact: true }).waitFor();
  await section(page, 'planering').locator('.spoken').first().waitFor();
  await page.getByText('Sparad', { exact: true }).waitFor();
  for (const card of [0, 1]) {
    await page.locator('.card').nth(card).focus();
    await page.keyboard.press('b');
    await page.locator('.card').nth(card).locator('.card-state', { hasText: 'Bekräftad' }).waitFor();
  }
  await page.keyboard.press('Alt+s');
  await page.getByText('Anteckningen är signerad.').waitFor({ timeout: SOON_MS });
  return patient;
}

/** Eight digits, of the personnummer in its short form: "+" from the year of turning 100. */
function birthDateIn(text: string): string {
  const [, born = '', sign] = /(\d{6})([-+])\d{4}/.exec(text) ?? [];
  const thisYear = new Date().getFullYear();
  const latest = Math.floor((thisYear - Number(born.slice(0, 2))) / 100) * 100 + Number(born.slice(0, 2));
  return `${sign === '+' ? latest - 100 : latest}${born.slice(2)}`;
}

/** What stands after a name in the text of a letter. */
function factIn(text: string, name: string): string {
  const [, value] = new RegExp(`^${name}\\s+(\\S+)$`, 'm').exec(text) ?? [];
  if (value === undefined) throw new RangeError(`expected a letter with the fact ${name}; got none`);
  return value;
}
