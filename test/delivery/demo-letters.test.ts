import { expect, onTestFinished, test } from 'vitest';
import { sendDemoLetters } from '../../src/delivery/demo-letters.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { seedDemo } from '../../src/storage/demo/seed-demo.ts';
import { startTestCluster } from '../storage/database.ts';

test('the demo clinic has sent what was called, and one letter that asks to book', async () => {
  const cluster = await startTestCluster();
  onTestFinished(() => cluster.close());
  const { storage, owner } = await cluster.fresh();
  const nowMs = Date.now();
  await seedDemo(storage, { passwordHash: 'hash', today: stockholmClockAt(nowMs).date });
  await sendDemoLetters(storage, { nowMs, publicUrl: 'https://tid.example' });
  const { rows } = await owner.query(`
    select letters.form, task.state, letters.contents -> 'answer' is not null as has_code
    from letters join admin_tasks as task on task.id = letters.task_id order by form`);
  expect(rows).toEqual([
    { form: 'open', state: 'new', has_code: true },
    { form: 'timed', state: 'called', has_code: true },
  ]);
  const called = await owner.query(`
    select from admin_tasks where state = 'called' and id not in (select task_id from letters)`);
  expect(called.rowCount).toBe(0);
});
