import { z } from 'zod';
import { HsaId, NewPassword, NewUsername, StaffNamePart, UnitName } from './access-api.ts';
import { Instant } from './api-forms.ts';
import { AccountRole, Id } from './clinic.ts';

const fields = {
  givenName: StaffNamePart,
  familyName: StaffNamePart,
  /** lakare, distriktsskoterska ... as follow-ups name roles; null for who is no profession of care. */
  profession: z.string().trim().min(1).max(100).nullable(),
  roles: z.array(AccountRole),
  unitIds: z.array(Id).min(1, 'at least one unit'),
  hsaId: HsaId.optional(),
};

/** Without a password, the account is opened by a link by which its owner chooses one. */
export const NewAccount = z.strictObject({ username: NewUsername, password: NewPassword.optional(), ...fields });
export type NewAccount = z.infer<typeof NewAccount>;

/** What is absent stays as it is. */
export const AccountChanges = z.strictObject({ ...fields, active: z.boolean() }).partial();
export type AccountChanges = z.infer<typeof AccountChanges>;

export const NewPasswordBody = z.strictObject({ password: NewPassword });

/** An account as those see it who manage accounts. */
export const Account = z.object({
  id: Id,
  version: z.int(),
  username: z.string(),
  ...fields,
  unitIds: z.array(Id),
  hsaId: HsaId,
  active: z.boolean(),
  demo: z.boolean(),
  /** False until its owner has chosen one. */
  hasPassword: z.boolean(),
  /** Until when a link for choosing one holds that was not used; null without one. */
  linkExpiresAt: Instant.nullable(),
  /** Browsers that are signed in. */
  sessions: z.int().nonnegative(),
});
export type Account = z.infer<typeof Account>;
export const AccountList = z.object({ items: z.array(Account) });

/** How long a link for choosing a password holds. */
export const PASSWORD_LINK_HOURS = 72;

/** A link for choosing a password, with its token: it is shown this once, and an earlier one holds no more. */
export const MadePasswordLink = z.object({ token: z.string(), expiresAt: Instant });
export type MadePasswordLink = z.infer<typeof MadePasswordLink>;

/** Chooses a password by a link. */
export const PasswordLinkBody = z.strictObject({ token: z.string().min(1).max(200), password: NewPassword });

/** Whose password was chosen. */
export const PasswordLinkUsed = z.object({ username: z.string() });

export const NewUnit = z.strictObject({ name: UnitName });
export const UnitView = z.object({ id: Id, name: z.string() });
export type UnitView = z.infer<typeof UnitView>;
export const UnitList = z.object({ items: z.array(UnitView) });
