import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { NoteView } from '../../src/contracts/notes-api.ts';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { signIn } from '../server/signed-in.ts';
import { expectAccessible, section, talk } from './dictation-page.ts';
import { type ClinicPage, clinicPages, openClinicTab, signInHere, writePlan } from './notes-page.ts';

const PLAN = 'Återbesök om sex veckor hos dr Lind med prover en vecka innan.';

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('a clinician at the dictation page', () => {
  const openPage = clinicPages();

  test('comes from typing to the signature by the keyboard alone', async () => {
    const { page, database, complaints } = await openPage();
    await page.keyboard.press('Alt+v');
    await page.keyboard.press('Enter');
    await page.getByText('Utkast, skriven av').waitFor();
    await section(page, 'kontaktorsak').waitFor();
    for (let heading = 0; heading < 5; heading++) await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.type(PLAN);
    await page.getByRole('button', { name: 'Signera – 2 uppföljningar kvar' }).waitFor();
    await page.keyboard.press('Alt+n');
    await focused(page).getByText('Återbesök', { exact: true }).waitFor();
    await page.keyboard.press('b');
    await focused(page).getByText('Bekräftad').waitFor();
    await page.getByRole('button', { name: 'Signera – 1 uppföljning kvar' }).waitFor();
    await page.keyboard.press('Alt+n');
    await focused(page).getByText('Provtagning', { exact: true }).waitFor();
    await page.keyboard.press('i');
    await focused(page).locator('.card-state', { hasText: 'Inget' }).waitFor();
    await page.keyboard.press('z');
    await focused(page).getByText('Att ta ställning till').waitFor();
    await page.keyboard.press('Enter');
    await focused(page).getByText('Bekräftad').waitFor();
    await page.getByRole('button', { name: 'Signera', exact: true }).waitFor();
    await page.keyboard.press('Alt+s');
    await page.getByText('Anteckningen är signerad.').waitFor();
    await page.getByRole('button', { name: 'Rätta' }).waitFor();
    const { rows } = await database.owner.query(
      `select count(*)::int as requests from booking_requests r join notes n on n.id = r.note_id where n.created_at > now() - interval '5 minutes' and n.state = 'signed' and n.encounter_id is not null`,
    );
    expect([rows[0].requests, complaints]).toEqual([2, []]);
  });

  test('is not let through to the signature, sees what is left and jumps there', async () => {
    const { page } = await openPage();
    await writePlan(page, PLAN);
    await page.getByRole('button', { name: 'Signera – 2 uppföljningar kvar' }).click();
    await page.getByText('2 saker är kvar:').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Ta ställning till ”prover en vecka innan”' }).click();
    await focused(page).getByText('Provtagning', { exact: true }).waitFor();
    expect(await page.getByText('Anteckningen är signerad.').count()).toBe(0);
  });

  test('the words of a card light up with it, and the card with its words', async () => {
    const { page } = await openPage();
    await writePlan(page, PLAN);
    await page.locator('.card').nth(1).hover();
    expect(await page.locator('.follow-up.lit').allTextContents()).toEqual(['prover en vecka innan']);
    await page.locator('.follow-up', { hasText: 'Återbesök' }).hover();
    await page.locator('.card.lit').getByText('Återbesök', { exact: true }).waitFor();
    expect(await page.locator('.card.lit').count()).toBe(1);
    await page.locator('.card').nth(1).focus();
    expect(await page.locator('.follow-up.lit').allTextContents()).toEqual(['prover en vecka innan']);
    await page.keyboard.press('Escape');
    await page.keyboard.type(' och Hb');
    await section(page, 'planering').getByText('prover en vecka innan och Hb.').waitFor();
  });

  test('finds what is dictated, and lets the words be heard again from the card', async () => {
    const { page, live, database } = await openPage();
    await page.evaluate(`(() => {
      globalThis.playedSeconds = [];
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function () { playedSeconds.push(this.buffer.duration); start.call(this); };
    })()`);
    await writePlan(page, 'Egenvård. ');
    await talk(page, live);
    await live.until(() => live.session.frames.length > 20);
    live.commit('återbesök om sex veckor punkt');
    await page.locator('.card').getByText('Återbesök', { exact: true }).waitFor();
    await page.keyboard.press('F2');
    await page.getByText('Paus', { exact: true }).waitFor();
    await page.locator('.card').focus();
    await page.keyboard.press('l');
    await expect.poll(() => page.evaluate('playedSeconds.length')).toBe(1);
    await page.getByText('Sparad', { exact: true }).waitFor();
    const { rows } = await database.owner.query('select count(*)::int as kept from utterances');
    expect(rows[0].kept).toBe(1);
  });

  test('states by one key that nothing is to be followed up, and then signs', async () => {
    const { page } = await openPage();
    await writePlan(page, 'Egenvård.');
    await page.getByRole('button', { name: 'Signera – uppföljning ej angiven' }).waitFor();
    await page.keyboard.press('Alt+i');
    await page.getByText('Ingen uppföljning är angiven.').waitFor();
    await page.keyboard.press('Alt+s');
    await page.getByText('Anteckningen är signerad.').waitFor();
  });

  test('turns what was read as history into a card by the keyboard, and need not', async () => {
    const { page } = await openPage();
    await writePlan(page, 'Återbesök hos dr Ek för tre veckor sedan. Återbesök om sex veckor.');
    await page.getByRole('button', { name: 'Signera – 1 uppföljning kvar' }).waitFor();
    const list = page.locator('.set-aside');
    await list.getByText('Läst som historik eller redan gjort (1)').waitFor();
    expect(await list.locator('li').isVisible()).toBe(false);
    await page.keyboard.press('Alt+h');
    await list.locator('q', { hasText: 'Återbesök hos dr Ek för tre veckor sedan' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await focused(page).locator('q', { hasText: 'Återbesök hos dr Ek för tre veckor sedan' }).waitFor();
    await page.getByRole('button', { name: 'Signera – 2 uppföljningar kvar' }).waitFor();
    expect(await list.count()).toBe(0);
  });

  test('marks words that were missed, changes what they ask for, and asks somebody', async () => {
    const { page } = await openPage();
    await writePlan(page, 'Blodtrycket är bra. Återbesök om sex veckor.');
    await page.getByRole('button', { name: 'Signera – 1 uppföljning kvar' }).waitFor();
    await selectBack(page, 'Återbesök om sex veckor.'.length + 1, 'Blodtrycket är bra.'.length);
    await expect.poll(() => page.evaluate('getSelection().toString()')).toBe('Blodtrycket är bra.');
    await page.keyboard.press('Alt+g');
    const marked = page.locator('.card').first();
    await marked.locator('q', { hasText: 'Blodtrycket är bra.' }).waitFor();
    await marked.getByRole('button', { name: 'Ändra' }).click();
    await expectAccessible(page);
    await page.getByLabel('Vad', { exact: true }).selectOption('Telefontid');
    await page.getByLabel('Senast (måldatum)').fill('2031-06-10');
    await page.getByRole('button', { name: 'Spara ändringen' }).click();
    await marked.getByText('Ändrad').waitFor();
    await marked.getByRole('heading', { name: 'Telefontid' }).waitFor();
    await marked.getByText('10 juni 2031').first().waitFor();
    await page.locator('.card').nth(1).focus();
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Skicka frågan' }).click();
    await page.getByText('Skriv din fråga.').waitFor();
    await page.getByLabel('Fråga', { exact: true }).fill('Hinner vi det?');
    await page.getByRole('button', { name: 'Skicka frågan' }).click();
    await page.locator('.card').nth(1).getByText('Frågan ställd').waitFor();
    await page.locator('.card').nth(1).getByText('Hinner vi det?').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Signera', exact: true }).waitFor();
  });

  test('amends a signed note for a reason, and a card says why it is open again', async () => {
    const { page } = await openPage();
    await writePlan(page, 'Återbesök om sex veckor.');
    await page.getByRole('button', { name: 'Bekräfta' }).click();
    await page.getByText('Bekräftad').waitFor();
    await page.getByRole('button', { name: 'Signera', exact: true }).click();
    await page.getByRole('button', { name: 'Rätta' }).click();
    await page.getByText('Rättas, skriven av').waitFor();
    await page.getByRole('heading', { name: 'Planering' }).click();
    await page.keyboard.press('Backspace');
    await page.keyboard.type(' hos ssk.');
    await page.locator('.reopened').getByText('Texten har ändrats').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Bekräfta' }).click();
    await page.getByText('Bekräftad').waitFor();
    await page.keyboard.press('Alt+s');
    expect(await page.evaluate('document.activeElement.labels[0].textContent')).toBe('Varför rättas anteckningen?');
    await page.keyboard.type('Fel yrke');
    await page.keyboard.press('Alt+s');
    await page.getByText('Signerad, version 2').first().waitFor();
    await expectAccessible(page);
  });

  test('text of two places is kept whole, and it is told calmly', async () => {
    const clinic = await openPage();
    const { page } = clinic;
    await writePlan(page, 'Återbesök om sex veckor.');
    await writeElsewhere(clinic, 'Yrsel sedan i går.');
    await page.keyboard.type(' Egenvård.');
    await page.getByText('Anteckningen ändrades också någon annanstans.').waitFor();
    await page.getByText('Sparad', { exact: true }).waitFor();
    expect(await section(page, 'anamnes').textContent()).toBe('Yrsel sedan i går.');
    expect(await section(page, 'planering').textContent()).toBe('Återbesök om sex veckor. Egenvård.');
  });

  test('what is written without a network is kept over a closed page, and is sent later', async () => {
    const { page, context, url } = await openPage();
    await writePlan(page, 'Återbesök om sex veckor.');
    await context.setOffline(true);
    await page.keyboard.type(' Egenvård.');
    await page.getByText('Sparad här så länge').waitFor();
    await page.close();
    await context.setOffline(false);
    const { page: again, complaints } = await openClinicTab(context, url);
    await section(again, 'planering').getByText('Egenvård.').waitFor();
    await again.getByText('Sparad', { exact: true }).waitFor();
    await again.reload();
    await section(again, 'planering').getByText('Återbesök om sex veckor. Egenvård.').waitFor();
    expect(complaints).toEqual([]);
  });

  test('the microphone starts without a network, too, and what it hears is kept', async () => {
    const { page, context } = await openPage();
    await writePlan(page, 'Egenvård. ');
    await context.setOffline(true);
    await page.keyboard.press('F2');
    await page.getByText(/^Utan nät: [1-9]\d* s sparat$/).waitFor();
  });

  test('nobody else sees in the same browser what a clinician wrote', async () => {
    const { app, page, context, url } = await openPage();
    await writePlan(page, 'Yrsel.');
    await context.setOffline(true);
    await page.keyboard.type(' Hosta.');
    await page.getByText('Sparad här så länge').waitFor();
    await page.close();
    await context.setOffline(false);
    await signInHere(app, context, 'sandberg');
    const { page: other } = await openClinicTab(context, url);
    await other.getByText('Välj ett besök').waitFor();
    expect(await other.getByText('Hosta.').count()).toBe(0);
    await other.close();
    await signInHere(app, context, 'lind');
    const { page: own } = await openClinicTab(context, url);
    await section(own, 'planering').getByText('Yrsel. Hosta.').waitFor();
  });
});

function focused(page: Page) {
  return page.locator('article:focus');
}

/** Selects so many characters that end so far before the cursor. */
async function selectBack(page: Page, before: number, length: number): Promise<void> {
  for (let moved = 0; moved < before; moved++) await page.keyboard.press('ArrowLeft');
  for (let taken = 0; taken < length; taken++) await page.keyboard.press('Shift+ArrowLeft');
}

/** Another computer writes into the history of the note that the page has open. */
async function writeElsewhere({ app: { app }, database }: ClinicPage, text: string): Promise<void> {
  const headers = await signIn(app, 'lind');
  const { rows } = await database.owner.query('select id from notes order by created_at desc limit 1');
  const url = `/api/notes/${rows[0].id}`;
  const { text: before } = NoteView.parse((await app.inject({ url, headers })).json());
  const sections = [
    ...before.content.sections.filter(({ id }) => id !== 'anamnes'),
    { id: 'anamnes', heading: 'Anamnes', text },
  ];
  const payload = { sections, spans: [] };
  const version = { 'if-match': `"${before.version}"` };
  const answer = await app.inject({ method: 'PUT', url: `${url}/text`, headers: { ...headers, ...version }, payload });
  expect(answer.statusCode).toBe(200);
}
