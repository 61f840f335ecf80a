import type { Storage } from '../../storage/storage.ts';

export interface QueueRouteParts {
  readonly storage: Storage;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now?: () => number;
}

/** Whose page the queue is: in a small clinic whoever gives the care books, too. */
export const QUEUE_ROLES = ['administrator', 'clinician'] as const;
