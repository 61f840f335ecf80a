import { randomUUID } from 'node:crypto';
import type { NoteContent } from '../../src/contracts/notes.ts';
import type { ChangedNote, NoteView } from '../../src/contracts/notes-api.ts';
import { createStaff } from '../../src/storage/repositories/staff.ts';
import { type Clinic, plantClinic } from '../storage/clinic.ts';
import type { TestDatabase } from '../storage/database.ts';
import { type RunSettings, runApp } from './running-app.ts';
import { type SignedInHeaders, signedInAs } from './signed-in.ts';

/** What a page gets back: JSON with the status and the version. */
export interface Answer<Body> {
  readonly status: number;
  readonly etag: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
  readonly body: Body & Record<string, any>;
}

/** A page of somebody's: says who it is, and which version it changes. */
export interface Page {
  get<Body = unknown>(url: string): Promise<Answer<Body>>;
  send<Body = unknown>(method: 'POST' | 'PUT', url: string, body?: unknown, version?: number): Promise<Answer<Body>>;
  readonly headers: SignedInHeaders;
}

export interface NoteWorld {
  readonly clinic: Clinic;
  readonly doctor: Page;
  readonly administrator: Page;
  /** Another clinician of the unit. */
  readonly colleague: Page & { readonly id: string };
  /** A clinician of another unit. */
  readonly stranger: Page;
  readonly url: string;
  readonly pageOf: (staffId: string) => Promise<Page>;
}

/** A server with a clinic of its own, and pages of those who work there. */
export async function openNoteWorld({ storage }: TestDatabase, settings: RunSettings = {}): Promise<NoteWorld> {
  const clinic = await plantClinic(storage, `Mottagning ${randomUUID()}`);
  const other = await plantClinic(storage, `Mottagning ${randomUUID()}`);
  const { app, url } = await runApp({ ...settings, clinic: { storage } });
  const colleague = await createStaff(
    storage.plain,
    {
      username: randomUUID(),
      givenName: 'Test',
      familyName: 'Sandberg',
      accountRoles: ['clinician'],
      profession: 'lakare',
    },
    [clinic.unitId],
  );
  const pageOf = async (staffId: string): Promise<Page> => {
    const headers = await signedInAs(storage, staffId);
    const ask = async (method: 'GET' | 'POST' | 'PUT', at: string, body?: unknown, version?: number) => {
      const answer = await app.inject({
        method,
        url: at,
        headers: { ...headers, ...(version !== undefined && { 'if-match': `"${version}"` }) },
        ...(body !== undefined && { payload: body as object }),
      });
      const isJson = String(answer.headers['content-type']).includes('json');
      return { status: answer.statusCode, etag: answer.headers.etag as string, body: isJson ? answer.json() : {} };
    };
    return {
      headers,
      get: (at) => ask('GET', at),
      send: (method, at, body, version) => ask(method, at, body, version),
    };
  };
  return {
    clinic,
    url,
    pageOf,
    doctor: await pageOf(clinic.doctor.id),
    administrator: await pageOf(clinic.administrator.id),
    colleague: { ...(await pageOf(colleague.id)), id: colleague.id },
    stranger: await pageOf(other.doctor.id),
  };
}

export function plan(text: string): NoteContent {
  return { sections: [{ id: 'planering', heading: 'Planering', text }], spans: [] };
}

export async function begin({ doctor, clinic }: NoteWorld, text: string): Promise<NoteView> {
  const { body } = await doctor.send<NoteView>('POST', '/api/notes', {
    patientId: clinic.patientId,
    content: plan(text),
  });
  return body;
}

/** Confirms every card that is undecided. */
export async function confirmAll(page: Page, noteId: string): Promise<void> {
  const { body } = await page.get<NoteView>(`/api/notes/${noteId}`);
  for (const { id, version, state, flags } of body.followUps) {
    if (state !== 'found') continue;
    const despite = flags.filter(({ route }) => route === 'clinician').map(({ name }) => name);
    await page.send('PUT', `/api/follow-ups/${id}/decision`, { decision: 'confirmed', despite }, version);
  }
}

/** Signs as the page does: what it sees now. */
export async function sign(page: Page, noteId: string, reason?: string): Promise<Answer<ChangedNote>> {
  const { body } = await page.get<NoteView>(`/api/notes/${noteId}`);
  const asked = { textVersion: body.text.version, ...(reason !== undefined && { reason }) };
  return page.send('POST', `/api/notes/${noteId}/sign`, asked, body.version);
}
