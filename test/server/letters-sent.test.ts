import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cancelBooking } from '../../src/appointments/cancel.ts';
import { LetterChain, LetterDetail, LetterPage, PrintRoom, TaskLetters } from '../../src/contracts/delivery-api.ts';
import { LetterPreview } from '../../src/contracts/letter-api.ts';
import { readAddress } from '../../src/delivery/read-address.ts';
import { type AdminTask, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import { appointmentsOfTasks, changeAppointment } from '../../src/storage/repositories/appointments.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { asAdministrator, plantChain } from '../appointments/planted-chain.ts';
import {
  type LetterClinic,
  letterNow,
  PUBLIC_URL,
  plantBooked,
  plantLetterClinic,
} from '../delivery/planted-letter.ts';
import { runPostOffice, SECRET } from '../delivery/post-office.ts';
import { eventually } from '../queue/running-queue.ts';
import { plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { type Requests, requestsAs } from './queue-requests.ts';
import { runApp } from './running-app.ts';
import { signedInAs } from './signed-in.ts';

let cluster: TestCluster;
let storage: Storage;
let planted: LetterClinic;
let app: FastifyInstance;
let anna: Requests;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  ({ storage } = await cluster.fresh());
  planted = await plantLetterClinic(storage);
  const digitalPost = { url: 'http://127.0.0.1:9', secret: SECRET };
  ({ app } = await runApp({ clinic: { storage, digitalPost } }));
  anna = await requestsAs(app, storage, planted.clinic.administrator.id);
});

const BODY = { kind: 'kallelse', preparations: [], replaces: null };

const versionOf = (taskId: string) =>
  asAdministrator(storage, planted.clinic, async (transaction) => (await taskById(transaction, taskId)).version);
const lettersOf = async (taskId: string) => TaskLetters.parse((await anna.get(`/api/tasks/${taskId}/letters`)).body);
const send = async (taskId: string, body: object = {}) =>
  anna.post(`/api/tasks/${taskId}/letter/send`, { ...BODY, ...body }, await versionOf(taskId));

async function sent(taskId: string, body: object = {}): Promise<TaskLetters> {
  const answer = await send(taskId, body);
  expect(answer).toMatchObject({ status: 201 });
  return TaskLetters.parse(answer.body);
}

/** The appointment of a task is moved by an hour, as the calendar does it. */
async function moveByAnHour({ id }: AdminTask): Promise<void> {
  await asAdministrator(storage, planted.clinic, async (transaction) => {
    const [appointment] = await appointmentsOfTasks(transaction, [id]);
    const later = (at: Date) => new Date(at.getTime() + 3_600_000);
    const { startsAt, endsAt } = appointment!;
    await changeAppointment(transaction, appointment!, { startsAt: later(startsAt), endsAt: later(endsAt) });
  });
}

test('a booked task lacks its kallelse; sending it calls the task, and the letter says what was sent', async () => {
  const task = await plantBooked(storage, planted);
  expect(await lettersOf(task.id)).toEqual({ lacks: 'kallelse', mustPhone: false, letters: [] });
  const { lacks, letters } = await sent(task.id);
  expect(lacks).toBeNull();
  expect(letters).toMatchObject([{ kind: 'kallelse', form: 'timed', state: 'queued' }]);
  expect(letters[0]!.deliveries.map(({ channel }) => channel)).toEqual(['page', 'notice', 'digital_post', 'print']);
  const detail = LetterDetail.parse((await anna.get(`/api/letters/${letters[0]!.id}`)).body);
  expect(JSON.stringify(detail.letter)).toMatch(/"Kod","lines":\["[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}"\]/);
  expect(detail.steps).toMatchObject([{ step: 'queued', actorKind: 'staff', by: 'Test Öberg' }]);
  expect((await letterNow(storage, planted, letters[0]!.id)).taskState).toBe('called');
});

test('what is sent twice at once, or to a task that was changed meanwhile, goes once', async () => {
  const { id, version } = await plantBooked(storage, planted);
  const answers = await Promise.all([1, 2].map(() => anna.post(`/api/tasks/${id}/letter/send`, BODY, version)));
  const [taken, refused] = answers.map(({ status }) => status).sort();
  expect(taken).toBe(201);
  // By the task's version, or by the database's one letter of a chain: whichever is met first.
  expect([409, 412]).toContain(refused);
  expect(await send(id)).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  expect((await lettersOf(id)).letters).toHaveLength(1);
});

