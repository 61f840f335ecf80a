import { describe, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../src/access/demo-accounts.ts';
import { pathAfterLogin } from '../../src/web/shell/login-path.ts';
import { expectAccessible } from './dictation-page.ts';
import { clinicPages, demo } from './shell-pages.ts';

const open = clinicPages();

describe('the login page', () => {
  test('signs in by the keyboard alone, and leads to where one wanted to go', async () => {
    const { page, url, complaints } = await open('/logg?dag=1#rad', { plant: demo });
    await page.getByLabel('Användarnamn').waitFor();
    await page.keyboard.type('drift');
    await page.keyboard.press('Tab');
    await page.keyboard.type('fel');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('stämmer inte').waitFor();
    await page.keyboard.type(DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/logg?dag=1#rad`);
    await page.getByText('Dana Drift').waitFor();
    expect(complaints).toEqual([]);
  });

  test('signs in to the demo by a click, shows that it is one, and signs out', async () => {
    const { page, url } = await open('/inloggning', { plant: demo });
    await page.getByRole('button', { name: 'Dana Drift drift' }).click();
    await page.waitForURL(`${url}/drift`);
    await page.getByText('Demo', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Logga ut' }).click();
    await page.waitForURL(`${url}/inloggning`);
    await page.goto(`${url}/logg`);
    await page.waitForURL(/inloggning\?till=%2Flogg$/);
  });

  test.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('is accessible, %s, %i pixels wide', async (colorScheme, width) => {
    const { page } = await open('/inloggning', { plant: demo, colorScheme, viewport: { width, height: 800 } });
    await page.getByRole('button', { name: 'Elin Lind' }).waitFor();
    await expectAccessible(page);
  });

  test('makes the first account by the link of the log, and is signed in with it', async () => {
    const { page, url } = await open('/inloggning#kod=hemlig', { clinic: async () => ({ setupCode: 'hemlig' }) });
    await page.getByLabel('Mottagningens namn').fill('Vårdcentralen Norr');
    await page.getByLabel('Förnamn').fill('Eva');
    await page.getByLabel('Efternamn').fill('Ek');
    await page.getByLabel('Användarnamn').fill('eva');
    await page.getByLabel('Lösenord', { exact: true }).fill('en mening är lätt att minnas');
    await page.getByLabel('Jag är vårdpersonal').check();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Skapa kontot' }).click();
    await page.waitForURL(`${url}/diktera`);
  });

  test('without the link says where it is, and takes it when it is opened there', async () => {
    const { page, url } = await open('/inloggning', { clinic: async () => ({ setupCode: 'hemlig' }) });
    await page.getByText('Öppna länken i serverns logg').waitFor();
    await expectAccessible(page);
    await page.goto(`${url}/inloggning#kod=hemlig`);
    await page.getByLabel('Mottagningens namn').waitFor();
  });
});

test.each([
  ['?till=%2Fbokning%3Fa%3D1%23b', '/bokning?a=1#b'],
  ['?till=%2F%2Fevil.example%2Fx', '/drift'],
  ['?till=https%3A%2F%2Fevil.example', '/drift'],
  ['?till=%2F%5Cevil.example', '/drift'],
  ['?till=javascript%3Aalert(1)', '/drift'],
  ['?till=%2Finloggning%3Ftill%3D%2F', '/drift'],
  ['', '/drift'],
])('a login with %s leads to %s: never to another site', (search, path) => {
  expect(pathAfterLogin(search, 'https://taltid.example', ['operator'])).toBe(path);
});

test('the description of the interface is drawn, and its page breaks no rule of its own policy', async () => {
  const { page, complaints } = await open('/docs/', { plant: demo });
  await page.getByText('Sign in: sets the session cookie').waitFor();
  expect(complaints).toEqual([]);
});
