import { describe, expect, test } from 'vitest';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { asAdministrator } from '../appointments/planted-chain.ts';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { signedInAs } from '../server/signed-in.ts';
import { plantClinic } from '../storage/clinic.ts';
import type { TestDatabase } from '../storage/database.ts';
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

  test('a visit type is made, changed and retired by who keeps the calendar, and each is taken back', async () => {
    const { page, complaints } = await openCalendar(open, { path: '&vy=vecka' });
    await page.getByRole('button', { name: 'Ställ in' }).click();
    const types = page.getByRole('region', { name: 'Besökstyper' });
    await types.getByRole('button', { name: 'Ny besökstyp' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ny besökstyp' });
    await dialog.getByLabel('Namn', { exact: true }).fill('återbesök LÄKARE');
    await dialog.getByLabel('Namn i brev och på patientens sida').fill('Besök');
    await dialog.getByLabel('Slag', { exact: true }).selectOption({ label: 'Vaccination' });
    await dialog.getByLabel('Vem som gör det').selectOption({ label: 'distriktssköterska' });
    await dialog.getByLabel('Längd (minuter)').fill('20');
    await dialog.getByLabel('Rum 1').check();
    await dialog.getByLabel('Får flytta den').uncheck();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Spara' }).click();
    await dialog.getByRole('alert').getByText('Något annat heter redan').waitFor();
    await dialog.getByLabel('Namn', { exact: true }).fill('Vaccination');
    await dialog.getByRole('button', { name: 'Spara' }).click();
    await page.getByText('Vaccination kan bokas.').waitFor();
    await types
      .getByText('vaccination, distriktssköterska, 20 min, Rum 1, i brev ”Besök”, flyttas inte av patienter')
      .waitFor();

    await types.getByRole('button', { name: 'Lägg undan Vaccination' }).click();
    await page.getByText('Vaccination är undanlagd.').waitFor();
    await types.getByText(/flyttas inte av patienter, undanlagd/).waitFor();
    await page.getByRole('button', { name: 'Ångra' }).click();
    await types.getByRole('button', { name: 'Lägg undan Vaccination' }).waitFor();

    await types.getByRole('button', { name: 'Ändra Vaccination' }).click();
    const change = page.getByRole('dialog', { name: 'Ändra Vaccination' });
    await change.getByLabel('Längd (minuter)').fill('25');
    await change.getByRole('button', { name: 'Spara' }).click();
    await types.getByText(/distriktssköterska, 25 min/).waitFor();
    await page.getByRole('button', { name: 'Ångra' }).click();
    await types.getByText(/distriktssköterska, 20 min/).waitFor();
    expect(complaints).toEqual([]);
  });

  test('a new unit sets its whole calendar up here: who, what and when', async () => {
    let cookie = '';
    const plant = async ({ storage }: TestDatabase) => {
      const clinic = await plantClinic(storage);
      cookie = (await signedInAs(storage, clinic.administrator.id)).cookie;
    };
    const { page, url, complaints } = await open('/inloggning', { plant, viewport: { width: 390, height: 844 } });
    const [name = '', value = ''] = cookie.split('=');
    await page.context().addCookies([{ name, value, url }]);
    await page.goto(`${url}/tidbok`);
    await page.getByRole('heading', { name: 'Enheten har ingen tidbok än' }).waitFor();
    await page.getByRole('button', { name: 'Ställ in tidboken' }).click();
    await page.getByRole('heading', { name: 'Så kommer tidboken i gång' }).waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Ny resurs' }).click();
    const resource = page.getByRole('dialog', { name: 'Ny resurs' });
    await resource.getByLabel('Person').selectOption({ label: 'Test Lind' });
    await resource.getByLabel('Yrke eller uppgift').selectOption({ label: 'läkare' });
    await expectAccessible(page);
    await resource.getByRole('button', { name: 'Spara' }).click();
    await page.getByText('Test Lind finns i tidboken. Lägg till veckomallar.').waitFor();
    await page.getByRole('button', { name: 'Ny resurs' }).click();
    await resource.getByLabel('Slag').selectOption({ label: 'Tolk' });
    await resource.getByLabel('Namn', { exact: true }).fill('Tolken');
    await resource.getByLabel('Tolkens språk').selectOption({ label: 'persiska' });
    await resource.getByRole('button', { name: 'Spara' }).click();
    await page.getByText('tolk, persiska').waitFor();

    await page.getByRole('button', { name: 'Ny besökstyp' }).click();
    const type = page.getByRole('dialog', { name: 'Ny besökstyp' });
    await type.getByLabel('Namn', { exact: true }).fill('Återbesök läkare');
    await type.getByLabel('Vem som gör det').selectOption({ label: 'läkare' });
    await type.getByRole('button', { name: 'Spara' }).click();
    await page.getByText('Återbesök läkare kan bokas.').waitFor();

    await page.getByRole('button', { name: 'Ny veckomall' }).click();
    const template = page.getByRole('dialog', { name: 'Ny veckomall' });
    for (const day of ['Måndag', 'Tisdag', 'Onsdag', 'Torsdag', 'Fredag', 'Lördag', 'Söndag']) {
      await template.getByLabel(day).check();
    }
    await template.getByLabel('Även röda dagar').check();
    await template.getByRole('button', { name: 'Spara' }).click();
    await page.getByText('Veckomallen är sparad.').waitFor();
    expect(await page.getByRole('heading', { name: 'Så kommer tidboken i gång' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Till tidboken' }).click();
    await page.getByRole('button', { name: 'Nästa dag' }).click();
    await page.getByRole('button', { name: /^08\.00, till 08\.30, ledig tid, .*Test Lind$/ }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('goes to a week, a month or a day that is written, and to a patient’s visit', async () => {
    const { page, complaints } = await openCalendar(open, { path: '&vy=vecka' });
    await page.getByRole('grid').waitFor();
    await page.keyboard.press('v');
    await page.keyboard.type('v 2 2027');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Vecka 2 2027, 11–17 januari 2027$/ }).waitFor();
    await page.keyboard.type('tjugo');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Skriv en vecka').waitFor();
    await expectAccessible(page);
    await page.locator('footer').click();
    await page.keyboard.press('Shift+PageDown');
    await page.getByRole('heading', { name: /^Vecka 6 2027/ }).waitFor();

    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog', { name: 'Sök en patients besök' });
    await dialog.getByLabel('Sök namn eller personnummer').fill('Prov');
    await dialog.getByRole('radio', { name: /Åsa Prov/ }).check();
    await dialog.getByText('2 besök.').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: /kl\. 08\.00, Elin Lind.*Återbesök läkare/ }).click();
    const panel = page.getByRole('complementary', { name: 'Besöket' });
    await panel.getByText('Bokades').waitFor();
    await page.getByRole('button', { name: /Prov, Åsa.*Återbesök läkare, ons / }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('keeps who has come and who has gone, asks before somebody is put down as missed, and takes that back', async () => {
    const { page, url, clinic, calendar, database } = await openCalendar(open);
    const began = new Date((Math.floor(Date.now() / 60_000) - 30) * 60_000);
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
