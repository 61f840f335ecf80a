import type { FastifyInstance } from 'fastify';
import type { LiveSessions } from '../live/sessions.ts';
import type { BookingQueue } from '../queue/booking-queue.ts';
import type { SoundStore } from '../recorded/sound-store.ts';
import type { WebhookHosts } from '../webhooks/hosts.ts';
import type { AccessParts } from './access.ts';
import { EventStream } from './event-stream.ts';
import { appointmentRoutes, taskTimeRoutes } from './routes/appointments.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { calendarSetupRoutes } from './routes/calendar-setup.ts';
import { colleagueRoutes } from './routes/colleagues.ts';
import { dictationRoutes } from './routes/dictations.ts';
import { eventRoutes } from './routes/events.ts';
import { letterRoutes } from './routes/letters.ts';
import { noteRoutes } from './routes/notes.ts';
import { operationsRoutes } from './routes/operations.ts';
import { operationsBoardRoutes } from './routes/operations-board.ts';
import { questionRoutes } from './routes/questions.ts';
import { queueRoutes } from './routes/queue.ts';
import { slotTemplateRoutes } from './routes/slot-templates.ts';
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
}

/** Everything that needs the database; words are heard again from live sessions and recordings. */
export async function addClinic(app: FastifyInstance, parts: ClinicParts, live?: LiveSessions): Promise<void> {
  const { storage } = parts;
  await app.register(queueRoutes, parts);
  for (const routes of [
    taskTimeRoutes,
    appointmentRoutes,
    calendarRoutes,
    calendarSetupRoutes,
    slotTemplateRoutes,
    letterRoutes,
  ]) {
    await app.register(routes, { storage });
  }
  await app.register(noteRoutes, { storage, sound: spokenSound(live?.sound, parts.sounds) });
  await app.register(colleagueRoutes, { storage });
  await app.register(questionRoutes, { storage });
  await app.register(vocabularyRoutes, { storage, vocabulary: parts.vocabulary ?? NO_VOCABULARY });
  if (parts.sounds) await app.register(dictationRoutes, { storage, sounds: parts.sounds });
  await app.register(webhookRoutes, { storage, hosts: parts.webhookHosts ?? [] });
  await app.register(eventRoutes, { events: new EventStream(storage) });
  if (parts.queue) {
    await app.register(operationsRoutes, { storage, queue: parts.queue });
    await app.register(operationsBoardRoutes, { queue: parts.queue });
  }
}
