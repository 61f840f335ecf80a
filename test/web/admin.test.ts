import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { BURIED_ID, buryTwo, openAdmin, toldBy } from './admin-page.ts';
import { clinicPages, demo } from './shell-pages.ts';

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the operations page', () => {
  const open = clinicPages();

  test('tells what the server is and how it is doing', async () => {
    const { page, complaints } = await openAdmin(open, 'laget');
    await page.getByText(/inbyggd PostgreSQL \d+\.\d+|egen PostgreSQL \d+\.\d+/).waitFor();
    await page.getByText(/^\d+\.\d+\.\d+$/).waitFor();
    await page.getByText('(används)').waitFor();
    await page.getByText('inget väntar').first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('makes an account whose owner chooses a password by a link that is shown once', async () => {
    const { page, url, complaints } = await openAdmin(open, 'konton');
    await page.getByRole('button', { name: 'Nytt konto' }).click();
    await page.getByLabel('Förnamn').fill('Eva');
    await page.getByLabel('Efternamn').fill('Ek');
    await page.getByLabel('Användarnamn').fill('eva.ek');
    await page.getByLabel('Yrke').selectOption('läkare');
    await page.getByLabel('vårdpersonal').check();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Nytt konto' }).click();
    await dialog.getByText('Välj minst en enhet.').waitFor();
    await page.getByLabel('Vårdcentralen Demogatan').check();
    await dialog.getByRole('button', { name: 'Nytt konto' }).click();
    const link = await page.getByLabel('Engångslänk', { exact: true }).inputValue();
    expect(link).toMatch(new RegExp(`^${url}/inloggning#losenord=[\\w-]{43}&konto=eva\\.ek$`));
    await dialog.getByRole('button', { name: 'Stäng' }).click();
    await page.getByRole('row', { name: /Eva Ek.*läkare.*Väntar på lösenord/ }).waitFor();
    expect(await page.content()).not.toContain(link.split('losenord=')[1]!.split('&')[0]);

    const other = await page.context().browser()!.newContext();
    const owner = await other.newPage();
    await owner.goto(link);
    await owner.getByLabel('Nytt lösenord').fill('en mening är lätt att minnas');
    await owner.getByRole('button', { name: 'Spara och logga in' }).click();
    await owner.waitForURL(`${url}/diktera`);
    await owner.goto(link);
    await owner.getByLabel('Nytt lösenord').fill('en mening är lätt att minnas');
    await owner.getByRole('button', { name: 'Spara och logga in' }).click();
    await owner.getByRole('alert').getByText('Länken gäller inte längre').waitFor();
    await other.close();
    expect(complaints).toEqual([]);
  });

  test('changes what somebody may do, closes an account and signs it out, and takes each back', async () => {
    const { page, database } = await openAdmin(open, 'konton');
    const rolesOf = async (username: string) => {
      const { rows } = await database.owner.query('select account_roles, active from staff where username = $1', [
        username,
      ]);
      return rows[0];
    };
    await page.getByRole('button', { name: 'Ändra Elin Lind' }).click();
    await page.getByLabel('administration').check();
    await page.getByRole('button', { name: 'Spara' }).click();
    await toldBy(page, 'Elin Lind är ändrad.');
    expect((await rolesOf('lind')).account_roles).toEqual(['clinician', 'administrator']);
    await page.getByRole('button', { name: 'Ångra' }).click();
    await toldBy(page, 'Ångrat.');
    expect((await rolesOf('lind')).account_roles).toEqual(['clinician']);
    await page
      .getByRole('row', { name: /Elin Lind/ })
      .filter({ hasNotText: 'administration' })
      .waitFor();
    await page.getByRole('button', { name: 'Inloggning Elin Lind' }).click();
    await page.getByRole('button', { name: 'Stäng kontot' }).click();
    await toldBy(page, 'stängt');
    await page.getByRole('row', { name: /Elin Lind.*Stängt/ }).waitFor();
    await page.keyboard.press('Alt+z');
    await toldBy(page, 'Ångrat.');
    await page.getByRole('row', { name: /Elin Lind.*Öppet/ }).waitFor();
    expect(await rolesOf('lind')).toEqual({ account_roles: ['clinician'], active: true });
  });

  test('makes a key that is shown once, and ends it when asked twice', async () => {
    const { page, complaints } = await openAdmin(open, 'nycklar');
    await page.getByText('Inget program har någon nyckel.').waitFor();
    await page.getByRole('button', { name: 'Ny nyckel' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Namn', { exact: true }).fill('Journalsystemet');
    await dialog.getByRole('button', { name: 'Ny nyckel' }).click();
    await dialog.getByText('Välj minst en sak').waitFor();
    await dialog.getByLabel('lämna in diktat').check();
    await dialog.getByRole('button', { name: 'Ny nyckel' }).click();
    expect(await page.getByLabel('Nyckel', { exact: true }).inputValue()).toMatch(/^tt_[\w-]{43}$/);
    await dialog.getByRole('button', { name: 'Kopiera' }).click();
    await dialog.getByText('Kopierat.').or(dialog.getByText('tryck Ctrl C')).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: /Journalsystemet.*lämna in diktat.*Dana Drift.*aldrig/ }).waitFor();
    expect(await page.content()).not.toContain('tt_');
    await page.getByRole('button', { name: 'Avsluta Journalsystemet' }).click();
    await page.getByText('Det går inte att ångra.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Avsluta Journalsystemet' }).click();
    await dialog.getByRole('button', { name: 'Avsluta' }).click();
    await toldBy(page, 'Nyckeln för Journalsystemet är avslutad.');
    await page.getByRole('row', { name: /Journalsystemet.*avslutad/ }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('has what failed done again, or sets it aside with a reason, and takes that back', async () => {
    const { page, database } = await openAdmin(open, 'fel', { plant: buryTwo });
    const made = page.getByRole('listitem').filter({ hasText: 'En begäran blev ingen uppgift' });
    const delivery = page.getByRole('listitem').filter({ hasText: 'Ett besked till ett annat program' });
    await made.getByText('Databasen var upptagen vid varje försök.').waitFor();
    await made.getByText('efter 9 försök').waitFor();
    await page.getByRole('link', { name: 'Fel 2' }).waitFor();
    await made.getByRole('button', { name: 'Försök igen' }).click();
    await toldBy(page, 'Jobbet görs om.');
    await made.waitFor({ state: 'detached' });
    const { rows } = await database.owner.query(`select topic from outbox where payload ->> 'requestId' = $1`, [
      BURIED_ID,
    ]);
    expect(rows).toEqual([{ topic: 'request.created' }]);
    await delivery.getByRole('button', { name: 'Lägg undan' }).click();
    await page.getByLabel('Skäl').fill('Programmet är borttaget.');
    await page.keyboard.press('Enter');
    await page.getByText('Allt har gått som det ska.').waitFor();
    await page.getByRole('button', { name: 'Undanlagda' }).click();
    await delivery.getByText(/Undanlagt av Dana Drift .* ”Programmet är borttaget.”/).waitFor();
    await page.getByRole('button', { name: 'Att ta hand om' }).click();
    await page.getByRole('button', { name: 'Ångra' }).click();
    await delivery.getByRole('button', { name: 'Försök igen' }).waitFor();
  });

  test('sets who stands in for a unit and how long things may lie, in that order only, and takes it back', async () => {
    const { page, database } = await openAdmin(open, 'enheter');
    const unit = page.getByRole('region', { name: 'Vårdcentralen Demogatan' });
    const stored = async () => {
      const { rows } = await database.owner.query(
        `select username, remind_after_hours as remind from units left join staff on staff.id = deputy_id
         where units.name = 'Vårdcentralen Demogatan'`,
      );
      return rows[0];
    };
    const before = await stored();
    await unit.getByLabel('Ställföreträdare').selectOption('Oskar Sandberg');
    await unit.getByLabel('Påminn efter').fill('500');
    await unit.getByRole('button', { name: 'Spara' }).click();
    await unit.getByRole('alert').getByText('timmarna ska öka').waitFor();
    await unit.getByLabel('Påminn efter').fill('12');
    await unit.getByLabel('Egna förslag').check();
    await unit.getByLabel('Återbesök (minuter)').fill('25');
    await unit.getByRole('button', { name: 'Spara' }).click();
    await toldBy(page, 'Vårdcentralen Demogatan är sparad.');
    expect(await stored()).toEqual({ username: 'sandberg', remind: 12 });
    await page.getByRole('button', { name: 'Ångra' }).click();
    await toldBy(page, 'Ångrat.');
    expect(await stored()).toEqual(before);
  });

  test('makes a unit, by the keyboard alone', async () => {
    const { page } = await openAdmin(open, 'laget');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Kortkommandon' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+5');
    await page.getByRole('heading', { name: 'Enheter' }).waitFor();
    await page.getByRole('region', { name: 'Hjärtmottagningen Demo' }).waitFor();
    await page.keyboard.press('Alt+n');
    await page.keyboard.type('Filialen');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Filialen' }).waitFor();
  });

  test('says what is wrong when the server does not answer, and goes on when it does', async () => {
    const { page } = await openAdmin(open, 'laget');
    await page.getByText('(används)').waitFor();
    await page.route('**/api/accounts', (route) => route.abort());
    await page.getByRole('link', { name: 'Konton' }).click();
    await page.getByRole('alert').getByText('Ingen kontakt med servern').waitFor();
    await page.unroute('**/api/accounts');
    await page.getByRole('button', { name: 'Försök igen' }).click();
    await page.getByRole('row', { name: /Elin Lind/ }).waitFor();
  });

  test('is for operators', async () => {
    const { page } = await open('/drift', { plant: demo });
    await page.getByRole('button', { name: 'Joel Palm' }).click();
    await page.getByRole('alert').getByText('driftrollen').waitFor();
  });
});
