import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { at, type CalendarWorld, expectNotice, focused, openCalendar, placeOf, VISIT_DAY } from './calendar-page.ts';
import { expectAccessible, SOON } from './queue-page.ts';
import { clinicPages } from './shell-pages.ts';

const MONDAY = addDays(VISIT_DAY, -2);
const THURSDAY = addDays(VISIT_DAY, 1);
const MONDAY_AFTER = addDays(VISIT_DAY, 5);

const visit = (page: Page) => page.getByRole('button', { name: /Återbesök läkare, ons .*Elin Lind/ });
const bar = (page: Page) => page.getByRole('region', { name: 'Flytta' });

/** Picks the visit up by keys alone. */
async function pickUp(page: Page): Promise<void> {
  await visit(page).focus();
  await page.keyboard.press('m');
  await bar(page)
    .getByText(/tider går här/)
    .waitFor();
}

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the calendar page', () => {
  const open = clinicPages();

  test('moves a visit by keys: what it would mean is told first, and undo takes it back', async () => {
    const world = await openCalendar(open, { path: '&vy=vecka' });
    const { page, complaints } = world;
    await page.getByRole('grid', { name: /^Tidbok, Vecka/ }).waitFor();
    await expectAccessible(page);
    await pickUp(page);
    await page.keyboard.press('ArrowRight');
    await bar(page)
      .getByText(/^Till tor .* kl\. 08\.00, Elin Lind\.$/)
      .waitFor();
    await bar(page)
      .getByText(/Inget ges upp/)
      .waitFor();
    await expectAccessible(page);
    expect(await placeOf(world, world.visitId)).toBe(at(VISIT_DAY));

    await page.keyboard.press('Enter');
    await expectNotice(page, /^Flyttat till tor /);
    expect(await placeOf(world, world.visitId)).toBe(at(THURSDAY));
    expect(await placeOf(world, world.labId)).toBe(at(MONDAY));
    await expect.poll(() => focused(page), SOON).toMatch(/^08\.00 Prov, Åsa, .*tor /);

    await page.keyboard.press('z');
    await expectNotice(page, /ligger där det låg/);
    expect(await placeOf(world, world.visitId)).toBe(at(VISIT_DAY));

    await visit(page).focus();
    await page.keyboard.press('m');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    await expectNotice(page, /ligger kvar/);
    await expect.poll(() => focused(page), SOON).toMatch(/^08\.00 Prov, Åsa, .*ons /);
    expect(complaints).toEqual([]);
  });

  test('says what is given up and what comes along, asks once, and takes all of it back', async () => {
    const world = await openCalendar(open, { path: '&vy=vecka' });
    const { page } = world;
    await page.getByRole('grid').waitFor();
    await pickUp(page);
    await page.keyboard.press('PageDown');
    await page
      .locator(`[data-place$=" ${Date.parse(at(MONDAY_AFTER))}"]`)
      .first()
      .waitFor();
    await page.locator('.place.asks').first().waitFor();
    await page.keyboard.press('Home');
    await bar(page)
      .getByText(/^Ges upp: Återbesök läkare efter måldatum/)
      .waitFor();
    await bar(page)
      .getByText(/^Följer med: Provtagning till fre /)
      .waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('document.activeElement.textContent'), SOON).toBe('Flytta ändå');
    expect(await placeOf(world, world.visitId)).toBe(at(VISIT_DAY));

    await page.keyboard.press('Enter');
    await expectNotice(page, /^Flyttat till mån .*Provtagning till fre /);
    expect(await placeOf(world, world.visitId)).toBe(at(MONDAY_AFTER));
    await page.keyboard.press('z');
    await expectNotice(page, /ligger där det låg/);
    expect([await placeOf(world, world.visitId), await placeOf(world, world.labId)]).toEqual([
      at(VISIT_DAY),
      at(MONDAY),
    ]);
  });

  test('says why a visit cannot be dropped where the pointer is, and drops it where it can', async () => {
    const world = await openCalendar(open, { path: '&vy=vecka' });
    const { page } = world;
    const free = (resourceId: string, time: string) =>
      page.locator(`button[data-place="${resourceId} ${Date.parse(at(THURSDAY, time))}"]`);
    const { doctorId, labId } = world.calendar;
    await visit(page).hover();
    await page.mouse.down();
    await free(labId, '09:00').hover();
    await bar(page).getByText('Går inte: Laboratoriet gör inte Återbesök läkare.').waitFor();
    await page.mouse.up();
    await expectNotice(page, /Laboratoriet gör inte/);
    expect(await placeOf(world, world.visitId)).toBe(at(VISIT_DAY));

    await visit(page).hover();
    await page.mouse.down();
    await free(doctorId, '09:00').hover();
    await page.mouse.up();
    await expectNotice(page, /^Flyttat till tor .* kl\. 09\.00/);
    expect(await placeOf(world, world.visitId)).toBe(at(THURSDAY, '09:00'));
  });

  test('lights up what hangs together, leads to it, and cancels after asking once', async () => {
    const world = await openCalendar(open, { path: '&vy=vecka' });
    const { page, database, complaints } = world;
    await visit(page).focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Besöket' });
    await panel.getByRole('heading', { name: 'Åsa Prov' }).waitFor();
    const lab = page.getByRole('button', { name: /Provtagning, mån .*Laboratoriet, hör ihop$/ });
    await lab.waitFor();
    await panel.getByText('Bokades').waitFor();
    await expectAccessible(page);
    await panel.getByRole('link', { name: /^Provtagning, mån / }).click();
    await panel.getByText('Laboratoriet').first().waitFor();
    await page.getByRole('button', { name: /Återbesök läkare, ons .*hör ihop$/ }).waitFor();
    await panel.getByRole('link', { name: /^Återbesök läkare, ons / }).click();
    await panel.getByRole('button', { name: 'Avboka' }).click();
    const dialog = page.getByRole('dialog', { name: 'Avboka besöket' });
    await dialog.getByText(/Provtagning mån /).waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Avboka' }).click();
    await expectNotice(page, /^Besöket är avbokat/);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    const { rows } = await database.owner.query('select distinct state, cancel_reason from appointments');
    expect(rows).toEqual([{ state: 'cancelled', cancel_reason: 'patient' }]);
    expect(complaints).toEqual([]);
  });

  test('shows what others do as they do it, keeps the focus, and names nobody with a protected identity', async () => {
    const world = await openCalendar(open, { path: '&vy=vecka' });
    const { page, url, headers, visitId, database } = world;
    await visit(page).focus();
    const place = await page.evaluate('document.activeElement.dataset.place');
    await cancelBeside(url, headers, visitId);
    await page.getByRole('button', { name: /^08\.00, till 08\.30, ledig tid, ons .*Elin Lind$/ }).waitFor();
    expect(await page.evaluate('document.activeElement.dataset.place')).toBe(place);

    await database.owner.query('set session_replication_role = replica');
    await database.owner.query('update patients set protected_identity = true');
    await page.reload();
    await page.getByRole('grid').waitFor();
    expect(await page.content()).not.toMatch(/Prov\b|Åsa/);
  });
});

async function cancelBeside(url: string, headers: CalendarWorld['headers'], id: string): Promise<void> {
  const answer = await fetch(`${url}/api/appointments/${id}/cancel`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'if-match': '"1"' },
    body: JSON.stringify({ reason: 'patient', task: 'requeue' }),
  });
  expect(answer.status).toBe(200);
}
