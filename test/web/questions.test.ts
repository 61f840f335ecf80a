import { describe, expect, test } from 'vitest';
import { QueueTask, TaskDetail, TaskPage } from '../../src/contracts/queue-api.ts';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { chromiumPath } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { signIn } from '../server/signed-in.ts';
import { expectAccessible } from './dictation-page.ts';
import { type ClinicPage, clinicPages, openClinicTab, signInHere, writePlan } from './notes-page.ts';

const QUESTION = 'Går det bra med en vecka senare?';

/** An administrator asks who wrote the note about a task. */
async function askAboutTask({ app: { app } }: ClinicPage, text: string): Promise<string> {
  const headers = await signIn(app, 'palm');
  const { items } = TaskPage.parse((await app.inject({ url: '/api/tasks?state=new', headers })).json());
  const ordered = await Promise.all(
    items.map(async ({ id }) => TaskDetail.parse((await app.inject({ url: `/api/tasks/${id}`, headers })).json())),
  );
  const { id, version, orderedBy } = ordered.find(({ orderedBy: { name } }) => name === 'Elin Lind')!;
  const change = async (seen: number, payload: object) => {
    const url = `/api/tasks/${id}/changes`;
    const answer = await app.inject({
      method: 'POST',
      url,
      headers: { ...headers, 'if-match': `"${seen}"` },
      payload,
    });
    return QueueTask.parse(answer.json());
  };
  const claimed = await change(version, { action: 'claim' });
  await change(claimed.version, { action: 'ask', toStaffId: orderedBy.id, text });
  return id;
}

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('a question', () => {
  const openPage = clinicPages();

  test('about a task comes to the clinician, live, and its answer to the task', async () => {
    const clinic = await openPage();
    const { page, database, complaints } = clinic;
    const taskId = await askAboutTask(clinic, QUESTION);
    await page.getByRole('button', { name: QUESTION }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Gäller en uppgift i bokningskön').waitFor();
    await dialog.getByText('Joel Palm frågade nyss:').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Skicka svaret' }).click();
    await dialog.getByText('Skriv ett svar.').waitFor();
    await dialog.getByLabel('Ditt svar').fill('Ja, det går bra.');
    const target = addDays(stockholmClockAt(Date.now()).date, 60);
    await dialog.getByLabel('Nytt måldatum, om det ska ändras').fill(target);
    await dialog.getByRole('button', { name: 'Skicka svaret' }).click();
    await page.getByText('Svaret är skickat.').waitFor();
    await page.getByRole('button', { name: QUESTION }).waitFor({ state: 'detached' });
    const { rows } = await database.owner.query(
      'select state, target_date::text as target from admin_tasks where id = $1',
      [taskId],
    );
    expect([rows, complaints]).toEqual([[{ state: 'claimed', target }], []]);
  });

  test('is passed on to a named colleague, and leads to the note that it is about', async () => {
    const clinic = await openPage();
    const { page } = clinic;
    await askAboutTask(clinic, QUESTION);
    await page.getByRole('button', { name: QUESTION }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Öppna anteckningen' }).click();
    await page.getByText('Signerad, skriven av Elin Lind').waitFor();
    await page.getByRole('button', { name: QUESTION }).click();
    await dialog.getByRole('button', { name: 'Skicka vidare …' }).click();
    await dialog.getByLabel('Till vem').selectOption('En kollega vid namn');
    await dialog.getByRole('button', { name: 'Skicka frågan vidare' }).click();
    await dialog.getByText('Välj vem du frågar.').waitFor();
    await dialog.getByLabel('Sök namn').fill('nord');
    await dialog.getByText('Kerstin Nordin').click();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Skicka frågan vidare' }).click();
    await page.getByText('Frågan är skickad vidare.').waitFor();
    await page.getByRole('button', { name: QUESTION }).waitFor({ state: 'detached' });
  });

  test('that has waited too long is told with its age, and that the clinician was reminded', async () => {
    const clinic = await openPage();
    const { page, database } = clinic;
    await askAboutTask(clinic, QUESTION);
    await database.owner.query(`
      set session_replication_role = replica;
      with old as (
        update questions set created_at = created_at - interval '50 hours' where text = '${QUESTION}' returning *
      )
      insert into reminders (unit_id, patient_id, kind, object_id, to_staff_id, due_at)
      select unit_id, patient_id, 'question_unanswered', id, to_staff_id, now() - interval '2 hours' from old;
      set session_replication_role = origin`);
    await page.reload();
    const line = page.getByRole('button', { name: QUESTION });
    await line.getByText('Påmind').waitFor();
    await line.locator('.old').getByText('två dagar gammal').waitFor();
    await expectAccessible(page);
  });

  test('about a follow-up reaches an administrator at the queue, who answers; the clinician is told', async () => {
    const clinic = await openPage();
    const { app, page, context } = clinic;
    await writePlan(page, 'Återbesök om sex veckor.');
    await page.locator('.card').getByRole('button', { name: 'Fråga någon' }).click();
    await page.getByLabel('Till', { exact: true }).selectOption('En kollega vid namn');
    await page.getByLabel('Sök namn').fill('palm');
    await page.getByText('Joel Palm').click();
    await expectAccessible(page);
    await page.getByLabel('Fråga', { exact: true }).fill('Finns det tid då?');
    await page.getByRole('button', { name: 'Skicka frågan' }).click();
    await page.locator('.card').getByText('Inget svar ännu, frågan är ny.').waitFor();
    await page.locator('.card').getByText('Fråga till Joel Palm:').waitFor();
    await page.getByRole('button', { name: 'Signera', exact: true }).click();
    await page.getByText('Anteckningen är signerad.').waitFor();

    const other = await context.browser()!.newContext({ viewport: { width: 1280, height: 900 } });
    await signInHere(app, other, 'palm');
    const queue = await other.newPage();
    await queue.goto(`${app.url}/bokning`);
    await queue.getByRole('button', { name: 'En fråga till dig' }).click();
    const dialog = queue.getByRole('dialog');
    await dialog.getByText('Finns det tid då?').waitFor();
    expect(await dialog.getByText('Bekräftas som den är').count()).toBe(0);
    await expectAccessible(queue);
    await dialog.getByLabel('Ditt svar').fill('Ja, gott om tider.');
    await dialog.getByRole('button', { name: 'Skicka svaret' }).click();
    await queue.getByText('Svaret är skickat.').waitFor();
    await other.close();

    await page.getByText('Svar att ta ställning till').waitFor();
    await page.locator('.card').getByText('Ja, gott om tider.').waitFor();
    await page.locator('.card').getByRole('button', { name: 'Bekräfta' }).click();
    await page.locator('.card').getByText('Bekräftad').waitFor();
  });

  test('to a clinician is answered with what becomes of the follow-up', async () => {
    const { app, page, context, url } = await openPage();
    await writePlan(page, 'Återbesök om sex veckor.');
    await page.locator('.card').getByRole('button', { name: 'Fråga någon' }).click();
    await page.getByLabel('Fråga', { exact: true }).fill('Räcker telefon?');
    await page.getByRole('button', { name: 'Skicka frågan' }).click();
    await page.locator('.card').getByText('Frågan ställd').waitFor();
    await page.locator('.card').getByText('Fråga till enhetens läkare och sköterskor:').waitFor();
    await page.close();
    await signInHere(app, context, 'sandberg');
    const { page: colleague } = await openClinicTab(context, url);
    await colleague.getByRole('button', { name: 'Räcker telefon?' }).click();
    await colleague.getByLabel('Ditt svar').fill('Nej, besök.');
    await colleague.getByLabel('Bekräftas med nytt måldatum').check();
    await colleague.getByRole('button', { name: 'Skicka svaret' }).click();
    await colleague.getByText('Skriv det nya måldatumet.').waitFor();
    await expectAccessible(colleague);
    await colleague.getByLabel('Nytt måldatum', { exact: true }).fill(addDays(stockholmClockAt(Date.now()).date, 90));
    await colleague.getByRole('button', { name: 'Skicka svaret' }).click();
    await colleague.getByText('Svaret är skickat.').waitFor();
    await colleague.close();
    await signInHere(app, context, 'lind');
    const { page: author } = await openClinicTab(context, url);
    await author.locator('.card').getByText('Ändrad').waitFor();
    await author.getByText('Nej, besök.').waitFor();
  });
});
