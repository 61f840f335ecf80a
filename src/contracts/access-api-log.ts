import { z } from 'zod';
import { AuditEvent } from './access.ts';
import { Instant, pageOf, pageQuery } from './api-forms.ts';
import { Id, PersonalNumberKind } from './clinic.ts';

export const MIN_SEARCH_CHARACTERS = 2;

export const PatientSearch = z.object({
  /** Beginnings of names, or of a personal number (four digits or more). */
  search: z
    .string()
    .trim()
    .min(MIN_SEARCH_CHARACTERS, `at least ${MIN_SEARCH_CHARACTERS} characters of a name or number`)
    .max(100),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

/** A patient as a search finds one. */
export const FoundPatient = z.object({
  id: Id,
  protectedIdentity: z.boolean(),
  /** Null with a protected identity: it is opened knowingly, by PatientIdentity. */
  name: z.string().nullable(),
  /** The personal number without its last four characters; null with a protected identity. */
  numberBegins: z.string().nullable(),
});
export type FoundPatient = z.infer<typeof FoundPatient>;
export const FoundPatients = z.object({ items: z.array(FoundPatient) });

/** Who a patient is, in full; opening it is logged. */
export const PatientIdentity = z.object({
  id: Id,
  name: z.string(),
  /** As people write it, with the century. */
  personalNumber: z.string(),
  personalNumberKind: PersonalNumberKind,
  protectedIdentity: z.boolean(),
});
export type PatientIdentity = z.infer<typeof PatientIdentity>;

/** Days in Stockholm, both included. */
export const LogQuery = pageQuery({ usual: 50, most: 200 }).extend({
  after: z.coerce.number().int().positive().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});

/** A line of a patient's log. */
export const AuditLine = AuditEvent.extend({ at: Instant });
export type AuditLine = z.infer<typeof AuditLine>;
export const AuditPage = pageOf(AuditLine);
