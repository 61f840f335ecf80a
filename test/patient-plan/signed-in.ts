import { OpenIdProvider } from '../../src/access/openid/provider.ts';
import { PATIENT_OPENID_PATHS } from '../../src/contracts/openid.ts';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { changePatient, createPatient, patientById } from '../../src/storage/repositories/patients.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { type Accounts, type OpenIdServer, startOpenIdServer } from '../access/openid-server.ts';
import { SmallBrowser } from '../access/small-browser.ts';
import { type RunningApp, runApp } from '../server/running-app.ts';
import type { ScriptedTranscriber } from '../server/scripted-transcriber.ts';
import { type Clinic, CONTEXT, madeUpNumber } from '../storage/clinic.ts';

/** As the provider knows the server; the test goes there by the port that it has. */
const PUBLIC_URL = 'http://localhost:8420';
const TIMEOUT_MS = 1_000;

export interface ServedPatients {
  readonly provider: OpenIdServer;
  readonly running: RunningApp<ScriptedTranscriber>;
  /** A browser that has signed in as an account of the provider: where it came out, and what it was told. */
  signIn(account: string): Promise<{ browser: SmallBrowser; answer: Response; text: string }>;
}

/** A server whose patients sign in by a provider, where each account has some claims. */
export async function servePatients(storage: Storage, accounts: Accounts): Promise<ServedPatients> {
  const provider = await startOpenIdServer({ accounts, backTo: () => [PUBLIC_URL + PATIENT_OPENID_PATHS.back] });
  const patientLogin = new OpenIdProvider(provider.settings, TIMEOUT_MS);
  const running = await runApp({ clinic: { storage, patientLogin, publicUrl: PUBLIC_URL } });
  return {
    provider,
    running,
    async signIn(account) {
      const browser = new SmallBrowser();
      const back = await browser.signInAs(account, running.url + PATIENT_OPENID_PATHS.begin, PUBLIC_URL);
      const answer = await browser.fetch(back.replace(PUBLIC_URL, running.url));
      return { browser, answer, text: await answer.text() };
    },
  };
}

export async function numberOfPatient(storage: Storage, { administrator, patientId }: Clinic): Promise<string> {
  const { personalNumber } = await storage.withAudit(administrator, CONTEXT, (transaction) =>
    patientById(transaction, patientId),
  );
  return personalNumber;
}

/** A child of a clinic's patient, of an age in years, with a time of its own to come. */
export async function plantChild(
  storage: Storage,
  clinic: Clinic,
  { givenName, years }: { givenName: string; years: number },
): Promise<Clinic> {
  const { id } = await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
    createPatient(transaction, {
      unitId: clinic.unitId,
      personalNumber: madeUpNumber(),
      personalNumberKind: 'personnummer',
      givenName,
      familyName: 'Prov',
      birthDate: birthDateAt(years),
      guardianId: clinic.patientId,
    }),
  );
  return { ...clinic, patientId: id };
}

/** Makes a patient as old as a number of years. */
export async function bornAgain(
  storage: Storage,
  { administrator, patientId }: Clinic,
  { years }: { years: number },
): Promise<void> {
  await storage.withAudit(administrator, CONTEXT, async (transaction) => {
    const { version } = await patientById(transaction, patientId);
    await changePatient(transaction, patientId, version, { birthDate: birthDateAt(years) });
  });
}

/** The day after a birthday. */
function birthDateAt(years: number): string {
  const yesterday = addDays(stockholmClockAt(Date.now()).date, -1);
  return `${Number(yesterday.slice(0, 4)) - years}${yesterday.slice(4)}`;
}
