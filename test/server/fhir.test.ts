import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  Bundle,
  CapabilityStatement,
  CapabilityStatementRestResource,
  Communication,
  FhirResource,
  Media,
  OperationOutcome,
  Patient,
  Provenance,
  ProvenanceEntity,
} from 'fhir/r4.js';
import type { Client } from 'fhir-kit-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PERSONAL_NUMBER_SYSTEMS } from '../../src/contracts/fhir-systems.ts';
import { FHIR_TYPES } from '../../src/fhir/registry.ts';
import { FHIR_TYPE_NAMES } from '../../src/fhir/systems.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { SoundStore } from '../../src/recorded/sound-store.ts';
import { seedDemo } from '../../src/storage/demo/seed-demo.ts';
import { problemsOf } from '../fhir/r4.ts';
import { searchValue } from '../fhir/search-value.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { allOf, fhirClient, type PlantedRest, plantRest, refusalOf } from './fhir-clinic.ts';
import { type RunningApp, runApp } from './running-app.ts';
import type { ScriptedTranscriber } from './scripted-transcriber.ts';
import { signedInAs } from './signed-in.ts';

let cluster: TestCluster;
let database: TestDatabase;
let server: RunningApp<ScriptedTranscriber>;
let units: { id: string; name: string }[];
let doctorId: string;
let sounds: SoundStore;
let planted: PlantedRest;
let client: Client;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  await seedDemo(database.storage, { passwordHash: 'hash', today: stockholmClockAt(Date.now()).date });
  ({ rows: units } = await database.owner.query('select id, name from units order by created_at'));
  const lind = await database.owner.query<{ id: string }>("select id from staff where username = 'lind'");
  doctorId = lind.rows[0]!.id;
  const folder = await mkdtemp(join(tmpdir(), 'taltid-fhir-'));
  sounds = await SoundStore.open({ folder, maxFileBytes: 10_000, maxStoredBytes: 100_000 });
  planted = await plantRest(database.storage, database.owner, sounds);
});
afterAll(async () => {
  await cluster.close();
  await rm(sounds.folder, { recursive: true });
});
beforeEach(async () => {
  server = await runApp({ clinic: { storage: database.storage, sounds } });
  client = await clientOf(units[0]!.id);
});

const clientOf = (unitId: string, ...scopes: Parameters<typeof fhirClient>[2]['scopes']) =>
  fhirClient(database.storage, server.url, {
    unitId,
    ownerId: doctorId,
    scopes: scopes.length > 0 ? scopes : ['fhir:read'],
  });

const search = async (resourceType: string, searchParams: Record<string, string> = {}, options = {}) =>
  (await client.resourceSearch({ resourceType, searchParams, options })) as unknown as Bundle<FhirResource>;

const STRICT = { headers: { Prefer: 'handling=strict' } };

