import { z } from 'zod';
import { Instant } from './api-forms.ts';
import { AccountRole, Id } from './clinic.ts';

/** The cookie of a session and the header that changing requests of it carry. */
export const SESSION_COOKIE = 'taltid_session';
export const CSRF_HEADER = 'x-csrf-token';

export const LoginBody = z.strictObject({
  username: z.string().trim().min(1).max(100),
  password: z.string().min(1).max(200),
});
export type LoginBody = z.infer<typeof LoginBody>;

export const LogoutBody = z.strictObject({
  /** All sessions of the account, not this one only. */
  everywhere: z.boolean().default(false),
});

/** Lower case, since it is compared without regard to it; no spaces, since it is told on the telephone. */
export const NewUsername = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\d._@-]{1,100}$/u, 'a user name of letters, digits and . _ @ -');
/** NIST SP 800-63B: length matters, rules of composition do not. */
export const MIN_PASSWORD_CHARACTERS = 12;
export const NewPassword = z
  .string()
  .min(MIN_PASSWORD_CHARACTERS, `at least ${MIN_PASSWORD_CHARACTERS} characters`)
  .max(200, 'at most 200 characters');
export const StaffNamePart = z.string().trim().min(1, 'a name').max(100, 'at most 100 characters');
export const UnitName = z.string().trim().min(1, 'a name').max(200, 'at most 200 characters');

/** By which the organisation's login names somebody or a unit; null for who has none. */
export const HsaId = z.string().trim().toUpperCase().min(1).max(100, 'at most 100 characters').nullable();

/** One's own password for another one. */
export const PasswordChange = z.strictObject({ current: z.string().min(1).max(200), password: NewPassword });
export type PasswordChange = z.infer<typeof PasswordChange>;

/** The first account, made by who has the code of the server's log. */
export const SetupBody = z.strictObject({
  code: z.string().min(1).max(200),
  unitName: UnitName,
  username: NewUsername,
  givenName: StaffNamePart,
  familyName: StaffNamePart,
  password: NewPassword,
  /** Whether this is also somebody who writes notes. */
  isClinician: z.boolean(),
});
export type SetupBody = z.infer<typeof SetupBody>;

/** Whoever uses the pages, as they show it. */
export const SignedInStaff = z.object({
  id: Id,
  username: z.string(),
  givenName: z.string(),
  familyName: z.string(),
  profession: z.string().nullable(),
  roles: z.array(AccountRole),
  units: z.array(z.object({ id: Id, name: z.string() })),
});
export type SignedInStaff = z.infer<typeof SignedInStaff>;

/** An account that the login page offers for a click. */
export const DemoAccount = SignedInStaff.pick({
  username: true,
  givenName: true,
  familyName: true,
  profession: true,
  roles: true,
}).extend({ units: z.array(z.string()) });
export type DemoAccount = z.infer<typeof DemoAccount>;

/** `GET /api/demo-accounts`: empty where they are not open. */
export const DemoAccounts = z.object({ password: z.string(), accounts: z.array(DemoAccount) });

/** `GET /api/me`: what a page must know before it shows anything. */
export const Me = z.object({
  staff: SignedInStaff.nullable(),
  /** Goes into the header of changing requests; null for nobody. */
  csrfToken: z.string().nullable(),
  /** When the session ends unless it is used. */
  expiresAt: Instant.nullable(),
  /** How long somebody stays signed in who does nothing. */
  idleMinutes: z.number().positive(),
  /** Whether all patients are made up. */
  demo: z.boolean(),
  /** Whether nobody has an account, so that the first one is to be made. */
  needsSetup: z.boolean(),
  /** Whether nothing is heard or shown here to who is not signed in, not even what is kept nowhere. */
  needsLogin: z.boolean(),
  /** Whether staff can sign in by their organisation, beside passwords. */
  organisationLogin: z.boolean(),
});
export type Me = z.infer<typeof Me>;
