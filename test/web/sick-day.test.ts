import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import type { TestDatabase } from '../storage/database.ts';
import { expectAccessible, queueClinics, SOON } from './queue-page.ts';

/** A coming day on which at least three patients are to see doctor Lind. */
async function busyDay({ owner }: TestDatabase): Promise<string> {
  const { rows } = await owner.query<{ day: string }>(
    `select to_char(starts_at at time zone 'Europe/Stockholm', 'YYYY-MM-DD') as day
     from appointments join resources on resources.id = performer_id
     where resources.name = 'Elin Lind' and state = 'booked' and starts_at > now() + interval '1 day'
     group by day having count(*) > 2 order by day limit 1`,
  );
  return rows[0]!.day;
}

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the page for sick days', () => {
  const openClinic = queueClinics();

  test('shuts a calendar by keys, and moves its visits all at once and one by one', async () => {
    const { database, running, ...clinic } = await openClinic();
    const { page, complaints } = await clinic.open('palm');
    await page.goto(`${running.url}/sjukdag`);
    await page.getByLabel('Vem är borta?').selectOption({ label: 'Elin Lind' }, SOON);
    await expectAccessible(page);
    const day = await busyDay(database);
    await page.getByLabel('Från och med').fill(day);
    expect(await page.getByLabel('Till och med').inputValue()).toBe(day);
    await page.getByRole('button', { name: 'Stäng tidboken' }).focus();
    await page.keyboard.press('Enter');
    const visits = page.locator('.sick-visit');
    await visits.first().waitFor(SOON);
    const count = await visits.count();
    expect(count).toBeGreaterThan(2);
    await page.getByText(`0 av ${count} besök klara`).waitFor(SOON);
    await page.getByText('Samma person').first().waitFor(SOON);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 800 });
        await expectAccessible(page);
      }
    }
    await page.setViewportSize({ width: 1280, height: 800 });

    await page.keyboard.press('Alt+j');
    expect(await visits.first().evaluate('document.activeElement.className')).toBe('sick-visit');
    await visits.first().getByRole('button', { name: 'Andra tider' }).click();
    const others = page.getByRole('dialog');
    await others.getByRole('button', { name: 'Flytta hit' }).nth(1).waitFor(SOON);
    await expectAccessible(page);
    await others.getByRole('button', { name: 'Flytta hit' }).nth(1).click();
    await page.getByText(`1 av ${count} besök klara`).waitFor(SOON);

    await visits.nth(1).getByRole('button', { name: 'Avboka' }).click();
    await page.getByText('Besöket har ingen uppgift i kön').waitFor(SOON);
    await page.getByRole('dialog').getByRole('button', { name: 'Avboka' }).click();
    await page.getByText(`2 av ${count} besök klara`).waitFor(SOON);

    await page.keyboard.press('Alt+a');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Flytta / })
      .click();
    await page.getByText('Alla besök är klara.').waitFor(SOON);
    const { rows } = await database.owner.query('select state, count(*)::integer from sick_day_visits group by state');
    expect(rows).toEqual(
      expect.arrayContaining([
        { state: 'moved', count: count - 1 },
        { state: 'cancelled', count: 1 },
      ]),
    );
    await page.getByRole('link', { name: 'Alla frånvarodagar' }).click();
    await page.getByText('Allt är klart').waitFor(SOON);
    expect(complaints).toEqual([]);
  });
});
