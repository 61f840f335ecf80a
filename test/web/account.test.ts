import { describe, expect, test } from 'vitest';
import { hashPassword } from '../../src/access/passwords.ts';
import { createStaff, createUnit } from '../../src/storage/repositories/staff.ts';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import type { TestDatabase } from '../storage/database.ts';
import { clinicPages, demo } from './shell-pages.ts';

const PASSWORD = 'en mening är lätt att minnas';

async function plantEva({ storage }: TestDatabase): Promise<void> {
  const { id } = await createUnit(storage.plain, { name: 'Norr' });
  const passwordHash = await hashPassword(PASSWORD);
  const eva = { username: 'eva', givenName: 'Eva', familyName: 'Ek', passwordHash };
  await createStaff(storage.plain, { ...eva, accountRoles: ['operator'] }, [id]);
}

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))(
  'the own account, from the head of the page',
  () => {
    const open = clinicPages();

    async function signedIn() {
      const opened = await open('/logg', { plant: plantEva });
      await opened.page.getByLabel('Användarnamn').fill('eva');
      await opened.page.getByLabel('Lösenord', { exact: true }).fill(PASSWORD);
      await opened.page.keyboard.press('Enter');
      await opened.page.getByRole('button', { name: 'Eva Ek' }).click();
      const dialog = opened.page.getByRole('dialog', { name: 'Eva Ek' });
      await dialog.waitFor();
      return { ...opened, dialog };
    }

    test('tells who one is here, and after how long one is signed out', async () => {
      const { dialog } = await signedIn();
      for (const text of ['eva', 'drift', 'Norr']) await dialog.getByText(text, { exact: true }).waitFor();
      await dialog.getByText('30 minuter').waitFor();
    });

    test('changes the password for the right one only', async () => {
      const { dialog, page, url, complaints } = await signedIn();
      await dialog.getByLabel('Nuvarande lösenord').fill('fel');
      await dialog.getByLabel('Nytt lösenord').fill('en helt annan mening');
      await page.keyboard.press('Enter');
      await dialog.getByRole('alert').getByText('stämmer inte').waitFor();
      await dialog.getByLabel('Nuvarande lösenord').fill(PASSWORD);
      await dialog.getByLabel('Visa lösenordet').check();
      expect(await dialog.getByLabel('Nytt lösenord').getAttribute('type')).toBe('text');
      await dialog.getByRole('button', { name: 'Byt lösenord' }).click();
      await dialog.getByText('Lösenordet är bytt.').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Logga ut' }).click();
      await page.waitForURL(`${url}/inloggning`);
      await page.getByLabel('Användarnamn').fill('eva');
      await page.getByLabel('Lösenord').fill('en helt annan mening');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${url}/drift`);
      expect(complaints).toEqual([]);
    });

    test('signs out everywhere', async () => {
      const { dialog, page, url, database } = await signedIn();
      await database.owner.query(`insert into sessions (token_hash, staff_id, csrf_hash, expires_at)
      select sha256('a'), id, sha256('b'), now() + interval '1 hour' from staff`);
      await dialog.getByRole('button', { name: 'Logga ut överallt' }).click();
      await page.waitForURL(`${url}/inloggning`);
      const { rows } = await database.owner.query('select count(*)::int as count from sessions');
      expect(rows).toEqual([{ count: 0 }]);
    });
  },
);

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))(
  'pages that need no login on the own computer',
  () => {
    const open = clinicPages();
    /** As a browser of another computer, behind a proxy. */
    const elsewhere = { extraHTTPHeaders: { 'x-forwarded-for': '192.0.2.7' } };

    test.each(['/', '/diktera', '/diktera?anteckning=x#slut'])(
      '%s from another computer asks for one, and comes back',
      async (path) => {
        const { page, url } = await open(path, { plant: plantEva, ...elsewhere });
        await page.getByLabel('Användarnamn').fill('eva');
        await page.getByLabel('Lösenord').fill(PASSWORD);
        await page.keyboard.press('Enter');
        await page.waitForURL(url + path);
      },
    );

    test.each([
      ['/', 'Spela in'],
      ['/diktera', 'Diktera'],
    ])('%s on the own computer is open', async (path, button) => {
      const { page, url } = await open(path, { plant: demo });
      await page.getByRole('button', { name: button }).first().waitFor();
      expect(page.url()).toBe(url + path);
    });

    test('/ has a way to the login page for who is not signed in, which leads back, and none for who is', async () => {
      const { page, url, complaints } = await open('/', { plant: demo });
      // Each page has its own words for what it does.
      await page.getByRole('button', { name: 'Välj fil …' }).waitFor();
      await page.getByRole('link', { name: 'Logga in' }).click();
      await page.getByRole('button', { name: 'Elin Lind' }).click();
      await page.waitForURL(`${url}/`);
      await page.getByText('Redo').waitFor();
      expect(await page.getByRole('link', { name: 'Logga in' }).count()).toBe(0);
      expect(complaints).toEqual([]);
    });
  },
);
