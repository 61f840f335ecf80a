import { expect } from 'vitest';
import { type PatientAnswer, type PatientClient, patientClient } from '../patient-page/patient-client.ts';
import { BIRTH_DATE, type KilledClinic, type LivingServer } from './killed-clinic.ts';

/** Nothing was changed, and it may be tried again. */
export const BUSY = 503;

/** Requests of a member of the staff. */
export function staffRequests(killed: KilledClinic) {
  return {
    /** Whether it was done: one of the statuses came. A server that has too much to do is asked again; else it is a failure. */
    async send(
      { url }: LivingServer,
      path: string,
      body: object,
      version: number | undefined,
      statuses: readonly number[],
    ): Promise<boolean> {
      const answer = await fetch(url + path, {
        method: 'POST',
        headers: {
          ...killed.headers,
          'content-type': 'application/json',
          ...(version !== undefined && { 'if-match': `"${version}"` }),
        },
        body: JSON.stringify(body),
      });
      if (answer.status === BUSY) return false;
      if (!statuses.includes(answer.status)) expect(await answer.json()).toEqual({ statuses });
      return true;
    },
    /** What is stored, as it is now. */
    async rowOf<Row>(table: string, column: string, value: string): Promise<Row> {
      const rows = await killed.rows<Row>(`select * from ${table} where ${column} = $1`, value);
      expect(rows).toHaveLength(1);
      return rows[0]!;
    },
  };
}

/** The patient of a visit, who came in by the code of the letter about it. */
export async function asPatientOf(
  killed: KilledClinic,
  { url }: LivingServer,
  appointmentId: string,
): Promise<PatientClient> {
  const rows = await killed.rows<{ code: string }>(
    `select contents -> 'answer' ->> 'code' as code from letters join appointments using (chain_id)
     where appointments.id = $1 and contents ? 'answer' order by letters.created_at desc`,
    appointmentId,
  );
  const client = patientClient(url);
  const answer = await client.post('/min-tid/in', { kod: rows[0]!.code, fodelsedatum: BIRTH_DATE });
  expect([303, BUSY]).toContain(answer.status);
  return client;
}

/** Sends a form as it stands on a page, with what the patient chooses; BUSY where the page could not be had. */
export async function sendForm(
  client: PatientClient,
  { page, action, chosen = {} }: { page: string; action: string; chosen?: Readonly<Record<string, string>> },
): Promise<number> {
  const fields = client.fields(await client.get(page), action);
  if (Object.keys(fields).length === 0) return BUSY;
  return (await client.post(action, { ...fields, ...chosen })).status;
}

export function hrefsIn({ text }: PatientAnswer, path: RegExp): string[] {
  return [...text.matchAll(/href="([^"]+)"/g)]
    .map(([, href]) => href!.replaceAll('&amp;', '&'))
    .filter((href) => path.test(href));
}
