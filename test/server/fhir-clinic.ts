import type { Bundle, FhirResource } from 'fhir/r4.js';
import { Client } from 'fhir-kit-client';
import type pg from 'pg';
import { makeApiKey } from '../../src/access/api-keys.ts';
import type { ApiScope } from '../../src/contracts/access.ts';
import type { SoundStore } from '../../src/recorded/sound-store.ts';
import type { Letter } from '../../src/storage/repositories/letters.ts';
import { staffActor } from '../../src/storage/repositories/staff.ts';
import { addUtterance } from '../../src/storage/repositories/utterances.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { plantBooked, sendLetter } from '../delivery/planted-letter.ts';
import { record } from '../recorded/recorder.ts';
import { type Clinic, CONTEXT, confirmAndSign, newFollowUp, plantDraft } from '../storage/clinic.ts';

const DAY_MS = 86_400_000;

/** A FHIR client with a key of a unit. */
export async function fhirClient(
  storage: Storage,
  url: string,
  { unitId, ownerId, scopes }: { unitId: string; ownerId: string; scopes: ApiScope[] },
): Promise<Client> {
  const key = { name: 'Journalsystemet', unitId, ownerId, scopes, expiresAt: new Date(Date.now() + DAY_MS) };
  const { token } = await makeApiKey(storage.plain, key);
  return new Client({ baseUrl: `${url}/fhir`, bearerToken: token });
}

/** All that a search finds, page after page. */
export async function allOf(
  client: Client,
  resourceType: string,
  searchParams: Record<string, string> = {},
): Promise<FhirResource[]> {
  const found: FhirResource[] = [];
  let page = (await client.resourceSearch({ resourceType, searchParams })) as unknown as
    | Bundle<FhirResource>
    | undefined;
  while (page !== undefined) {
    found.push(...(page.entry ?? []).flatMap(({ resource, search }) => (search?.mode === 'match' ? resource! : [])));
    page = (await client.nextPage({ bundle: page as never })) as unknown as Bundle<FhirResource> | undefined;
  }
  return found;
}

/** How an operation or a search was refused. */
export async function refusalOf(asked: Promise<unknown>): Promise<{ status: number; data: unknown }> {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return (error as { response: { status: number; data: unknown } }).response;
}

/** What was planted in the demo clinic: sound, a letter, and a request whose words are known. */
export interface PlantedRest {
  readonly requestId: string;
  readonly dictationId: string;
  readonly letter: Letter;
}

/** What the demo clinic has not: sound, a letter, and words for each field of a request. */
export async function plantRest(storage: Storage, owner: pg.Client, sounds: SoundStore): Promise<PlantedRest> {
  const idOf = async (query: string): Promise<string> => (await owner.query<{ id: string }>(query)).rows[0]!.id;
  const unitId = await idOf('select id from units order by created_at limit 1');
  const actorOf = async (username: string) =>
    (await staffActor(storage.plain, await idOf(`select id from staff where username = '${username}'`)))!;
  const clinic: Clinic = {
    unitId,
    doctor: { ...(await actorOf('lind')), unitIds: [unitId] },
    administrator: { ...(await actorOf('lind')), unitIds: [unitId] },
    patientId: await idOf(`select id from patients where unit_id = '${unitId}' and not protected_identity limit 1`),
  };
  const ofLind = `from resources join staff on staff.id = staff_id where username = 'lind' and unit_id = '${unitId}'`;
  const calendar = {
    doctorId: await idOf(`select resources.id ${ofLind}`),
    visitTypeId: await idOf(`select id from visit_types where unit_id = '${unitId}' and name = 'Återbesök läkare'`),
    labId: '',
    roomId: '',
    labTypeId: '',
  };
  const letter = await sendLetter(storage, { clinic, calendar }, await plantBooked(storage, { clinic, calendar }, 200));
  const words = (text: string, start: number) => [{ start, end: start + text.length, text }];
  const found = newFollowUp({
    sources: { type: words('Återbesök', 11), time: words('om sex veckor', 21) },
    source: words('Återbesök om sex veckor', 11)[0]!,
  });
  const { note } = await plantDraft(storage, clinic, [found]);
  const [request] = await storage.withAudit(clinic.doctor, CONTEXT, async (transaction) => {
    const spoken = {
      liveSessionId: crypto.randomUUID(),
      number: 0,
      startSeconds: 0,
      endSeconds: 2.5,
      text: 'Återbesök',
    };
    await addUtterance(transaction, { ...spoken, noteId: note.id, unitId, words: [] });
    return confirmAndSign(transaction, note.id);
  });
  const { id: dictationId } = await record({ storage, sounds }, clinic);
  // What a clinic has by and by: HSA-ids, a visit in a room, a letter that went out and was read.
  await owner.query(`
    set session_replication_role = replica;
    update units set hsa_id = 'SE2321000016-' || upper(left(id::text, 4));
    update staff set hsa_id = 'SE2321000016-' || upper(left(id::text, 8));
    update appointments set other_resource_ids = array[room.id]
      from (select id, unit_id from resources where kind = 'room' and unit_id = '${unitId}' limit 1) as room
      where appointments.unit_id = room.unit_id;
    update letters set state = 'read', read_at = now();
    insert into letter_steps (letter_id, unit_id, patient_id, step, at, actor_kind, actor_id)
      select id, unit_id, patient_id, 'sent', now(), 'system', 'test' from letters;
    set session_replication_role = origin`);
  return { requestId: request!.id, dictationId, letter };
}
