import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ChangeEvent } from '../../src/contracts/notes-api-events.ts';
import { DEFAULT_EVENT_STREAM_LIMITS, EventStream } from '../../src/server/event-stream.ts';
import { plantClinic, plantDraft, plantTask } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { begin, type NoteWorld, openNoteWorld } from './note-pages.ts';

let cluster: TestCluster;
let database: TestDatabase;
beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

interface Frame {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: ChangeEvent;
}

/** Frames of a stream as they come, heartbeats left out. */
async function* framesOf(chunks: AsyncIterable<Uint8Array | string>): AsyncGenerator<Frame> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    rest += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const frames = rest.split('\n\n');
    rest = frames.pop()!;
    for (const frame of frames) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1];
      if (field('event')) yield { id: field('id'), event: field('event'), data: JSON.parse(field('data')!) };
    }
  }
}

async function listenTo({ url, doctor }: NoteWorld, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const answer = await fetch(`${url}/api/events`, { headers: { ...doctor.headers, ...headers }, signal: stop.signal });
  return { answer, frames: framesOf(answer.body!) };
}

async function first(frames: AsyncGenerator<Frame>, matches: (frame: Frame) => boolean): Promise<Frame> {
  for (;;) {
    const { value, done } = await frames.next();
    if (done) throw new Error('the stream has ended');
    if (matches(value)) return value;
  }
}

test('a change at the unit is told with ids and states alone, and one elsewhere is not', async () => {
  const world = await openNoteWorld(database);
  const { answer, frames } = await listenTo(world);
  expect(answer.headers.get('content-type')).toContain('text/event-stream');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const elsewhere = await plantClinic(database.storage, 'Annan');
  await plantDraft(database.storage, elsewhere);
  const note = await begin(world, 'Återbesök om sex veckor.');
  const { id, data } = await first(frames, () => true);
  expect(data).toMatchObject({ object: 'note', objectId: note.id, change: 'created', state: 'draft' });
  expect(String(data.id)).toBe(id);
  expect(Object.keys(data).sort()).toEqual([
    'actorId',
    'at',
    'chainId',
    'change',
    'fromState',
    'id',
    'object',
    'objectId',
    'state',
    'unitId',
  ]);
});

test('who comes back hears what was missed', async () => {
  const world = await openNoteWorld(database);
  const earlier = await listenTo(world);
  const before = await begin(world, 'Mår bra.');
  const { id } = await first(earlier.frames, ({ data }) => data.objectId === before.id);
  await earlier.frames.return(undefined);
  const missed = await begin(world, 'Återbesök om sex veckor.');
  const { frames } = await listenTo(world, { 'last-event-id': id! });
  expect((await first(frames, ({ data }) => data.objectId === missed.id)).data.state).toBe('draft');
});

test('nobody unknown listens, and a made-up event id is refused', async () => {
  const world = await openNoteWorld(database);
  expect((await fetch(`${world.url}/api/events`)).status).toBe(401);
  const { answer } = await listenTo(world, { 'last-event-id': '1; drop' });
  expect(answer.status).toBe(400);
});

function streamWith(limits: Partial<typeof DEFAULT_EVENT_STREAM_LIMITS>): EventStream {
  const events = new EventStream(database.storage, { ...DEFAULT_EVENT_STREAM_LIMITS, ...limits });
  onTestFinished(() => events.close());
  return events;
}

test('a reader that does not read is dropped, and the others are told', async () => {
  const { storage } = database;
  const clinic = await plantClinic(storage, 'Slö');
  const events = streamWith({ unreadBytes: 8_000 });
  const slow = await events.open(clinic.doctor, undefined);
  const quick = framesOf(await events.open(clinic.administrator, undefined));
  while (!slow.destroyed) {
    const { task } = await plantTask(storage, clinic);
    expect((await first(quick, ({ data }) => data.objectId === task.id)).data.object).toBe('task');
  }
});

test('one member of staff does not take every place, and there is an end to the places', async () => {
  const clinic = await plantClinic(database.storage, 'Många');
  const events = streamWith({ connections: 3, connectionsOfOne: 2 });
  await events.open(clinic.doctor, undefined);
  const second = await events.open(clinic.doctor, undefined);
  await expect(events.open(clinic.doctor, undefined)).rejects.toMatchObject({ code: 'EVENTS_FULL', retryable: true });
  await events.open(clinic.administrator, undefined);
  await expect(events.open(clinic.administrator, undefined)).rejects.toMatchObject({ code: 'EVENTS_FULL' });
  const closed = new Promise<void>((resolve) => second.once('close', resolve));
  second.destroy();
  await closed;
  await expect(events.open(clinic.doctor, undefined)).resolves.toBeDefined();
});

test('who missed too much is told to fetch everything anew', async () => {
  const { storage } = database;
  const clinic = await plantClinic(storage, 'Borta');
  for (let time = 0; time < 3; time++) await plantTask(storage, clinic);
  const frames = framesOf(await streamWith({ resumedEvents: -198 }).open(clinic.doctor, 0));
  expect((await first(frames, () => true)).event).toBe('reset');
});

test('a broken connection to the database is made again, and everybody fetches anew', async () => {
  const { storage, owner } = database;
  const clinic = await plantClinic(storage, 'Avbrott');
  const frames = framesOf(await streamWith({}).open(clinic.doctor, undefined));
  await owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'taltid-listen'`);
  expect((await first(frames, () => true)).event).toBe('reset');
  const { note } = await plantDraft(storage, clinic);
  expect((await first(frames, ({ data }) => data.objectId === note.id)).event).toBe('change');
});
