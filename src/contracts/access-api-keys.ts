import { z } from 'zod';
import { ApiScope } from './access.ts';
import { Instant } from './api-forms.ts';
import { Id } from './clinic.ts';

/** Keys are renewed, not forgotten. */
export const MAX_KEY_DAYS = 400;

export const NewApiKey = z.strictObject({
  /** What it is for, as the list shows it. */
  name: z.string().trim().min(1, 'a name').max(200, 'at most 200 characters'),
  /** The unit that it works at. */
  unitId: Id,
  scopes: z.array(ApiScope).min(1, 'at least one scope'),
  validDays: z.int().min(1).max(MAX_KEY_DAYS, `at most ${MAX_KEY_DAYS} days`),
});
export type NewApiKey = z.infer<typeof NewApiKey>;

/** A key as it is listed, without what opens anything. */
export const ApiKeyView = z.object({
  id: Id,
  name: z.string(),
  unitId: Id,
  /** Whoever made it answers for it: it ends with that account, and with that account's work at the unit. */
  ownerId: Id,
  ownerName: z.string(),
  /** False when the account is closed or works at the unit no more, so that the key does not hold. */
  isAnswered: z.boolean(),
  scopes: z.array(ApiScope),
  createdAt: Instant,
  expiresAt: Instant,
  revokedAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
});
export type ApiKeyView = z.infer<typeof ApiKeyView>;
export const ApiKeyList = z.object({ items: z.array(ApiKeyView) });

/** A key that was just made, with its token: it is shown this once. */
export const MadeApiKey = ApiKeyView.extend({ token: z.string() });
export type MadeApiKey = z.infer<typeof MadeApiKey>;
