import type { FastifyInstance } from 'fastify';
import type { OpenIdProvider } from '../access/openid/provider.ts';
import type { DeliverySettings } from '../delivery/settings.ts';
import type { LiveSessions } from '../live/sessions.ts';
import type { BookingQueue } from '../queue/booking-queue.ts';
import type { SoundStore } from '../recorded/sound-store.ts';
import type { WebhookHosts } from '../webhooks/hosts.ts';
import type { AccessParts } from './access.ts';
import { EventStream } from './event-stream.ts';
import { fhirRoutes } from './fhir/fhir-routes.ts';
import { appointmentRoutes, taskTimeRoutes } from './routes/appointments.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { calendarSetupRoutes } from './routes/calendar-setup.ts';
import { colleagueRoutes } from './routes/colleagues.ts';
import { postReadRoutes, printRoutes } from './routes/deliveries.ts';
import { dictationRoutes } from './routes/dictations.ts';
import { eventRoutes } from './routes/events.ts';
import { exchangeRoutes } from './routes/exchange.ts';
import { exportRoutes } from './routes/exports.ts';
import { issuedLetterRoutes } from './routes/issued-letters.ts';
import { letterChainRoutes } from './routes/letter-chain.ts';
import { letterTextRoutes } from './routes/letter-texts.ts';
import { letterRoutes } from './routes/letters.ts';
import { moveCheckRoutes } from './routes/move-checks.ts';
import { noShowRoutes } from './routes/no-shows.ts';
import { noteRoutes } from './routes/notes.ts';
import { operationsRoutes } from './routes/operations.ts';
import { operationsBoardRoutes } from './routes/operations-board.ts';
import { patientPageRoutes } from './routes/patient-page.ts';
import { patientPlanStaffRoutes } from './routes/patient-plan-staff.ts';
import { questionRoutes } from './routes/questions.ts';
import { queueRoutes } from './routes/queue.ts';
import { sickDayRoutes } from './routes/sick-days.ts';
import { slotTemplateRoutes } from './routes/slot-templates.ts';
import { taskEndingRoutes } from './routes/task-endings.ts';
import { taskLetterRoutes } from './routes/task-letters.ts';
import { taskWishRoutes } from './routes/task-wishes.ts';
import { unitContactRoutes } from './routes/unit-contact.ts';
import { visitTypeRoutes } from './routes/visit-types.ts';
import { vocabularyRoutes } from './routes/vocabulary.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { spokenSound } from './spoken-sound.ts';
import { type ClinicVocabulary, NO_VOCABULARY } from './vocabulary/vocabulary-lists.ts';

/** What the clinic's own pages and interfaces stand on, beside speech. */
export interface ClinicParts extends AccessParts {
  /** The job queue, for operators; its work goes on without anybody looking. */
  readonly queue?: BookingQueue;
  /** The words that the recogniser is told to expect. */
  readonly vocabulary?: ClinicVocabulary;
  /** Where the sound of recorded dictations is kept; without it none are taken in. */
  readonly sounds?: SoundStore;
  /** Hosts that webhooks may be sent to. */
  readonly webhookHosts?: WebhookHosts;
  /** The service that letters go to as digital post. */
  readonly digitalPost?: DeliverySettings['digitalPost'];
  /** Where patients sign in. */
  readonly patientLogin?: OpenIdProvider | undefined;
}

/** Everything that needs the database; words are heard again from live sessions and recordings. */
export async function addClinic(app: FastifyInstance, parts: ClinicParts, live?: LiveSessions): Promise<void> {
  const { storage } = parts;
  await app.register(queueRoutes, parts);
  for (const routes of [
    taskTimeRoutes,
    appointmentRoutes,
    taskEndingRoutes,
    taskWishRoutes,
    calendarRoutes,
    calendarSetupRoutes,
    visitTypeRoutes,
    moveCheckRoutes,
    slotTemplateRoutes,
    noShowRoutes,
    exportRoutes,
    exchangeRoutes,
    issuedLetterRoutes,
    printRoutes,
    letterChainRoutes,
    letterTextRoutes,
    unitContactRoutes,
  ]) {
    await app.register(routes, { storage });
  }
  await app.register(letterRoutes, { storage, publicUrl: parts.publicUrl });
  await app.register(taskLetterRoutes, { storage, publicUrl: parts.publicUrl });
  await app.register(sickDayRoutes, { storage, publicUrl: parts.publicUrl });
  await app.register(postReadRoutes, { storage, digitalPost: parts.digitalPost });
  await app.register(noteRoutes, { storage, sound: spokenSound(live?.sound, parts.sounds) });
  await app.register(colleagueRoutes, { storage });
  await app.register(questionRoutes, { storage });
  await app.register(patientPlanStaffRoutes, { storage, publicUrl: parts.publicUrl });
  await app.register(patientPageRoutes, {
    storage,
    patientLogin: parts.patientLogin,
    publicUrl: parts.publicUrl,
  });
  await app.register(vocabularyRoutes, { storage, vocabulary: parts.vocabulary ?? NO_VOCABULARY });
  if (parts.sounds) await app.register(dictationRoutes, { storage, sounds: parts.sounds });
  await app.register(webhookRoutes, { storage, hosts: parts.webhookHosts ?? [] });
  await app.register(eventRoutes, { events: new EventStream(storage) });
  await app.register(fhirRoutes, { storage, sounds: parts.sounds });
  if (parts.queue) {
    await app.register(operationsRoutes, { storage, queue: parts.queue });
    await app.register(operationsBoardRoutes, { queue: parts.queue });
  }
}