describe('short forms in the preparations', () => {
  const said = 'EKG och BT innan';

  async function prepared(): Promise<AdminTask> {
    const task = await plantBooked(storage, planted);
    await asAdministrator(storage, planted.clinic, ({ write }) =>
      write
        .updateTable('adminTasks')
        .set({ preparations: [said] })
        .where('id', '=', task.id)
        .execute(),
    );
    return task;
  }

  test('that nobody has looked at are not sent', async () => {
    const answer = await send((await prepared()).id);
    expect(answer).toMatchObject({ status: 409, body: { code: 'STATE_NOT_ALLOWED', got: '1 unchecked' } });
  });

  test('are corrected by staff: the correction goes out, is kept beside what was said, and is offered the next time', async () => {
    const { id } = await prepared();
    const plain = 'Vi tar EKG och mäter ditt blodtryck först';
    const { letters } = await sent(id, { preparations: [{ original: said, plain }] });
    const detail = LetterDetail.parse((await anna.get(`/api/letters/${letters[0]!.id}`)).body);
    expect(JSON.stringify(detail.letter)).toContain(plain);
    expect(detail.preparations).toMatchObject([{ original: said, plain }]);
    const next = LetterPreview.parse((await anna.get(`/api/tasks/${id}/letter`)).body);
    expect(next.preparations).toMatchObject([{ original: said, plain }]);
  });
});

describe('when the time is another than the patient was told', () => {
  test('a new letter is offered, not sent; it takes the place of one that was not read', async () => {
    const task = await plantBooked(storage, planted);
    const [first] = (await sent(task.id)).letters;
    await moveByAnHour(task);
    const moved = await lettersOf(task.id);
    expect(moved).toMatchObject({ lacks: 'ombokning', letters: [{ id: first!.id, state: 'queued' }] });
    const preview = LetterPreview.parse((await anna.get(`/api/tasks/${task.id}/letter?kind=ombokning`)).body);
    expect(preview.letter.title).toBe('Ny tid från vården');
    expect(preview.text).toContain('är ändrad');
    const { lacks, letters } = await sent(task.id, { kind: 'ombokning', replaces: first!.id });
    expect(lacks).toBeNull();
    expect(letters).toMatchObject([
      { kind: 'ombokning', state: 'queued' },
      { kind: 'kallelse', state: 'replaced' },
    ]);
    expect(letters[1]!.deliveries.every(({ state }) => state === 'stopped')).toBe(true);
  });

  test('a cancelled one is told with the time that is no more, without place or code', async () => {
    const task = await plantBooked(storage, planted);
    expect((await anna.get(`/api/tasks/${task.id}/letter?kind=avbokning`)).status).toBe(409);
    const [first] = (await sent(task.id)).letters;
    await asAdministrator(storage, planted.clinic, async (transaction) => {
      const [appointment] = await appointmentsOfTasks(transaction, [task.id]);
      await cancelBooking(transaction, appointment!, { reason: 'clinic', note: null, task: 'requeue' });
    });
    expect((await lettersOf(task.id)).lacks).toBe('avbokning');
    const { letters, lacks } = await sent(task.id, { kind: 'avbokning', replaces: first!.id });
    expect(lacks).toBe('kallelse');
    const { letter } = LetterDetail.parse((await anna.get(`/api/letters/${letters[0]!.id}`)).body);
    expect(letter.title).toBe('Avbokning från vården');
    const words = JSON.stringify(letter.blocks);
    expect(words).toContain('Din tid är avbokad');
    expect(words).toContain('Du får ett nytt brev när vi har en ny tid till dig.');
    expect(words).not.toContain('Kod');
  });
});

test('an open task is called to book, and stays where it is in the queue', async () => {
  const [task] = (await plantChain(storage, planted.clinic)) as [AdminTask];
  const { letters } = await sent(task.id);
  expect(letters).toMatchObject([{ form: 'open', kind: 'kallelse' }]);
  expect((await letterNow(storage, planted, letters[0]!.id)).taskState).toBe('claimed');
  expect((await lettersOf(task.id)).lacks).toBeNull();
});

test('letters are listed by their states, page by page, with their ways', async () => {
  for (const day of [20, 21, 22]) await sent((await plantBooked(storage, planted, day)).id);
  const first = LetterPage.parse((await anna.get('/api/letters?state=queued&limit=2')).body);
  expect(first.items.map(({ patient }) => patient.name)).toEqual(['Åsa Prov', 'Åsa Prov']);
  const second = LetterPage.parse((await anna.get(`/api/letters?state=queued&limit=2&after=${first.next}`)).body);
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(3);
  expect(second.next).toBeNull();
  expect(LetterPage.parse((await anna.get('/api/letters?state=read,stopped')).body).items).toEqual([]);
});

