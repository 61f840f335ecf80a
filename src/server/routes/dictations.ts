import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parsePersonalNumber } from '../../access/personal-number.ts';
import { Id } from '../../contracts/clinic.ts';
import {
  DictationForm,
  DictationPage,
  DictationQuery,
  DictationsUnderWay,
  DictationView,
} from '../../contracts/dictations-api.ts';
import { AppError } from '../../contracts/errors.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { receiveRecording } from '../../recorded/receive.ts';
import type { PatientReference } from '../../recorded/references.ts';
import type { SoundStore } from '../../recorded/sound-store.ts';
import { viewDictation, viewDictations } from '../../recorded/view.ts';
import { listProgress } from '../../storage/repositories/dictation-upkeep.ts';
import type { Storage } from '../../storage/storage.ts';
import { type ApiKeyActor, accessContext, type StaffActor } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { type DictationUpload, idempotencyKeyOf, receiveUpload } from '../dictation-upload.ts';
import { page, sinceAndId } from '../page-cursor.ts';
import { RequestError } from '../request-error.ts';
import { dictationChangeRoutes } from './dictation-changes.ts';

export const DICTATION_ROLES = ['clinician', 'administrator'] as const;
const READING_SCOPES = ['dictations:read'] as const;
/** A sender's clock may be this wrong. */
const CLOCK_ERROR_MS = 24 * 3_600_000;

const UploadForm = DictationForm.extend({
  audio: z.string().meta({ format: 'binary', description: 'The recording, in any format that is read.' }),
});

export interface DictationRouteParts {
  readonly storage: Storage;
  readonly sounds: SoundStore;
}

/** Recorded dictations: taking them in and telling of them here; what staff do with them beside. */
export async function dictationRoutes(app: FastifyInstance, parts: DictationRouteParts): Promise<void> {
  const { storage, sounds } = parts;
  await app.register(multipart, { throwFileSizeLimit: false });

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/dictations',
      summary: 'Takes a recorded dictation in; `Idempotency-Key` makes the same one sent twice one',
      roles: DICTATION_ROLES,
      scopes: ['dictations:write'],
      form: UploadForm,
      answers: DictationView,
      status: 202,
    },
    async ({ request, reply, actor }) => {
      const idempotencyKey = idempotencyKeyOf(request);
      const upload = await receiveUpload(request, sounds);
      const view = await putDown(request, actor, upload, idempotencyKey).catch(async (error: unknown) => {
        // Where it is not certain that nothing was put down, the sound stays until it is seen to be nobody's.
        if (error instanceof AppError && !error.retryable && error.code !== 'INTERNAL') await sounds.remove(upload.id);
        throw error;
      });
      if (view.id !== upload.id) await sounds.remove(upload.id);
      reply.header('location', `/api/dictations/${view.id}`);
      return view;
    },
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/dictations',
      summary: 'Recorded dictations, the newest first',
      roles: DICTATION_ROLES,
      scopes: READING_SCOPES,
      query: DictationQuery,
      answers: DictationPage,
    },
    ({ request, actor, query: { state: states, mine, limit, after: from } }) => {
      const after = sinceAndId(from);
      return storage.withAudit(actor, accessContext(request, 'care'), async (transaction) => {
        const staffId = mine ? transaction.staffId : undefined;
        const views = await viewDictations(transaction, { states, staffId, after, limit: limit + 1 });
        return page(views, limit, ({ receivedAt }) => receivedAt);
      });
    },
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/dictations/progress',
      summary: 'How far the dictations are that are transcribed just now',
      roles: DICTATION_ROLES,
      scopes: READING_SCOPES,
      answers: DictationsUnderWay,
    },
    ({ request, actor }) =>
      storage.withAudit(actor, accessContext(request, 'care'), async (transaction) => ({
        items: await listProgress(transaction),
      })),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/dictations/:id',
      summary: 'A recorded dictation: its state, how far it is, its note, or why there is none',
      roles: DICTATION_ROLES,
      scopes: READING_SCOPES,
      params: z.object({ id: Id }),
      answers: DictationView,
    },
    ({ request, actor, params }) =>
      storage.withAudit(actor, accessContext(request, 'care'), (transaction) => viewDictation(transaction, params.id)),
  );

  await app.register(dictationChangeRoutes, parts);

  async function putDown(
    request: FastifyRequest,
    actor: StaffActor | ApiKeyActor,
    { id, form, bodyHash, sizeBytes: soundBytes, soundType }: DictationUpload,
    idempotencyKey: string,
  ): Promise<DictationView> {
    const now = new Date();
    const { patient, author, unit, encounter, recordedAt = now, ...wishes } = form;
    if (recordedAt.getTime() > now.getTime() + CLOCK_ERROR_MS) throw refused('recordedAt', 'a time that has passed');
    const references = { patient: patientReference(patient, now), author, unit, encounterId: encounter };
    const recording = { ...references, id, idempotencyKey, bodyHash, recordedAt, wishes, soundBytes, soundType };
    return storage.withAudit(actor, accessContext(request, 'care'), async (transaction) => {
      const dictation = await receiveRecording(transaction, recording, now);
      return viewDictation(transaction, dictation.id);
    });
  }
}

/** An id, or a personal number in any common form. Throws REQUEST_INVALID, and does not tell what came. */
function patientReference(text: string, now: Date): PatientReference {
  if (Id.safeParse(text).success) return { id: text };
  try {
    return { personalNumber: parsePersonalNumber(text, stockholmClockAt(now.getTime()).date).number };
  } catch {
    throw refused('patient', 'an id, or a personal number with its check digit');
  }
}

function refused(param: string, expected: string): RequestError {
  return new RequestError('REQUEST_INVALID', `the value of "${param}" is not usable`, { param, expected });
}
