import { z } from 'zod';
import { Id } from './clinic.ts';

/**
 * Work that a committed transaction asks for. It carries ids only; whoever does it looks at the world again. The
 * database itself writes those of requests and questions.
 */
export const OutboxMessage = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('request.created'), payload: z.object({ requestId: Id }) }),
  z.object({ topic: z.literal('request.withdrawn'), payload: z.object({ requestId: Id }) }),
  z.object({ topic: z.literal('question.asked'), payload: z.object({ questionId: Id }) }),
  z.object({ topic: z.literal('question.answered'), payload: z.object({ questionId: Id }) }),
  z.object({ topic: z.literal('task.waiting'), payload: z.object({ taskId: Id }) }),
  z.object({ topic: z.literal('note.signed'), payload: z.object({ noteId: Id }) }),
  z.object({ topic: z.literal('dictation.received'), payload: z.object({ dictationId: Id }) }),
  z.object({ topic: z.literal('webhook.due'), payload: z.object({ deliveryId: Id }) }),
  z.object({ topic: z.literal('letter.due'), payload: z.object({ deliveryId: Id }) }),
  z.object({ topic: z.literal('time.freed'), payload: z.object({ freedTimeId: Id }) }),
  z.object({ topic: z.literal('offer.made'), payload: z.object({ offerId: Id }) }),
  z.object({ topic: z.literal('reminder.due'), payload: z.object({ reminderId: Id }) }),
]);
export type OutboxMessage = z.infer<typeof OutboxMessage>;
export type OutboxTopic = OutboxMessage['topic'];

/** Things whose changes are told to pages and webhooks. The database writes an event for each change of state. */
export const EVENT_OBJECTS = [
  'note',
  'follow_up',
  'request',
  'task',
  'question',
  'encounter',
  'dictation',
  'appointment',
  'letter',
  // a letter's way through one channel
  'letter_delivery',
  // what a unit has set up: resources, visit types, templates, closures
  'calendar',
] as const;
export const EventObject = z.enum(EVENT_OBJECTS);
export type EventObject = z.infer<typeof EventObject>;

/** What happened, without a word of why or about whom: a reader with the right to it fetches the object. */
export const DomainEvent = z.object({
  id: z.int(),
  at: z.date(),
  object: EventObject,
  objectId: Id,
  /** `created`, or `changed` when a state, claim or version moved. */
  change: z.enum(['created', 'changed', 'deleted']),
  state: z.string().nullable(),
  fromState: z.string().nullable(),
  unitId: Id,
  patientId: Id.nullable(),
  /** The tasks that it belongs to; null for what belongs to none. */
  chainId: Id.nullable(),
  actorKind: z.string(),
  actorId: z.string(),
});
export type DomainEvent = z.infer<typeof DomainEvent>;
