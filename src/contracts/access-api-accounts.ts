import { z } from 'zod';
import { NewPassword, NewUsername, StaffNamePart, UnitName } from './access-api.ts';
import { AccountRole, Id } from './clinic.ts';

const fields = {
  givenName: StaffNamePart,
  familyName: StaffNamePart,
  /** lakare, distriktsskoterska ... as follow-ups name roles; null for who is no profession of care. */
  profession: z.string().trim().min(1).max(100).nullable(),
  roles: z.array(AccountRole),
  unitIds: z.array(Id).min(1, 'at least one unit'),
};

export const NewAccount = z.strictObject({ username: NewUsername, password: NewPassword, ...fields });

/** What is absent stays as it is. */
export const AccountChanges = z.strictObject({ ...fields, active: z.boolean() }).partial();

export const NewPasswordBody = z.strictObject({ password: NewPassword });

/** An account as those see it who manage accounts. */
export const Account = z.object({
  id: Id,
  version: z.int(),
  username: z.string(),
  ...fields,
  unitIds: z.array(Id),
  active: z.boolean(),
  demo: z.boolean(),
});
export type Account = z.infer<typeof Account>;
export const AccountList = z.object({ items: z.array(Account) });

export const NewUnit = z.strictObject({ name: UnitName });
export const UnitView = z.object({ id: Id, name: z.string() });
export const UnitList = z.object({ items: z.array(UnitView) });
