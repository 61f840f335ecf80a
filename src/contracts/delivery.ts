import { z } from 'zod';
import type { Edges } from './clinic.ts';

/** What a letter is about: a time to come or to book, another time, a time that is no more, a time that is near. */
export const LETTER_KINDS = ['kallelse', 'ombokning', 'avbokning', 'paminnelse'] as const;
export const LetterKind = z.enum(LETTER_KINDS);
export type LetterKind = z.infer<typeof LetterKind>;

/** What staff send; a reminder goes by itself. */
export const StaffLetterKind = LetterKind.exclude(['paminnelse']);
export type StaffLetterKind = z.infer<typeof StaffLetterKind>;

/** `queued`: nobody was told of it yet; `replaced`: a later letter of the same chain says what holds. */
export const LETTER_STATES = ['queued', 'sent', 'read', 'stopped', 'replaced'] as const;
export const LetterState = z.enum(LETTER_STATES);
export type LetterState = z.infer<typeof LetterState>;

export const LETTER_EDGES: Edges<LetterState> = {
  queued: ['sent', 'read', 'stopped', 'replaced'],
  sent: ['read', 'stopped', 'replaced'],
  read: [],
  stopped: [],
  replaced: [],
};

/**
 * `page`: our own patient page; `notice`: an e-mail or SMS that says that there is a letter; `digital_post`: a service
 * that takes the letter itself; `print`: paper; `hand`: over the desk; `phone`: somebody has called.
 */
export const DELIVERY_CHANNELS = ['page', 'notice', 'digital_post', 'print', 'hand', 'phone'] as const;
export const DeliveryChannel = z.enum(DELIVERY_CHANNELS);
export type DeliveryChannel = z.infer<typeof DeliveryChannel>;

/** `ready`: it lies in the pile to print; `skipped`: the channel cannot reach this patient, or is not set up. */
export const DELIVERY_STATES = ['waiting', 'ready', 'sent', 'failed', 'skipped', 'stopped'] as const;
export const DeliveryState = z.enum(DELIVERY_STATES);
export type DeliveryState = z.infer<typeof DeliveryState>;

export const DELIVERY_EDGES: Edges<DeliveryState> = {
  waiting: ['ready', 'sent', 'failed', 'skipped', 'stopped'],
  ready: ['sent', 'stopped'],
  sent: [],
  failed: [],
  skipped: [],
  // It was on its way when it was stopped.
  stopped: ['sent'],
};

/**
 * Why a channel did not take a letter (the first seven) or is not to take it any more. `refused`: it will never take this
 * one; `unavailable`: it answered that it cannot take any now; `sent_otherwise`: another way was chosen by hand, or was the
 * last; `too_late`: it would come after the time that it is about, or that has been.
 */
export const DELIVERY_REASONS = [
  'not_configured',
  'no_address',
  'refused',
  'unreachable',
  'no_answer',
  'unavailable',
  'program_error',
  'read',
  'stopped',
  'replaced',
  'sent_otherwise',
  'too_late',
] as const;
export const DeliveryReason = z.enum(DELIVERY_REASONS);
export type DeliveryReason = z.infer<typeof DeliveryReason>;

/** What is put down in a letter's steps: the states of it and of its ways, and an attempt that is made again later. */
export const LETTER_STEPS = ['queued', 'read', 'replaced', 'delayed', ...DELIVERY_STATES] as const;
export const LetterStep = z.enum(LETTER_STEPS);
export type LetterStep = z.infer<typeof LetterStep>;

/** A station of a unit's chain of channels. */
export const ChainStation = z.strictObject({
  channel: DeliveryChannel.exclude(['hand', 'phone']),
  /** How long a letter that was sent is given to be read before it goes on; null: nothing comes after it. */
  waitHours: z.int().min(0).max(1000).nullable(),
});
export type ChainStation = z.infer<typeof ChainStation>;

/** By which channels a unit's letters go, in their order. */
export const ChainStations = z
  .array(ChainStation)
  .min(1, 'at least one channel')
  .refine((stations) => new Set(stations.map(({ channel }) => channel)).size === stations.length, {
    message: 'each channel once',
  });
