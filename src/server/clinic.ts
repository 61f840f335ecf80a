import type { FastifyInstance } from 'fastify';
import type { BookingQueue } from '../queue/booking-queue.ts';
import type { AccessParts } from './access.ts';
import { EventStream } from './event-stream.ts';
import { eventRoutes } from './routes/events.ts';
import { noteRoutes } from './routes/notes.ts';
import { operationsRoutes } from './routes/operations.ts';
import { operationsBoardRoutes } from './routes/operations-board.ts';
import { questionRoutes } from './routes/questions.ts';
import { queueRoutes } from './routes/queue.ts';

/** What the clinic's own pages and interfaces stand on, beside speech. */
export interface ClinicParts extends AccessParts {
  /** The job queue, for operators; its work goes on without anybody looking. */
  readonly queue?: BookingQueue;
}

/** Everything that needs the database. */
export async function addClinic(app: FastifyInstance, parts: ClinicParts): Promise<void> {
  const { storage } = parts;
  await app.register(queueRoutes, parts);
  await app.register(noteRoutes, { storage });
  await app.register(questionRoutes, { storage });
  await app.register(eventRoutes, { events: new EventStream(storage) });
  if (parts.queue) {
    await app.register(operationsRoutes, { storage, queue: parts.queue });
    await app.register(operationsBoardRoutes, { queue: parts.queue });
  }
}
