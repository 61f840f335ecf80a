import type { ColumnType, Generated } from 'kysely';
import type { ApiScope } from '../../contracts/access.ts';
import type { AccountRole, EncounterKind, EncounterState, PersonalNumberKind } from '../../contracts/clinic.ts';
import type { ChainStation } from '../../contracts/delivery.ts';
import type { UnitDefaults } from '../../contracts/followup.ts';
import type { Filled, Json, JsonOrNull, JsonWithDefault, Versioned } from './columns.ts';

export interface SettingsTable {
  key: string;
  value: Json<unknown>;
}

export interface UnitsTable extends Versioned {
  id: Generated<string>;
  name: string;
  hsaId: string | null;
  phone: string | null;
  /** "vardagar kl. 8.00–10.00". */
  phoneHours: string | null;
  address: string | null;
  /** From the street to the reception. */
  directions: string | null;
  defaults: JsonOrNull<Omit<UnitDefaults, 'staff'>>;
  letterChain: JsonWithDefault<readonly ChainStation[]>;
  /** Takes over what others leave unsigned or unanswered. */
  deputyId: string | null;
  remindAfterHours: Generated<number>;
  passOnAfterHours: Generated<number>;
  /** From then on the whole unit sees what is unsigned. */
  leftAfterHours: Generated<number>;
  /** Working days before a visit; null where nobody is reminded. */
  remindVisitsDays: ColumnType<number | null, number | null | undefined, number | null>;
  seriesAheadMonths: Generated<number>;
  demo: Generated<boolean>;
}

export interface StaffTable extends Versioned {
  id: Generated<string>;
  /** In lower case. */
  username: string;
  givenName: string;
  familyName: string;
  /** lakare, distriktsskoterska ... */
  profession: string | null;
  hsaId: string | null;
  /** argon2id; null for who cannot sign in by a password. */
  passwordHash: string | null;
  accountRoles: AccountRole[];
  active: Generated<boolean>;
  demo: Generated<boolean>;
}

export interface StaffUnitsTable {
  staffId: string;
  unitId: string;
}

export interface SessionsTable {
  /** SHA-256 of the cookie's token. */
  tokenHash: Buffer;
  staffId: string;
  /** Of a login in a commission of healthcare, which is at one unit. */
  commissionUnitId: ColumnType<string | null, string | null | undefined, never>;
  csrfHash: Buffer;
  createdAt: ColumnType<Date, Date | undefined, never>;
  lastSeenAt: ColumnType<Date, Date | undefined, Date>;
  expiresAt: Date;
}

export interface PasswordLinksTable {
  staffId: string;
  /** SHA-256 of the link's token. */
  tokenHash: Buffer;
  madeBy: string;
  expiresAt: Date;
  createdAt: Filled<Date>;
}

export interface LoginAttemptsTable {
  /** SHA-256 of the account's name or of the address. */
  key: Buffer;
  attempts: number;
  since: Date;
}

export interface ApiKeysTable {
  id: Generated<string>;
  tokenHash: Buffer;
  name: string;
  ownerId: string;
  unitId: string;
  scopes: ApiScope[];
  createdAt: Filled<Date>;
  expiresAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

export interface PatientsTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  /** 12 digits; a reservnummer as its region writes it. */
  personalNumber: string;
  personalNumberKind: PersonalNumberKind;
  givenName: string;
  familyName: string;
  /** YYYY-MM-DD. */
  birthDate: string | null;
  protectedIdentity: Generated<boolean>;
  /** ISO 639. */
  interpreterLanguage: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  guardianId: string | null;
  demo: Generated<boolean>;
  familySearch: Filled<string>;
  givenSearch: Filled<string>;
}

export interface PatientUnitsTable {
  patientId: string;
  unitId: string;
}

export interface EncountersTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  patientId: string;
  staffId: string;
  kind: EncounterKind;
  state: Generated<EncounterState>;
  startsAt: Date;
  endsAt: Date;
}
