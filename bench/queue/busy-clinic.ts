import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '../../src/contracts/access.ts';
import { AppError } from '../../src/contracts/errors.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import type { AccessContext } from '../../src/storage/audited-transaction.ts';
import { requestConfirmed } from '../../src/storage/repositories/booking-requests.ts';
import { addFollowUps, changeFollowUp, listFollowUps } from '../../src/storage/repositories/follow-ups.ts';
import { createNote, signNote } from '../../src/storage/repositories/notes.ts';
import { createPatient } from '../../src/storage/repositories/patients.ts';
import { createStaff, createUnit, staffActor } from '../../src/storage/repositories/staff.ts';
import type { Storage } from '../../src/storage/storage.ts';

export const REQUESTS_A_NOTE = 4;
const CONTEXT: AccessContext = { purpose: 'care', requestId: 'bench' };
const RETRY_MS = 100;
const RETRIES = 300;
const TEXT = 'Återbesök om sex veckor.';

const REVISIT: FollowUpRequest = {
  id: 'R1',
  type: 'aterbesok',
  role: 'lakare',
  practitioner: '@author',
  time: { kind: 'om', expr: 'om sex veckor', target: '2026-04-21', mal_datum: '2026-04-28' },
};

type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** A draft whose follow-ups are all confirmed: it is signed by one transaction. */
interface Draft {
  readonly id: string;
  readonly version: number;
}

/** A unit with a doctor and an administrator, and notes to sign. */
export class BusyClinic {
  readonly #storage: Storage;
  readonly unitId: string;
  readonly doctor: StaffActor;
  readonly administrator: StaffActor;
  readonly patientId: string;
  #drafts: Draft[] = [];

  private constructor(
    storage: Storage,
    parts: { unitId: string; doctor: StaffActor; administrator: StaffActor; patientId: string },
  ) {
    this.#storage = storage;
    this.unitId = parts.unitId;
    this.doctor = parts.doctor;
    this.administrator = parts.administrator;
    this.patientId = parts.patientId;
  }

  static async found(storage: Storage): Promise<BusyClinic> {
    const { id: unitId } = await createUnit(storage.plain, { name: 'Mottagningen' });
    const account = async (role: 'clinician' | 'administrator') => {
      const person = { username: role, givenName: 'Test', familyName: role, accountRoles: [role] };
      const { id } = await createStaff(storage.plain, person, [unitId]);
      return (await staffActor(storage.plain, id))!;
    };
    const [doctor, administrator] = [await account('clinician'), await account('administrator')];
    const { id: patientId } = await storage.withAudit(doctor, CONTEXT, (transaction) =>
      createPatient(transaction, {
        unitId,
        personalNumber: '195001019803',
        personalNumberKind: 'personnummer',
        givenName: 'Åsa',
        familyName: 'Prov',
      }),
    );
    return new BusyClinic(storage, { unitId, doctor, administrator, patientId });
  }

  async writeDrafts(notes: number): Promise<void> {
    while (this.#drafts.length < notes) this.#drafts.push(await this.#writeDraft());
  }

  /** Signs one of the drafts; a database that is away is waited for, as a page does it. */
  async sign(): Promise<void> {
    const { id, version } = this.#drafts.pop()!;
    for (let tries = 1; ; tries++) {
      try {
        await this.#storage.withAudit(this.doctor, CONTEXT, async (transaction) => {
          await signNote(transaction, id, version, null);
          await requestConfirmed(transaction, id, await listFollowUps(transaction, id));
        });
        return;
      } catch (error) {
        // A commit whose answer was lost has another version when it is tried again.
        if (tries > 1 && AppError.from(error).code === 'CONFLICT') return;
        if (!AppError.from(error).retryable || tries === RETRIES) throw error;
        await delay(RETRY_MS);
      }
    }
  }

  #writeDraft(): Promise<Draft> {
    const { unitId, patientId, doctor } = this;
    return this.#storage.withAudit(doctor, CONTEXT, async (transaction) => {
      const note = await createNote(
        transaction,
        { unitId, patientId, authorId: doctor.id, writtenOn: '2026-03-10' },
        { sections: [{ id: 'planering', heading: 'Planering', text: TEXT }], spans: [] },
      );
      const chainId = randomUUID();
      const followUps = await addFollowUps(
        transaction,
        note,
        Array.from({ length: REQUESTS_A_NOTE }, (_, at) => ({
          chainId,
          requestKey: null,
          origin: 'heard' as const,
          fields: { ...REVISIT, id: `R${at + 1}` },
          sources: {},
          proposals: [],
          flags: [],
          source: { start: 0, end: TEXT.length, text: TEXT },
          route: 'auto' as const,
        })),
      );
      for (const { id, version } of followUps) await changeFollowUp(transaction, id, version, { state: 'confirmed' });
      return { id: note.id, version: note.version };
    });
  }
}
