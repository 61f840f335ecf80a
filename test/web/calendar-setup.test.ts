import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { asAdministrator } from '../appointments/planted-chain.ts';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { bookHour } from '../storage/planted-calendar.ts';
import { at, expectNotice, openCalendar, placeOf, VISIT_DAY } from './calendar-page.ts';
import { expectAccessible } from './queue-page.ts';
import { clinicPages } from './shell-pages.ts';

const THURSDAY = addDays(VISIT_DAY, 1);

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the calendar page', () => {
  const open = clinicPages();

  test('on a phone is a day as a list, where a visit is opened and moved by touch', async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' } as const;
    const world = await openCalendar(open, phone);
    const { page, complaints } = world;
    await page.getByRole('region', { name: /^Tidbok, Onsdag/ }).waitFor();
    await page.getByRole('heading', { name: 'Elin Lind' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^08\.00 Åsa Prov Återbesök läkare, till 08\.30/ }).tap();
    const panel = page.getByRole('complementary', { name: 'Besöket' });
    await panel.getByText('Bokades').waitFor();
    await expectAccessible(page);
    await panel.getByRole('button', { name: 'Flytta' }).tap();
    await page.getByRole('button', { name: /^10\.30, till 11\.00, ledig tid, .*kan tas$/ }).tap();
    await expectNotice(page, /^Flyttat till ons .* kl\. 10\.30/);
    expect(await placeOf(world, world.visitId)).toBe(at(VISIT_DAY, '10:30'));
    expect(complaints).toEqual([]);
  });

  test('names feasts and klämdagar, and the nights on which the clocks change', async () => {
    const { page, url, clinic } = await openCalendar(open);
    const goTo = (day: string, view: string) =>
      page.goto(`${url}/tidbok?datum=${day}&vy=${view}&enhet=${clinic.unitId}`);
    await goTo('2027-05-06', 'vecka');
    await page.getByRole('heading', { name: /^Vecka 18 2027, 3–9 maj 2027$/ }).waitFor();
    await page.getByRole('columnheader', { name: /^Tor 6 maj 2027\s*Kristi himmelsfärdsdag, röd dag$/i }).waitFor();
    await page.getByRole('columnheader', { name: /^Fre 7 maj 2027\s*Klämdag$/ }).waitFor();
    await goTo('2027-03-28', 'dag');
    await page.getByText('Sommartid börjar').waitFor();
    await page.getByRole('heading', { name: 'Inga tider de här dagarna' }).waitFor();
    await page.keyboard.press('PageUp');
    await page.getByRole('heading', { name: 'Lördag 27 mars 2027, vecka 12' }).waitFor();
  });

  test('is set up by who keeps it: a week of lent times, shut days with what is booked then, both taken back', async () => {
    const { page, complaints } = await openCalendar(open, { path: '&vy=vecka' });
    await page.getByRole('button', { name: 'Ställ in' }).click();
    await page.getByRole('heading', { name: 'Veckomallar' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Ny veckomall' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ny veckomall' });
    await dialog.getByLabel('För', { exact: true }).selectOption({ label: 'Elin Lind' });
    await dialog.getByLabel('Från', { exact: true }).fill('13:00');
    await dialog.getByLabel('Till', { exact: true }).fill('12:00');
    await dialog.getByLabel('Torsdag').check();
    await dialog.getByLabel('Även röda dagar').check();
    await dialog.getByLabel('Utlånad till webbtidboken').check();
    await dialog.getByLabel('Går tillbaka, dagar före').fill('7');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Spara' }).click();
    await dialog.getByText('Sluttiden ska vara efter starttiden').waitFor();
    await dialog.getByLabel('Till', { exact: true }).fill('15:00');
    await dialog.getByRole('button', { name: 'Spara' }).click();
    await page.getByText('Veckomallen är sparad.').waitFor();
    await page.getByText('30 min, webbtidboken till 7 dagar före, även röda dagar').waitFor();

    await page.getByRole('button', { name: 'Stäng dagar' }).click();
    const closure = page.getByRole('dialog', { name: 'Stäng dagar' });
    await closure.getByLabel('Första dagen').fill(VISIT_DAY);
    await closure.getByLabel('Sista dagen').fill(THURSDAY);
    await closure.getByLabel('Varför').fill('Utbildning');
    await closure.getByRole('button', { name: 'Spara' }).click();
    await page.getByText('Stängt. Ett bokat besök ligger då: flytta det.').waitFor();
    await page.getByRole('button', { name: 'Ångra' }).click();
    await page.getByText('Inget stängt framöver.').waitFor();

    await page.getByRole('button', { name: 'Till tidboken' }).click();
    const lent = page.getByRole('button', {
      name: /^13\.00 webb, till 13\.30, ledig tid, utlånad till webbtidboken, tor /,
    });
    await lent.click();
    const panel = page.getByRole('complementary', { name: 'Den lediga tiden' });
    await panel.getByText('Utlånad till webbtidboken: patienter bokar den själva').waitFor();
    await panel.getByText('Alla besökstyper').waitFor();
    expect(complaints).toEqual([]);
  });

  test('keeps who has come and who has gone, asks before somebody is put down as missed, and takes that back', async () => {
    const { page, url, clinic, calendar, database } = await openCalendar(open);
    const began = new Date(Date.now() - 30 * 60_000);
    const { id } = await asAdministrator(database.storage, clinic, (transaction) =>
      bookHour(transaction, clinic, calendar, began.toISOString()),
    );
    const { date } = stockholmClockAt(began.getTime());
    await page.goto(`${url}/tidbok?vy=dag&datum=${date}&enhet=${clinic.unitId}&bokning=${id}`);
    const panel = page.getByRole('complementary', { name: 'Besöket' });
    await panel.getByRole('button', { name: 'Uteblev' }).click();
    const dialog = page.getByRole('dialog', { name: 'Kom patienten inte?' });
    await dialog.getByText('Åsa Prov antecknas som utebliven. Det går att ta tillbaka i dag.').waitFor();
    await dialog.getByText('Har inte uteblivit förut.').waitFor();
    await dialog.getByRole('button', { name: 'Uteblev' }).click();
    await page.getByText('Patienten uteblev.').first().waitFor();
    await panel.getByRole('button', { name: 'Patienten kom ändå' }).click();
    await panel.getByRole('button', { name: 'Har kommit' }).click();
    await panel.getByRole('button', { name: 'Besöket är klart' }).click();
    await page.getByRole('button', { name: /Åsa Prov Återbesök läkare, klart,/ }).waitFor();
    const { rows } = await database.owner.query('select state from appointments where id = $1', [id]);
    expect(rows).toEqual([{ state: 'fulfilled' }]);
  });
});
