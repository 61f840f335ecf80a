import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { PROJECT_DIRECTORY } from '../../src/config.ts';
import { BookingQueue } from '../../src/queue/booking-queue.ts';
import { plantClinic, plantDraft, plantTask } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { eventually } from './running-queue.ts';

/** A process starts, and the first round comes at once. */
const START_MS = 60_000;

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

test("the server's own workers remind of what is unsigned, pass it on, and wake what has waited long enough", async () => {
  const { storage, owner } = await cluster.fresh();
  const clinic = await plantClinic(storage);
  const { note } = await plantDraft(storage, clinic);
  const { task } = await plantTask(storage, clinic);
  await owner.query('alter table notes disable trigger user; alter table admin_tasks disable trigger user');
  await owner.query(`update notes set created_at = now() - interval '80 hours' where id = $1`, [note.id]);
  await owner.query(
    `update admin_tasks set state = 'waiting', wakes_on = 'provsvar', wakes_at = now() - interval '1 minute' where id = $1`,
    [task.id],
  );
  await owner.query('alter table notes enable trigger user; alter table admin_tasks enable trigger user');
  // Who stands in for a unit is a clinician of it; here there is but the administrator's account besides.
  await owner.query('update units set deputy_id = $1 where id = $2', [clinic.administrator.id, clinic.unitId]);

  const queue = await BookingQueue.open({
    storage,
    workers: 1,
    workerScript: join(PROJECT_DIRECTORY, 'workers', 'booking.ts'),
    log: () => undefined,
  });
  onTestFinished(() => queue.close());
  await queue.start();

  await eventually(async () => {
    const { rows } = await owner.query('select state, wakes_on from admin_tasks where id = $1', [task.id]);
    expect(rows).toEqual([{ state: 'new', wakes_on: null }]);
    const notes = await owner.query('select deputy_id from notes where id = $1', [note.id]);
    expect(notes.rows).toEqual([{ deputy_id: clinic.administrator.id }]);
    const reminders = await owner.query(
      `select to_staff_id from reminders where kind = 'note_unsigned' and object_id = $1`,
      [note.id],
    );
    expect(reminders.rows.map(({ to_staff_id }) => to_staff_id).sort()).toEqual(
      [clinic.doctor.id, clinic.administrator.id].sort(),
    );
  }, START_MS);
});
