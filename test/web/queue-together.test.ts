import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { plantManyTasks } from './queue-many.ts';
import { queueClinics, SOON, taskOf } from './queue-page.ts';

const row = (page: Page, name: RegExp) => page.getByRole('row', { name });
const panel = (page: Page) => page.getByRole('complementary', { name: 'Uppgiften' });

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('two people at the queue', () => {
  const openClinic = queueClinics();

  test('see who has a task; the second is told, and takes it over knowingly', async () => {
    const clinic = await openClinic();
    const [{ page: joel }, { page: maj }] = [await clinic.open('palm'), await clinic.open('oberg')];
    await row(joel, /Hashemi/).click();
    await panel(joel).getByText('Du har den sedan').waitFor(SOON);
    await row(maj, /Hashemi.*Tagen.*Joel Palm/).waitFor(SOON);
    await row(maj, /Hashemi/).click();
    await panel(maj)
      .getByText(/Joel Palm har den sedan \d\d\.\d\d/)
      .waitFor(SOON);
    expect(await panel(maj).getByRole('button', { name: 'Makulera' }).count()).toBe(0);
    await maj.keyboard.press('t');
    await panel(maj).getByText('Du har den sedan').waitFor(SOON);
    await panel(joel)
      .getByText(/Maj Öberg har den sedan/)
      .waitFor(SOON);
    await joel.keyboard.press('Escape');
    await panel(joel).waitFor({ state: 'detached' });
    expect((await taskOf(clinic.database, 'Hashemi')).state).toBe('claimed');
  });

  test('that open the same task before either page knew: one has it, the other is told whose it is', async () => {
    const clinic = await openClinic();
    const [{ page: joel }, { page: maj, context }] = [await clinic.open('palm'), await clinic.open('oberg')];
    await row(maj, /Hashemi/).waitFor(SOON);
    await context.route('**/api/tasks/changes*', (route) => route.abort());
    await row(joel, /Hashemi/).click();
    await panel(joel).getByText('Du har den sedan').waitFor(SOON);
    await row(maj, /Hashemi/).click();
    await maj
      .getByRole('status')
      .getByText(/Joel Palm har den sedan \d\d\.\d\d\. Den gick inte att ta/)
      .waitFor(SOON);
    await panel(maj).getByRole('button', { name: 'Ta över' }).waitFor(SOON);
  });

  test('new tasks are told of, and nothing moves until somebody asks for them', async () => {
    const { open, database } = await openClinic();
    const { page } = await open('oberg');
    await row(page, /Isaksson/)
      .first()
      .waitFor(SOON);
    const before = await page.locator('tbody tr').allInnerTexts();
    await plantManyTasks(database, 3);
    await database.owner.query(`
      with told as (
        insert into events (object, object_id, change, state, unit_id, patient_id, actor_kind, actor_id)
        select 'task', id, 'created', state, unit_id, patient_id, 'system', 'booking-worker'
        from admin_tasks order by created_at desc limit 3
        returning id
      )
      select pg_notify('taltid_events', id::text) from told`);
    const news = page.getByRole('button', { name: '3 nya – visa' });
    await news.waitFor(SOON);
    expect(await page.locator('tbody tr').allInnerTexts()).toEqual(before);
    await news.click();
    await page.getByText('Påhitt').first().waitFor(SOON);
    await news.waitFor({ state: 'detached' });
  });

  test('a task that leaves the list stays in its place, struck through, until the list is shown anew', async () => {
    const { open } = await openClinic();
    const [{ page: joel }, { page: maj }] = [await open('palm'), await open('oberg')];
    await row(maj, /Hashemi/).waitFor(SOON);
    await maj.keyboard.press('2');
    await maj.getByText('12 uppgifter').waitFor(SOON);
    const order = () => maj.locator('tbody .patient .first').allInnerTexts();
    const before = await order();
    await row(joel, /Hashemi/).click();
    await maj.locator('tr.left', { hasText: 'Hashemi' }).waitFor(SOON);
    expect(await order()).toEqual(before);
  });
});
