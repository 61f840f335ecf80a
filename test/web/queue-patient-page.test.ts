import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { expectAccessible, queueClinics, SOON } from './queue-page.ts';

const panel = (page: Page) => page.getByRole('complementary', { name: 'Uppgiften' });

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))(
  'the patient’s own page, in the panel of a task',
  () => {
    const openClinic = queueClinics();

    test('is given a named contact, and a code for who has called', async () => {
      const { database, ...clinic } = await openClinic();
      const { page, complaints } = await clinic.open('palm');
      await page.getByRole('grid').waitFor(SOON);
      await page.keyboard.press('/');
      await page.keyboard.type('Hashemi');
      await page.getByText('1 uppgift', { exact: true }).waitFor(SOON);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await panel(page).getByText('Patientens egen sida').click(SOON);
      await panel(page).getByLabel('Fast vårdkontakt').selectOption({ label: 'Elin Lind' }, SOON);
      await panel(page).getByLabel('Eget telefonnummer').fill('010-765 43 21');
      await panel(page).getByRole('button', { name: 'Spara vårdkontakten' }).click();
      await expect
        .poll(async () => (await database.owner.query('select phone from named_contacts')).rows, SOON)
        .toEqual([{ phone: '010-765 43 21' }]);
      await panel(page).getByRole('button', { name: 'Ge en ny kod' }).click();
      await panel(page)
        .getByText(/^Kod: [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
        .waitFor(SOON);
      await expectAccessible(page);
      expect(complaints).toEqual([]);
    });
  },
);
