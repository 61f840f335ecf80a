import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../src/contracts/access.ts';
import { IMPORT_KINDS, type ImportKind } from '../../src/contracts/exchange-api.ts';
import { exportFile } from '../../src/exchange/export-file.ts';
import { exportedRows } from '../../src/exchange/export-rows.ts';
import { createResource } from '../../src/storage/repositories/calendar-setup.ts';
import { createExport, exportById } from '../../src/storage/repositories/exports.ts';
import { createStaff, createUnit, staffActor } from '../../src/storage/repositories/staff.ts';
import { NOW_MS } from '../appointments/planted-chain.ts';
import { madeUpNumber, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bookHour, plantCalendar } from '../storage/planted-calendar.ts';
import { csv, preview, takeIn } from './tables.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

type Staff = Extract<Actor, { kind: 'staff' }>;
interface Place {
  readonly database: TestDatabase;
  readonly unitId: string;
  readonly actor: Staff;
}

const CONTEXT = { purpose: 'operation', requestId: 'round-trip' } as const;
/** What a file needs to be there before it. */
const IN_ORDER: readonly ImportKind[] = ['staff', 'resources', 'visit_types', 'slot_templates', 'patients', 'bookings'];

function work<Result>(
  { database, actor }: Place,
  of: Parameters<typeof database.storage.withAudit<Result>>[2],
): Promise<Result> {
  return database.storage.withAudit(actor, CONTEXT, of);
}

async function exported(place: Place, kind: ImportKind): Promise<string> {
  const { unitId, actor, database } = place;
  const asked = await work(place, async (transaction) => {
    const reason = 'Flytt till en annan server';
    const id = await createExport(transaction, { unitId, format: 'import', kind, reason, askedBy: actor.id });
    return exportById(transaction, id);
  });
  const rows = exportedRows({ storage: database.storage, actor, context: CONTEXT }, asked, NOW_MS);
  return text(exportFile(asked, rows, '2026-03-10').body);
}

const takenIn = (place: Place, kind: ImportKind, file: string) =>
  work(place, (transaction) =>
    takeIn(transaction, { kind, unitId: place.unitId }, new TextEncoder().encode(file), NOW_MS),
  );

/** A clinic with all that can be taken in: people of every kind, a child, a visit with everything beside it. */
async function clinicWithEverything(): Promise<Place> {
  const database = await cluster.fresh();
  const clinic = await plantClinic(database.storage);
  const place = { database, unitId: clinic.unitId, actor: clinic.administrator };
  const calendar = await plantCalendar(database.storage, clinic);
  const [parent, hidden] = [madeUpNumber(), madeUpNumber()];
  await takenIn(
    place,
    'staff',
    `HSA-id;Förnamn;Efternamn;Yrke;Roller\nSE2321000016-EVA1;Eva;"Ny; Åberg";Distriktssköterska;vård, drift\n`,
  );
  await takenIn(place, 'resources', 'Namn;Slag;HSA-id;Språk\nEva Ny;person;SE2321000016-EVA1;\n');
  const people = csv(
    'Personnummer;Förnamn;Efternamn;Vårdnadshavare;Telefon;E-post;Adress;Tolkspråk;Skyddad identitet',
    `201501019812;=Liv;Ek;${parent};;;"Storgatan 1, 123 45 Ort";somaliska;nej`,
    `${parent};Bo;Ek;;+46 70 123 45 67;bo@exempel.se;;;`,
    `${hidden};Åsa;"Ek ""Å""";;;;;;ja`,
    '20210325K069;Okänd;Person;;;;;;',
  );
  await takenIn(place, 'patients', new TextDecoder().decode(people));
  await work(place, async (transaction) => {
    const beside = { unitId: clinic.unitId, staffId: null, role: null, language: null };
    const device = await createResource(transaction, { ...beside, kind: 'equipment', name: 'EKG' });
    const interpreter = { ...beside, kind: 'interpreter', name: 'Tolken', language: 'so' } as const;
    const { id } = await createResource(transaction, interpreter);
    const otherResourceIds = [calendar.roomId, device.id, id];
    await bookHour(transaction, clinic, calendar, '2026-04-15T06:00:00Z', { otherResourceIds });
    await bookHour(transaction, clinic, calendar, '2026-10-26T07:00:00Z');
  });
  const week = 'Hos;Veckodag;Från;Till;Minuter;Gäller från;Gäller till';
  const details = 'Veckor mellan;Rum;Besökstyper;Patienter bokar till dagar före;Röda dagar;Klämdagar';
  await takenIn(
    place,
    'visit_types',
    'Namn;Form;Minuter;Åtgärd;Yrke;Extra minuter med tolk;Rum;Utrustning;Namn för patienter;Patienter bokar\nEKG hos sköterska;Undersökning;20;EKG;Sjuksköterska;10;Rum 1;EKG;EKG;nej\n',
  );
  const everything = '2;Rum 1;"EKG hos sköterska, Provtagning";14;ja;nej';
  await takenIn(
    place,
    'slot_templates',
    `${week};${details}\nEva Ny;lör;07.00;24:00;20;2026-05-02;2026-06-30;${everything}\nEva Ny;7;08:00;09:00;20;2026-05-03;2026-05-03;;;;;;\n`,
  );
  return place;
}

/** Another server with the unit, and nobody and nothing in it but who reads the files. */
async function emptyClinic(): Promise<Place> {
  const database = await cluster.fresh();
  const { id: unitId } = await createUnit(database.storage.plain, { name: 'Mottagningen' });
  const reader = { username: 'inläsare', givenName: 'In', familyName: 'Läsare', accountRoles: ['operator' as const] };
  const { id } = await createStaff(database.storage.plain, reader, [unitId]);
  return { database, unitId, actor: (await staffActor(database.storage.plain, id))! };
}

test('what goes out as files to read in again makes the same clinic of an empty one', async () => {
  const old = await clinicWithEverything();
  const files = new Map<ImportKind, string>();
  for (const kind of IMPORT_KINDS) files.set(kind, await exported(old, kind));
  expect(files.get('patients')).toContain("'+46 70 123 45 67");
  expect(files.get('bookings')).toMatch(/Elin Lind;Rum 1;EKG;Tolken\r\n/);

  const fresh = await emptyClinic();
  for (const kind of IN_ORDER) {
    expect(await takenIn(fresh, kind, files.get(kind)!)).toMatchObject({ changed: 0, same: 0, refused: 0 });
  }
  const lines = (file: string) =>
    file
      .split('\r\n')
      .filter((line) => !line.includes('inläsare'))
      .toSorted();
  for (const kind of IMPORT_KINDS) {
    expect(lines(await exported(fresh, kind))).toEqual(lines(files.get(kind)!));
    const bytes = new TextEncoder().encode(files.get(kind));
    const target = { kind, unitId: fresh.unitId };
    const again = await work(fresh, (transaction) => preview(transaction, target, bytes, NOW_MS));
    expect(again, kind).toMatchObject({ counts: { new: 0, changed: 0, refused: 0 }, token: null });
  }
  const { rows } = await fresh.database.owner.query(
    `select child.given_name, guardian.given_name as guardian from patients as child
     join patients as guardian on guardian.id = child.guardian_id`,
  );
  expect(rows).toEqual([{ given_name: '=Liv', guardian: 'Bo' }]);
  const { rows: templates } = await fresh.database.owner.query(
    'select from_minute, until_minute, every_weeks, lent_until_days, on_free_days from slot_templates where weekday = 6',
  );
  expect(templates).toEqual([
    { from_minute: 420, until_minute: 1440, every_weeks: 2, lent_until_days: 14, on_free_days: true },
  ]);
});