describe('the CapabilityStatement', () => {
  test('is open, follows R4, and tells each type with what it can be searched by', async () => {
    const answer = await fetch(`${server.url}/fhir/metadata`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/fhir\+json/);
    const statement = (await answer.json()) as CapabilityStatement;
    expect(problemsOf(statement)).toEqual([]);
    expect(statement.rest![0]!.resource!.map(({ type }) => type).sort()).toEqual([...FHIR_TYPE_NAMES].sort());
  });

  test('says what the server does: JSON alone, read, vread and search', async () => {
    const statement = await statementOf();
    expect(statement.format).toEqual(['application/fhir+json', 'json']);
    for (const { type, versioning, interaction } of statement.rest![0]!.resource!) {
      const codes = versioning === 'versioned' ? ['read', 'vread', 'search-type'] : ['read', 'search-type'];
      expect(
        interaction!.map(({ code }) => code),
        type,
      ).toEqual(codes);
    }
  });

  test.each(FHIR_TYPES.map(({ type }) => type))('and each thing that it says of %s is so', async (type) => {
    const { searchParam = [], searchInclude = [], searchRevInclude = [], interaction } = await statementOf(type);
    const found = await allOf(client, type, boundsOf(type));
    for (const { code } of interaction!) {
      const one = found[0]!;
      const asked = { resourceType: type, id: one.id! };
      if (code === 'read') expect(await client.read(asked)).toEqual(one);
      if (code === 'vread') expect(await client.vread({ ...asked, version: one.meta!.versionId! })).toEqual(one);
    }
    for (const { name, type: kind } of searchParam) {
      const [value, id] = await sampleOf(name, found);
      const searched = type === 'Slot' ? { ...boundsOf(type), [name]: value } : { _id: id, [name]: value };
      const bundle = await search(type, { ...searched, _count: '100' }, STRICT);
      expect(problemsOf(bundle)).toEqual([]);
      expect(
        matchesIn(bundle).map((one) => one.id),
        `${type}?${name}=${value}`,
      ).toContain(id);
      if (kind !== 'date' || type === 'Slot') continue;
      const sorted = (order: string) => allOf(client, type, { _sort: order, _count: '9' });
      const [up, down] = [await sorted(name), await sorted(`-${name}`)];
      expect(up.map((one) => one.id).sort()).toEqual(found.map((one) => one.id).sort());
      const values = (of: FhirResource[]) => of.flatMap((one) => searchValue(name, one) ?? []);
      expect(values(up)).toEqual(values(up).toSorted());
      expect(values(down), `${type}?_sort=-${name}`).toEqual(values(up).toSorted().toReversed());
    }
    for (const include of searchInclude) {
      expect(problemsOf(await search(type, { ...boundsOf(type), _include: include }, STRICT))).toEqual([]);
    }
    for (const include of searchRevInclude) {
      const bundle = await search(type, { _revinclude: include }, STRICT);
      expect(problemsOf(bundle)).toEqual([]);
      const ids = new Set(matchesIn(bundle).map((one) => `${type}/${one.id}`));
      const led = includedIn(bundle).filter(({ resourceType }) => resourceType !== 'Provenance');
      for (const one of led)
        expect(
          referencesIn(one).some((each) => ids.has(each)),
          include,
        ).toBe(true);
    }
  });
});

const statementOf = async <Type extends string | undefined = undefined>(type?: Type) => {
  const statement = (await client.capabilityStatement()) as unknown as CapabilityStatement;
  const one = statement.rest![0]!.resource!.find((each) => each.type === type);
  return (type === undefined ? statement : one) as Type extends string
    ? CapabilityStatementRestResource
    : CapabilityStatement;
};
const boundsOf = (type: string) =>
  type === 'Slot'
    ? { start: stockholmClockAt(Date.now() + 86_400_000).date, _count: '100' }
    : ({} as Record<string, string>);
const matchesIn = ({ entry = [] }: Bundle<FhirResource>) =>
  entry.flatMap(({ resource, search: mode }) => (mode?.mode === 'match' ? resource! : []));
const includedIn = ({ entry = [] }: Bundle<FhirResource>) =>
  entry.flatMap(({ resource, search: mode }) => (mode?.mode === 'include' ? resource! : []));

/** A value by which one of some resources is found, and its id. */
async function sampleOf(name: string, found: readonly FhirResource[]): Promise<[value: string, id: string]> {
  for (const one of found) {
    const value = name.startsWith('patient') ? await sampleOfPatient(name, one) : searchValue(name, one);
    if (value !== undefined) return [value, one.id!];
  }
  throw new Error(`nothing is found by ${name}`);
}

/** What is about a request is about its patient. */
async function sampleOfPatient(name: string, one: FhirResource): Promise<string | undefined> {
  const resolved = async (reference: string) => (await client.resolve({ reference })) as unknown as FhirResource;
  const about = one.resourceType === 'Provenance' ? await resolved(one.target[0]!.reference!) : one;
  const reference = searchValue('patient', about)!;
  return name === 'patient' ? reference : searchValue('identifier', await resolved(reference));
}

describe('every type', () => {
  test.each(FHIR_TYPES.map(({ type }) => type))('%s is found in pages, each once, as R4 has it', async (type) => {
    const bounds = type === 'Slot' ? { _count: '50', status: 'free' } : { _count: '7' };
    const found = await allOf(client, type, bounds);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect((await search(type, { ...bounds, _count: '0' })).total).toBe(found.length);
    for (const resource of found) expect(problemsOf(resource), JSON.stringify(resource)).toEqual([]);
  });

  test('refers to what the same key can read', async () => {
    const all = (
      await Promise.all(FHIR_TYPES.filter(({ type }) => type !== 'Slot').map(({ type }) => allOf(client, type)))
    ).flat();
    const known = new Set(all.map(({ resourceType, id }) => `${resourceType}/${id}`));
    const references = new Set(all.flatMap(referencesIn));
    expect([...references].filter((one) => !known.has(one))).toEqual([]);
  });
});

