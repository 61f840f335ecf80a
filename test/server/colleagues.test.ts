import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Colleagues } from '../../src/contracts/colleagues-api.ts';
import { createStaff } from '../../src/storage/repositories/staff.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { openNoteWorld } from './note-pages.ts';

let cluster: TestCluster;
let database: TestDatabase;
beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

async function unitWith(names: readonly (readonly [givenName: string, familyName: string])[]) {
  const world = await openNoteWorld(database);
  const { unitId } = world.clinic;
  for (const [givenName, familyName] of names) {
    const username = `${givenName} ${familyName} ${unitId}`.toLowerCase();
    await createStaff(database.storage.plain, { username, givenName, familyName, accountRoles: ['clinician'] }, [
      unitId,
    ]);
  }
  const find = async (query: string) =>
    (await world.doctor.get<Colleagues>(`/api/colleagues?unit=${unitId}${query}`)).body;
  return { world, find };
}

const named = ({ items }: Colleagues) => items.map(({ givenName, familyName }) => `${givenName} ${familyName}`);

test('colleagues are found by the beginning of any of their names, in the order of the alphabet', async () => {
  const { find } = await unitWith([
    ['Åsa', 'Öst'],
    ['Anna-Karin', 'Ek'],
    ['Karin', 'Asp'],
  ]);
  expect(named(await find('&search=karin'))).toEqual(['Karin Asp', 'Anna-Karin Ek']);
  expect(named(await find('&search=%20ö%20ås'))).toEqual(['Åsa Öst']);
  expect(named(await find('&search=rin'))).toEqual([]);
});

test('without a search the unit is told, but for who asks, and that there are more', async () => {
  const { find, world } = await unitWith(Array.from({ length: 8 }, (_, at) => [`Anna${at}`, 'Berg'] as const));
  const { items, hasMore } = await find('');
  expect([items.length, hasMore]).toEqual([8, true]);
  expect(items.map(({ id }) => id)).not.toContain(world.clinic.doctor.id);
});

test('a role narrows it, and another unit is not told', async () => {
  const { find, world } = await unitWith([]);
  const other = await openNoteWorld(database);
  expect(named(await find('&role=administrator'))).toEqual(['Test Öberg']);
  const elsewhere = await world.doctor.get(`/api/colleagues?unit=${other.clinic.unitId}`);
  expect(elsewhere).toMatchObject({ status: 403, body: { code: 'UNIT_NOT_ALLOWED' } });
});
