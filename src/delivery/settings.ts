import type { MailServer, SignedAddress } from '../contracts/delivery-settings.ts';
import { DEFAULT_RETRY_TIMES, type RetryTimes } from '../webhooks/retry-times.ts';

const HOUR_MS = 3_600_000;

/** The outside channels of this server; each is left out where it is not set up. */
export interface DeliverySettings {
  readonly mail?: MailServer | undefined;
  readonly sms?: SignedAddress | undefined;
  readonly digitalPost?: SignedAddress | undefined;
}

/** How a letter that does not come through is tried again; one given up goes on by the next channel. */
export type DeliveryTimes = Omit<RetryTimes, 'endAfterMs'>;

/** A visit may be days away: half a day for a channel that is down, then the next one. */
export const DEFAULT_DELIVERY_TIMES: DeliveryTimes = {
  ...DEFAULT_RETRY_TIMES,
  longestDelayMs: HOUR_MS,
  giveUpAfterMs: 12 * HOUR_MS,
};