describe('what the client asks along', () => {
  test('comes with what was found, marked as such', async () => {
    const bundle = await search('Appointment', { _include: 'Appointment:actor', _count: '5' });
    const included = bundle.entry!.filter(({ search: mode }) => mode?.mode === 'include');
    const types = new Set(included.map(({ resource }) => resource!.resourceType));
    expect(types).toContain('Patient');
    expect(types).toContain('Practitioner');
    expect(bundle.entry!.filter(({ search: mode }) => mode?.mode === 'match')).toHaveLength(5);
  });

  test('can be what refers to it: the words and the task of a request in one answer', async () => {
    const asked = { _id: planted.requestId, _revinclude: 'Provenance:target' };
    expect(includedIn(await search('ServiceRequest', asked))).toMatchObject([{ resourceType: 'Provenance' }]);
    const { rows } = await database.owner.query('select id, request_id from admin_tasks limit 1');
    const ofTask = await search('ServiceRequest', { _id: rows[0].request_id, _revinclude: 'Task:focus' });
    expect(includedIn(ofTask)).toMatchObject([{ resourceType: 'Task', id: rows[0].id }]);
    expect(matchesIn(ofTask)).toHaveLength(1);
  });

  test('can be less: the total alone, or some elements, marked as a part', async () => {
    const counted = await search('Task', { _summary: 'count' }, STRICT);
    expect([counted.total, counted.entry]).toEqual([(await allOf(client, 'Task')).length, undefined]);
    for (const type of FHIR_TYPES.map((each) => each.type)) {
      const bundle = await search(type, { ...boundsOf(type), _elements: 'comment', _count: '3' }, STRICT);
      expect(problemsOf(bundle), type).toEqual([]);
    }
    const [part] = matchesIn(await search('Patient', { _elements: 'name, birthDate', _count: '1' }));
    expect(part).toMatchObject({ name: [{}], meta: { tag: [{ code: 'SUBSETTED' }] } });
    expect(part).not.toHaveProperty('managingOrganization');
  });

  test('and is not known is told, or refused where that is wished', async () => {
    const bundle = await search('Task', { colour: 'blue', status: 'requested' });
    const outcome = bundle.entry!.at(-1)!;
    expect(outcome.search).toEqual({ mode: 'outcome' });
    expect(outcome.resource).toMatchObject({ issue: [{ severity: 'warning', code: 'not-supported' }] });
    expect(bundle.link![0]!.url).toBe(`${server.url}/fhir/Task?status=requested`);
    for (const unknown of [
      { colour: 'blue' },
      { _sort: 'status' },
      { _summary: 'text' },
      { _revinclude: 'Task:owner' },
    ]) {
      const refused = await refusalOf(search('Task', unknown as Record<string, string>, STRICT));
      expect(refused).toMatchObject({ status: 400, data: { resourceType: 'OperationOutcome' } });
    }
    // Without its modifier the parameter would ask for something else.
    expect(await refusalOf(search('Task', { 'status:not': 'requested' }))).toMatchObject({ status: 400 });
  });
});

test('slots are sorted either way, page after page', async () => {
  const paged = { ...boundsOf('Slot'), _count: '40' };
  const ids = async (order: string) => (await allOf(client, 'Slot', { ...paged, _sort: order })).map(({ id }) => id);
  expect(await ids('-start')).toEqual((await ids('start')).toReversed());
});

