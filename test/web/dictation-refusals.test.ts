import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { dictationPages, expectAccessible, type OpenedPage, openTab, section, talk } from './dictation-page.ts';

/** A name that is not this machine's own as far as a browser knows, so that http to it is not secure. */
const OTHER_HOST = 'klinik.test';

const alert = (page: Page, text: string) => page.getByRole('alert').getByText(text).waitFor();

/** A page that was closed in the middle of a dictation of "hosta", and its tab. */
async function closedPage(open: Promise<OpenedPage>): Promise<OpenedPage> {
  const opened = await open;
  await talk(opened.page, opened.live);
  opened.live.commit('hosta');
  await section(opened.page, 'kontaktorsak').getByText('Hosta').waitFor();
  await opened.page.close();
  return opened;
}

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the dictation page', () => {
  const openPage = dictationPages([`--host-resolver-rules=MAP ${OTHER_HOST} 127.0.0.1`]);

  test.each([
    ['NotAllowedError', 'Webbläsaren fick inte använda mikrofonen. Tillåt den i adressfältet och försök igen.'],
    ['NotFoundError', 'Ingen mikrofon hittades. Anslut en och försök igen.'],
    ['NotReadableError', 'Mikrofonen kunde inte startas. Används den av ett annat program?'],
  ])('tells %s of the microphone in words, and goes on when it is mended', async (name, message) => {
    const { page, live } = await openPage();
    await talk(page, live);
    // Its last word waits for what follows, and is written meanwhile.
    live.commit('hosta punkt');
    await section(page, 'kontaktorsak').getByText('Hosta').waitFor();
    await page.reload();
    await page.getByText('Paus', { exact: true }).waitFor();
    await page.evaluate(`(() => {
      globalThis.open = MediaDevices.prototype.getUserMedia;
      MediaDevices.prototype.getUserMedia = async () => { throw new DOMException('', '${name}'); };
    })()`);
    await page.keyboard.press('F2');
    await section(page, 'kontaktorsak').getByText('Hosta.').waitFor();
    await alert(page, message);
    await page.getByText('Paus', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.evaluate('MediaDevices.prototype.getUserMedia = open');
    await talk(page, live);
    expect(await page.getByRole('alert').textContent()).toBe('');
  });

  test('says at once, when it came over http from another machine, that https is needed, and can be typed in', async () => {
    const { page, complaints } = await openPage({ host: OTHER_HOST, permissions: [] });
    await alert(page, 'Mikrofonen fungerar bara över https.');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Stäng meddelandet' }).click();
    await page.keyboard.press('F2');
    await alert(page, 'Mikrofonen fungerar bara över https.');
    await section(page, 'anamnes').click();
    await page.keyboard.type('Frisk');
    await page.getByRole('button', { name: 'Kopiera' }).click();
    await alert(page, 'Markera texten och tryck Ctrl C.');
    expect(complaints).toEqual([]);
  });

  test('says when the browser is full what is kept, goes on, and asks before it is closed', async () => {
    const { page, live, context, complaints } = await openPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1 });
    await talk(page, live);
    await alert(page, 'det som sägs finns kvar i den här sidan');
    await expectAccessible(page);
    live.commit('hosta');
    await section(page, 'kontaktorsak').getByText('Hosta').waitFor();
    await page.getByRole('button', { name: 'Stäng meddelandet' }).click();
    const before = live.frameCount;
    await live.until(() => live.frameCount > before + 5);
    expect(await page.getByRole('alert').textContent()).toBe('');
    const question = page.waitForEvent('dialog');
    const closing = page.close({ runBeforeUnload: true });
    const dialog = await question;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await closing;
    live.isReachable = false;
    live.drop();
    await page.getByText(/^: [2-9] s sparat$/).waitFor();
    live.isReachable = true;
    await page.getByText('Ikapp', { exact: true }).waitFor();
    expect([live.sessions.length, live.complaints, complaints]).toEqual([1, [], []]);
  });

  test('dictates in a browser that keeps nothing, and says so', async () => {
    const { page, live, complaints } = await openPage({
      script: `
        indexedDB.open = () => { throw new DOMException('', 'SecurityError'); };
        navigator.locks.query = async () => { throw new DOMException('', 'SecurityError'); };
        Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });
      `,
    });
    await alert(page, 'Det går att diktera, men allt försvinner när sidan stängs.');
    await talk(page, live);
    live.commit('hosta');
    await section(page, 'kontaktorsak').getByText('Hosta').waitFor();
    await page.keyboard.press('F2');
    await section(page, 'kontaktorsak').getByText('Hosta').click();
    await page.getByRole('button', { name: 'Ny anteckning' }).click();
    await page.getByText('Ångra ger texten tillbaka.').waitFor();
    expect([live.complaints, complaints]).toEqual([[], []]);
  });

  test('leaves a saved note that it cannot read where it is, and begins another', async () => {
    const { context, url, live } = await closedPage(openPage());
    await context.addInitScript(`
      const { result } = Object.getOwnPropertyDescriptors(IDBRequest.prototype);
      Object.defineProperty(IDBRequest.prototype, 'result', {
        get() {
          const value = result.get.call(this);
          return value?.note ? { ...value, note: { ...value.note, doc: { type: 'other' } } } : value;
        },
      });
    `);
    const { page, complaints } = await openTab(context, url);
    await alert(page, 'Den sparade anteckningen går inte att läsa.');
    await talk(page, live);
    live.commit('feber');
    await section(page, 'kontaktorsak').getByText('Feber').waitFor();
    expect(complaints).toEqual([]);
  });
});
