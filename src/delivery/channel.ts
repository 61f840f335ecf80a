import type { DeliveryChannel, DeliveryReason } from '../contracts/delivery.ts';
import type { Letter } from '../storage/repositories/letters.ts';

/** Where whoever the letter is for can be reached: the patient, or the guardian of a child. */
export interface Reachable {
  /** 12 digits; null where digital post does not know the number. */
  readonly personalNumber: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

/** A letter on its way through a channel. */
export interface LetterOnTheWay {
  /** The same at every attempt: the outside knows a repeat by it. */
  readonly deliveryId: string;
  readonly letter: Pick<Letter, 'id' | 'kind' | 'contents' | 'texts'>;
  readonly to: Reachable;
  /** Whether the reader has a way into the own page: a sign-in, or the code of a letter that came. */
  readonly opensPage: boolean;
}

/**
 * What came of an attempt. `ready`: somebody has to print it. `delayed`: it may be taken later. `skipped` and `failed` are
 * for good.
 */
export type Outcome =
  | { readonly is: 'sent' | 'ready' }
  | { readonly is: 'skipped'; readonly reason: Extract<DeliveryReason, 'not_configured' | 'no_address'> }
  | { readonly is: 'failed'; readonly reason: Extract<DeliveryReason, 'refused'> }
  | {
      readonly is: 'delayed';
      readonly reason: Extract<DeliveryReason, 'unreachable' | 'no_answer' | 'unavailable'>;
      readonly retryAfterMs?: number | undefined;
    };

/**
 * A way for letters to their readers. Every attempt has an end, and trouble is an outcome, not an exception. A server that
 * is killed in the middle makes the same attempt again: what cannot tell a repeat by the delivery's id gets it twice.
 */
export interface Channel {
  send(letter: LetterOnTheWay): Promise<Outcome>;
}

export type Channels = Readonly<Record<Exclude<DeliveryChannel, 'hand' | 'phone'>, Channel>>;