describe('a version', () => {
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/fhir/${path}`, { headers: { authorization: bearer(client), ...headers } });

  test('that the client has already is not sent again, and one that does not hold is not there', async () => {
    const [patient] = await allOf(client, 'Patient');
    const path = `Patient/${patient!.id}`;
    const { versionId } = patient!.meta!;
    const first = await ask(path);
    expect(first.headers.get('etag')).toBe(`W/"${versionId}"`);
    for (const tag of [`W/"${versionId}"`, `"0", "${versionId}"`]) {
      const again = await ask(path, { 'if-none-match': tag });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', `W/"${versionId}"`]);
    }
    expect((await ask(path, { 'if-none-match': 'W/"0"' })).status).toBe(200);
    expect((await ask(`${path}/_history/${versionId}`, { 'if-none-match': `W/"${versionId}"` })).status).toBe(304);
    expect(await refusalOf(client.vread({ resourceType: 'Patient', id: patient!.id!, version: '99' }))).toMatchObject({
      status: 404,
      data: { resourceType: 'OperationOutcome' },
    });
  });
});

describe('a search', () => {
  test('by status and business status finds what the table of states says', async () => {
    const onHold = await allOf(client, 'Task', { status: 'on-hold' });
    const states = onHold.map(
      (task) => (task as { businessStatus?: { coding: { code: string }[] } }).businessStatus!.coding[0]!.code,
    );
    expect(new Set(states)).toEqual(new Set(['question', 'waiting']));
    expect(await allOf(client, 'Task', { 'business-status': 'question' })).toHaveLength(
      states.filter((state) => state === 'question').length,
    );
  });

  test('by date takes the day as it is in Sweden, with prefixes', async () => {
    const appointments = (await allOf(client, 'Appointment')) as { start?: string }[];
    const day = stockholmClockAt(Date.parse(appointments[3]!.start!)).date;
    const ofDay = appointments.filter(({ start }) => stockholmClockAt(Date.parse(start!)).date === day);
    expect(await allOf(client, 'Appointment', { date: day })).toEqual(ofDay);
    const before = await allOf(client, 'Appointment', { date: `lt${day}` });
    const after = await allOf(client, 'Appointment', { date: `gt${day}` });
    expect(before.length + ofDay.length + after.length).toBe(appointments.length);
  });

  test('by a patient’s number finds the patient and what is about them', async () => {
    const patients = (await allOf(client, 'Patient')) as Patient[];
    const [{ patientId }] = (await database.owner.query('select patient_id as "patientId" from admin_tasks limit 1'))
      .rows;
    const { identifier } = patients.find(({ id }) => id === patientId)!;
    const { system, value } = identifier![0]!;
    expect(await allOf(client, 'Patient', { identifier: `${system}|${value}` })).toMatchObject([{ id: patientId }]);
    expect(await allOf(client, 'Patient', { identifier: `urn:oid:1.2.3|${value}` })).toEqual([]);
    const byNumber = await allOf(client, 'Task', { 'patient.identifier': `${system}|${value}` });
    expect(byNumber).toEqual(await allOf(client, 'Task', { patient: `Patient/${patientId}` }));
    expect(byNumber.length).toBeGreaterThan(0);
  });

  test('can be posted as a form', async () => {
    const posted = await fetch(`${server.url}/fhir/Task/_search`, {
      method: 'POST',
      headers: { authorization: bearer(client), 'content-type': 'application/x-www-form-urlencoded' },
      body: 'status=requested',
    });
    expect(((await posted.json()) as Bundle).total).toBe((await search('Task', { status: 'requested' })).total);
  });
});

describe('patients', () => {
  test('have HL7 Sweden’s identifiers, by the kind of number', async () => {
    const patients = (await allOf(client, 'Patient')) as Patient[];
    const systems = new Set(patients.flatMap(({ identifier = [] }) => identifier.map(({ system }) => system)));
    for (const system of systems) expect(Object.values(PERSONAL_NUMBER_SYSTEMS)).toContain(system);
    expect(systems).toContain(PERSONAL_NUMBER_SYSTEMS.personnummer);
  });

  test('with protected identity are told of by no word or number', async () => {
    const { rows } = await database.owner.query('select * from patients where protected_identity and unit_id = $1', [
      units[0]!.id,
    ]);
    const told = JSON.stringify(await client.read({ resourceType: 'Patient', id: rows[0].id }));
    expect(told).toContain('sekretessmarkering');
    for (const column of ['family_name', 'given_name', 'personal_number']) expect(told).not.toContain(rows[0][column]);
    const born = stockholmClockAt(rows[0].birth_date.getTime()).date;
    for (const guess of [{ family: rows[0].family_name }, { given: rows[0].given_name }, { birthdate: born }]) {
      expect(await allOf(client, 'Patient', { ...guess, _id: rows[0].id } as never)).toEqual([]);
    }
    expect(await allOf(client, 'Patient', { identifier: rows[0].personal_number })).toHaveLength(1);
  });

  test('who are children have their guardian, and the log tells of both', async () => {
    const { rows: children } = await database.owner.query(
      'select id, guardian_id from patients where guardian_id is not null and unit_id = $1 limit 1',
      [units[0]!.id],
    );
    const [{ id, guardian_id: guardianId }] = children;
    const [guardian] = await allOf(client, 'RelatedPerson', { patient: id });
    expect(guardian).toMatchObject({ relationship: [{ coding: [{ code: 'GUARD' }] }] });
    const { identifier, name } = (await client.read({ resourceType: 'Patient', id: guardianId })) as unknown as Patient;
    expect(guardian).toMatchObject({ identifier, name });
    const { rows } = await database.owner.query(
      "select patient_ids from audit_events where actor_kind = 'api-key' and action = 'search' order by id desc limit 1",
    );
    expect(new Set(rows[0].patient_ids)).toEqual(new Set([id, guardianId]));
  });

  test('are put down in the log of accesses, all of a search in one line', async () => {
    const page = await search('Task', { _count: '4' });
    const seen = new Set(
      page.entry!.map(({ resource }) => (resource as { for?: { reference: string } }).for!.reference.slice(8)),
    );
    const { rows } = await database.owner.query(
      "select * from audit_events where object_kind = 'admin_tasks' and actor_kind = 'api-key' order by id desc limit 1",
    );
    expect(rows[0]).toMatchObject({ action: 'search', purpose: 'booking', unit_id: units[0]!.id });
    expect(new Set(rows[0].patient_ids)).toEqual(seen);
  });
});

test('Provenance holds the words of each field, as they stand in the signed note', async () => {
  const provenances = (await allOf(client, 'Provenance')) as Provenance[];
  for (const { target, entity } of provenances) {
    expect(await client.resolve({ reference: target[0]!.reference! })).toMatchObject({
      resourceType: 'ServiceRequest',
    });
    const note = await client.resolve({ reference: entity![0]!.what.reference! });
    const { data } = (note as unknown as { content: { attachment: { data: string } }[] }).content[0]!.attachment;
    const text = Buffer.from(data, 'base64').toString();
    for (const { what } of entity!) expect(text).toContain(what.display);
  }
  const { entity } = provenances.find(({ id }) => id === planted.requestId)!;
  const fieldOf = ({ extension = [] }: ProvenanceEntity) => extension.find(({ valueCode }) => valueCode)?.valueCode;
  expect(entity!.map((one) => [fieldOf(one), one.what.display])).toEqual([
    [undefined, 'Återbesök om sex veckor'],
    ['type', 'Återbesök'],
    ['time', 'om sex veckor'],
  ]);
});

test('a letter is told as the patient reads it, but for the code that is the patient’s alone', async () => {
  const { id, contents } = planted.letter;
  const letter = (await client.read({ resourceType: 'Communication', id })) as unknown as Communication;
  const [{ contentString }] = letter.payload as [{ contentString: string }];
  expect(contentString).toContain('Ändra eller avboka');
  expect(contents.answer!.code).toMatch(/\S{8,}/);
  expect(contentString).not.toContain(contents.answer!.code);
});

test('recorded sound is heard at the address of its Media by the own unit, until it is removed', async () => {
  const { dictationId } = planted;
  const media = (await client.read({ resourceType: 'Media', id: dictationId })) as unknown as Media;
  const heard = (of: Client) => fetch(media.content.url!, { headers: { authorization: bearer(of) } });
  const sound = await heard(client);
  expect([sound.headers.get('content-type'), (await sound.arrayBuffer()).byteLength]).toEqual(['audio/wav', 1000]);
  expect((await heard(await clientOf(units[1]!.id))).status).toBe(404);
  await database.owner.query(
    'set session_replication_role = replica; update dictations set sound_removed_at = now(); set session_replication_role = origin',
  );
  const gone = await heard(client);
  expect([gone.status, gone.headers.get('content-type')]).toEqual([410, 'application/fhir+json; charset=utf-8']);
  expect(await client.read({ resourceType: 'Media', id: dictationId })).not.toHaveProperty('content.url');
});

describe('another unit', () => {
  test('has its own records only, and those of this one do not exist there', async () => {
    const elsewhere = await clientOf(units[1]!.id);
    for (const type of [
      'Appointment',
      'Task',
      'ServiceRequest',
      'DocumentReference',
      'Schedule',
      'Organization',
      'Provenance',
      'CarePlan',
    ]) {
      const [here, there] = [await allOf(client, type), await allOf(elsewhere, type)];
      const ids = new Set(here.map(({ id }) => id));
      expect(there.filter(({ id }) => ids.has(id))).toEqual([]);
      const refused = await refusalOf(elsewhere.read({ resourceType: type, id: here[0]!.id! }));
      expect(refused, type).toMatchObject({ status: 404, data: { issue: [{ code: 'not-found' }] } });
      expect(await allOf(elsewhere, type, { _id: here[0]!.id! })).toEqual([]);
    }
  });
});

describe('a failure', () => {
  const refused = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${server.url}${path}`, init);
    expect(answer.headers.get('content-type')).toMatch(/^application\/fhir\+json/);
    const outcome = (await answer.json()) as OperationOutcome;
    expect(problemsOf(outcome)).toEqual([]);
    return [answer.status, outcome.issue[0]!.code, outcome.issue[0]!.details!.coding![0]!.code];
  };
  const withKey = () => ({ authorization: bearer(client) });

  test('is an OperationOutcome, whatever failed', async () => {
    const json = { ...withKey(), 'content-type': 'application/fhir+json' };
    expect(await refused('/fhir/Patient')).toEqual([401, 'login', 'NOT_SIGNED_IN']);
    expect(await refused('/fhir/Unicorn', { headers: withKey() })).toEqual([404, 'not-found', 'NOT_FOUND']);
    expect(await refused('/fhir/Patient/1', { headers: withKey() })).toEqual([404, 'not-found', 'NOT_FOUND']);
    const notJson = [406, 'not-supported', 'REQUEST_INVALID'];
    expect(await refused('/fhir/Patient?_format=xml', { headers: withKey() })).toEqual(notJson);
    const xml = { ...withKey(), accept: 'application/fhir+xml' };
    expect(await refused('/fhir/Patient', { headers: xml })).toEqual(notJson);
    expect(await refused('/fhir/metadata', { headers: xml })).toEqual(notJson);
    expect(await refused('/fhir/Task?authored-on=spring', { headers: withKey() })).toEqual([
      400,
      'invalid',
      'REQUEST_INVALID',
    ]);
    expect(await refused('/fhir/Task?_page=1_2', { headers: withKey() })).toEqual([400, 'invalid', 'REQUEST_INVALID']);
    expect(await refused('/fhir/Appointment/$find', { method: 'POST', headers: json, body: '{' })).toEqual([
      400,
      'invalid',
      'REQUEST_INVALID',
    ]);
  });

  test('is what a key for other things and an operator meet', async () => {
    const other = await clientOf(units[0]!.id, 'transcribe');
    expect(await refusalOf(other.resourceSearch({ resourceType: 'Patient' }))).toMatchObject({ status: 403 });
    const { rows } = await database.owner.query("select id from staff where 'operator' = all (account_roles) limit 1");
    const headers = await signedInAs(database.storage, rows[0].id);
    expect(await refused('/fhir/Patient', { headers: { ...headers } })).toEqual([403, 'forbidden', 'ROLE_NOT_ALLOWED']);
  });
});

test('staff who are signed in read, and post only with their page’s token', async () => {
  const { cookie, ...token } = await signedInAs(database.storage, doctorId);
  expect((await fetch(`${server.url}/fhir/Task`, { headers: { cookie } })).status).toBe(200);
  const post = (headers: Record<string, string>) =>
    fetch(`${server.url}/fhir/Task/_search`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie, ...headers },
    });
  expect((await post({})).status).toBe(403);
  expect((await post(token)).status).toBe(200);
});

const bearer = (of: Client) =>
  (of.httpClient as unknown as { authHeader: { authorization: string } }).authHeader.authorization;

function referencesIn(resource: FhirResource): string[] {
  const found: string[] = [];
  JSON.stringify(resource, (key, value) => {
    if (key === 'reference' && typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}
