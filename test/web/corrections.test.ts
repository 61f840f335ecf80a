import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { plantedSegments } from '../server/scripted-transcriber.ts';
import { expectAccessible, talk } from './dictation-page.ts';
import { type ClinicPage, clinicPages } from './notes-page.ts';

const open = clinicPages();

/** A note into which an utterance was dictated. */
async function dictated(text: string, options: object = {}): Promise<ClinicPage> {
  const opened = await open('lind', options);
  const { page, live } = opened;
  await page.locator('.worklist li button', { hasText: 'ingen anteckning' }).first().click();
  await page.getByRole('heading', { name: 'Planering' }).click();
  await talk(page, live);
  // Enough sound for the utterance.
  await live.until(() => live.frameCount > 40);
  live.commit(text);
  await page.locator('.spoken').first().waitFor();
  await page.keyboard.press('F2');
  return opened;
}

/** Writes something else in the place of a dictated word. */
async function rewrite(page: Page, word: string, written: string): Promise<void> {
  await page.locator('.spoken', { hasText: word }).first().dblclick();
  await page.keyboard.type(written);
}

const offer = (page: Page) => page.getByRole('complementary', { name: 'Ordlista' });
const ownTerms = ({ database }: ClinicPage) =>
  database.storage.plain.selectFrom('vocabularyTerms').select(['term', 'soundsLike', 'removedAt']).execute();

/** What the recogniser hears from now on. */
function hears(opened: ClinicPage, ...texts: readonly string[]): void {
  const [segment] = plantedSegments();
  const left = [...texts];
  Object.defineProperty(opened.app.transcriber, 'segments', {
    get: () => [{ ...segment!, text: left.length > 1 ? left.shift()! : left[0]! }],
  });
}

describe('a corrected word', () => {
  test('is offered with what it would have changed, and added by one key', async () => {
    const opened = await dictated('Patienten tar elikvis dagligen och elikvis ibland');
    const { page, app, complaints } = opened;
    hears(opened, 'Patienten tar elikvis dagligen', 'Patienten tar Eliquis dagligen');
    await rewrite(page, 'elikvis', 'Eliquis');
    await offer(page).getByText('”elikvis” rättat till ”Eliquis”. Samma fel står på ett ställe till.').waitFor();
    await offer(page).getByText('Med ordet i listan hade det blivit: ”Patienten tar Eliquis dagligen”').waitFor();
    const [request] = app.transcriber.requests;
    expect(request!.file.byteLength).toBeGreaterThan(50_000);
    await expectAccessible(page);
    expect(await ownTerms(opened)).toEqual([]);
    await page.keyboard.press('Alt+k');
    await offer(page).getByText('”Eliquis” finns nu i dina ord.').waitFor();
    expect(await ownTerms(opened)).toEqual([{ term: 'Eliquis', soundsLike: null, removedAt: null }]);
    await offer(page).getByRole('button', { name: 'Ångra' }).click();
    await offer(page).getByRole('button', { name: 'Lägg till i ordlistan' }).waitFor();
    expect(await ownTerms(opened)).toMatchObject([{ removedAt: expect.any(Date) }]);
    expect(complaints).toEqual([]);
  });

  test('that is not heard by itself is offered with how it was heard', async () => {
    const opened = await dictated('Patienten tar elikvis dagligen');
    const { page } = opened;
    hears(opened, 'tar elikvis', 'tar elikvis', 'tar elikvis', 'tar Eliquis');
    await rewrite(page, 'elikvis', 'Eliquis');
    await offer(page).getByText('Med ”låter som elikvis” hade det blivit rätt.').waitFor();
    await offer(page).getByRole('button', { name: 'Lägg till, låter som ”elikvis”' }).click();
    await offer(page).getByText('”Eliquis” finns nu i dina ord.').waitFor();
    expect(await ownTerms(opened)).toMatchObject([{ term: 'Eliquis', soundsLike: 'elikvis' }]);
  });

  test('is not offered again once it was declined, and nothing is learned', async () => {
    const opened = await dictated('elikvis och elikvis igen');
    const { page } = opened;
    hears(opened, 'elikvis');
    await rewrite(page, 'elikvis', 'Eliquis');
    await offer(page).getByText('Ljudet hörs ändå inte som det ordet.').waitFor();
    await offer(page).getByRole('button', { name: 'Inte nu' }).click();
    await rewrite(page, 'elikvis', 'Eliquis ');
    await page.getByText('Sparad', { exact: true }).waitFor();
    expect(await offer(page).count()).toBe(0);
    expect(await ownTerms(opened)).toEqual([]);
  });

  test('is not offered where other words than recognised ones are rewritten, nor when that is undone', async () => {
    const opened = await dictated('Patienten mår bra');
    const { page } = opened;
    await page.getByRole('heading', { name: 'Status' }).click();
    await page.keyboard.type('elikvis');
    for (let letter = 0; letter < 'elikvis'.length; letter++) await page.keyboard.press('Backspace');
    await page.keyboard.type('Eliquis');
    await rewrite(page, 'Patienten', 'Pascienten');
    await page.keyboard.press('Control+z');
    await page.getByRole('heading', { name: 'Anamnes' }).click();
    await page.keyboard.type('Klart');
    await page.getByText('Sparad', { exact: true }).waitFor();
    expect(await offer(page).count()).toBe(0);
  });

  test('is offered on a narrow page, too', async () => {
    const opened = await dictated('Patienten tar elikvis', { viewport: { width: 390, height: 800 } });
    hears(opened, 'elikvis', 'Eliquis');
    await rewrite(opened.page, 'elikvis', 'Eliquis');
    await offer(opened.page).getByText('Med ordet i listan').waitFor();
    await expectAccessible(opened.page);
  });
});
