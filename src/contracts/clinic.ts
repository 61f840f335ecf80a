import { z } from 'zod';

/** Every row that others refer to has a UUID for its key. */
export const Id = z.uuid();
export type Id = z.infer<typeof Id>;

/** What an account may do; one person can have several. */
export const ACCOUNT_ROLES = ['clinician', 'administrator', 'operator'] as const;
export const AccountRole = z.enum(ACCOUNT_ROLES);
export type AccountRole = z.infer<typeof AccountRole>;

/** Reservnummer are given by a region to who has no personnummer yet, and have no form that all share. */
export const PERSONAL_NUMBER_KINDS = ['personnummer', 'samordningsnummer', 'reservnummer'] as const;
export const PersonalNumberKind = z.enum(PERSONAL_NUMBER_KINDS);
export type PersonalNumberKind = z.infer<typeof PersonalNumberKind>;

/** How the patient and the clinic meet. The names are those of the follow-up schema. */
export const ENCOUNTER_KINDS = ['nybesok', 'aterbesok', 'telefon', 'video', 'hembesok', 'mote', 'annat'] as const;
export const EncounterKind = z.enum(ENCOUNTER_KINDS);
export type EncounterKind = z.infer<typeof EncounterKind>;

export const ENCOUNTER_STATES = ['planned', 'arrived', 'done', 'missed', 'cancelled'] as const;
export const EncounterState = z.enum(ENCOUNTER_STATES);
export type EncounterState = z.infer<typeof EncounterState>;

/** Where a state may go. The database holds the same edges (`state_edges`), and a test compares them. */
export type Edges<State extends string> = Readonly<Record<State, readonly State[]>>;

export const ENCOUNTER_EDGES: Edges<EncounterState> = {
  planned: ['arrived', 'missed', 'cancelled'],
  arrived: ['done'],
  done: [],
  missed: ['planned'],
  cancelled: [],
};