test('by hand: on to paper, gathered, opened as PDF, marked, and stopped no more once read', async () => {
  await runPostOffice(storage, {});
  const task = await plantBooked(storage, planted);
  const [letter] = (await sent(task.id)).letters;
  await eventually(async () => {
    const { deliveries } = LetterDetail.parse((await anna.get(`/api/letters/${letter!.id}`)).body);
    expect(deliveries[3]!.state).toBe('ready');
  });
  const room = PrintRoom.parse((await anna.get('/api/print-batches')).body);
  expect(room.waiting).toMatchObject([{ letterId: letter!.id, patient: { name: 'Åsa Prov' } }]);
  const { unitId } = planted.clinic;
  const [batch] = PrintRoom.parse((await anna.post('/api/print-batches', { unitId })).body).batches;
  const paper = await app.inject({
    url: `/api/print-batches/${batch!.id}/letters.pdf`,
    headers: await signedInAs(storage, planted.clinic.administrator.id),
  });
  expect(paper.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  expect(await anna.post(`/api/print-batches/${batch!.id}/printed`, {}, batch!.version)).toMatchObject({ status: 200 });
  const now = LetterDetail.parse((await anna.get(`/api/letters/${letter!.id}`)).body);
  expect(now).toMatchObject({ state: 'sent' });
  expect(await anna.post(`/api/letters/${letter!.id}/send`, { channel: 'print' }, now.version)).toMatchObject({
    status: 200,
  });
  expect(PrintRoom.parse((await anna.get('/api/print-batches')).body).waiting).toHaveLength(1);
  expect(await anna.post(`/api/letters/${letter!.id}/hand-over`, {}, now.version)).toMatchObject({ status: 200 });
  const handed = LetterDetail.parse((await anna.get(`/api/letters/${letter!.id}`)).body);
  expect(await anna.post(`/api/letters/${letter!.id}/stop`, {}, handed.version)).toMatchObject({ status: 200 });
});

test('a digital post service tells that a letter was read, by the address that came with it and no other', async () => {
  const [view] = (await sent((await plantBooked(storage, planted)).id)).letters;
  const { ways } = await letterNow(storage, planted, view!.id);
  const { pathname, search } = new URL(readAddress(PUBLIC_URL, ways[2]!.id, SECRET));
  const tell = (url: string) => app.inject({ method: 'POST', url });
  expect((await tell(`${pathname}?token=AAAA`)).statusCode).toBe(404);
  expect((await tell(pathname.replace(ways[2]!.id, ways[1]!.id) + search)).statusCode).toBe(404);
  for (const _ of [1, 2]) expect((await tell(pathname + search)).statusCode).toBe(204);
  expect((await letterNow(storage, planted, view!.id)).letter.state).toBe('read');
});

test('a unit says by which channels its letters go: each once, the last for good', async () => {
  const { unitId } = planted.clinic;
  const url = `/api/units/${unitId}/letter-chain`;
  const put = async (stations: object[], version: number) =>
    app.inject({
      method: 'PUT',
      url,
      payload: { stations },
      headers: { ...(await signedInAs(storage, planted.clinic.administrator.id)), 'if-match': `"${version}"` },
    });
  const { version } = LetterChain.parse((await anna.get(url)).body);
  const paper = { channel: 'print', waitHours: null };
  const page = { channel: 'page', waitHours: 24 };
  for (const wrong of [[], [paper, paper]]) expect((await put(wrong, version)).statusCode).toBe(400);
  const saved = (await put([paper, page], version)).json();
  expect(saved.stations).toEqual([
    { channel: 'print', waitHours: 48 },
    { channel: 'page', waitHours: null },
  ]);
  expect((await put([paper], version)).statusCode).toBe(412);
  const [letter] = (await sent((await plantBooked(storage, planted)).id)).letters;
  expect(letter!.deliveries.map(({ channel }) => channel)).toEqual(['print', 'page']);
});

test("another unit's letters are not there", async () => {
  const [letter] = (await sent((await plantBooked(storage, planted)).id)).letters;
  const elsewhere = await plantClinic(storage, 'Den andra');
  const stranger = await anna.as(elsewhere.administrator.id);
  expect((await stranger.get(`/api/letters/${letter!.id}`)).status).toBe(404);
  expect((await stranger.post(`/api/letters/${letter!.id}/stop`, {}, letter!.version)).status).toBe(404);
  expect(LetterPage.parse((await stranger.get('/api/letters')).body).items).toEqual([]);
  expect((await stranger.post('/api/print-batches', { unitId: planted.clinic.unitId })).status).toBe(403);
});
