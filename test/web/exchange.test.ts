import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { expectAccessible, queueClinics, SOON } from './queue-page.ts';

const file = (...lines: readonly string[]) => ({
  name: 'patienter.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`),
});
const HEADINGS = 'Personnummer;Förnamn;Efternamn;Telefon;Skostorlek;Vårdnadshavare';

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the page for imports', () => {
  const openClinic = queueClinics();

  test('shows what would become of each row, only the faults if wanted, and takes in just that', async () => {
    const { database, running, ...clinic } = await openClinic();
    const { page, complaints } = await clinic.open('palm');
    await page.goto(`${running.url}/utbyte`);
    const choose = page.getByRole('button', { name: 'Välj fil …' });
    await choose.waitFor(SOON);
    // Accounts are the operators' own affair.
    expect(await page.getByLabel('Personal').count()).toBe(0);
    await expectAccessible(page);
    expect(await page.getByRole('link', { name: /^Hämta en tom fil/ }).getAttribute('href')).toContain('kind=patients');

    const input = page.locator('input[type="file"]');
    await input.setInputFiles(file('Efternamn', 'Ek'));
    await page.getByText('Kolumnerna Personnummer, Förnamn saknas.').waitFor(SOON);

    const good = ['198010109802;Åsa;Nyström;070-123 45 67;38;', '201505059814;Bo;Ny;;;198010109802'];
    const orphan = '201606069811;Liv;Fel;;;199105059811';
    await input.setInputFiles(file(HEADINGS, ...good, '198010109803;Eva;Fel;;;', ';;;;44;', orphan));
    await page.getByText('Vårdnadshavare finns inte bland patienterna').waitFor(SOON);
    await page.getByText('Personnummer stämmer inte').waitFor(SOON);
    expect(await page.locator('.preview tbody tr').count()).toBe(3);
    await page.getByText('Kolumnen Skostorlek används inte.').waitFor(SOON);
    await page.getByRole('button', { name: 'Alla rader' }).click();
    expect(await page.locator('.preview tbody tr').count()).toBe(5);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 800 });
        await expectAccessible(page);
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press('Alt+a');
    await page.getByText('Klart: 2 nya.').waitFor(SOON);
    const { rows } = await database.owner.query(
      `select child.given_name, guardian.given_name as guardian from patients as child
       join patients as guardian on guardian.id = child.guardian_id where child.personal_number = '201505059814'`,
    );
    expect(rows).toEqual([{ given_name: 'Bo', guardian: 'Åsa' }]);

    await input.setInputFiles(file(HEADINGS, ...good));
    await page.getByText('Det finns inget att läsa in').waitFor(SOON);
    expect(complaints).toEqual([]);
  });

  test('hands out a patient’s extract to an operator who says why', async () => {
    const { database, running, ...clinic } = await openClinic();
    const { page, complaints } = await clinic.open('drift');
    await page.goto(`${running.url}/utbyte`);
    await page.getByRole('radio', { name: /^Registerutdrag för en patient(?!,)/ }).check(SOON);
    const { rows } = await database.owner.query("select personal_number from patients where family_name = 'Almgren'");
    await page.getByLabel('Patientens personnummer').fill(rows[0].personal_number);
    await page.getByLabel('Varför hämtas det ut?').fill('Patienten har begärt registerutdrag');
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 390],
    ] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await expectAccessible(page);
    }
    const [download] = await Promise.all([
      page.waitForEvent('download', SOON),
      page.getByRole('button', { name: 'Hämta ut' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^registerutdrag-\d{4}-\d\d-\d\d\.html$/);

    await page.getByText('Filen hämtas.').waitFor(SOON);

    await page.getByRole('radio', { name: /^En fil som går att läsa in igen/ }).check();
    await page.getByLabel('Sorts rader', { exact: true }).selectOption('Bokningar');
    await page.getByLabel('Varför hämtas det ut?').fill('Flytt till en annan server');
    await expectAccessible(page);
    const [table] = await Promise.all([
      page.waitForEvent('download', SOON),
      page.getByRole('button', { name: 'Hämta ut' }).click(),
    ]);
    expect(table.suggestedFilename()).toMatch(/^bokningar-.*\.csv$/);
    expect(complaints).toEqual([]);
  });
});
