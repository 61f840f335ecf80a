import { z } from 'zod';
import { Id } from './clinic.ts';

/** What comes in as a table, a kind a file. What others name comes before them. */
export const IMPORT_KINDS = ['patients', 'staff', 'resources', 'visit_types', 'slot_templates', 'bookings'] as const;
export const ImportKind = z.enum(IMPORT_KINDS);
export type ImportKind = z.infer<typeof ImportKind>;

export const IMPORT_LIMITS = {
  fileBytes: 8 * 1024 * 1024,
  /** Of a line with its fields. */
  lineCharacters: 20_000,
  rows: { patients: 20_000, staff: 2_000, resources: 2_000, visit_types: 500, slot_templates: 5_000, bookings: 5_000 },
  /** Of each action, rows that are told one by one. */
  shownRows: 300,
} as const satisfies { rows: Record<ImportKind, number> } & Record<string, unknown>;

export const IMPORT_FAULTS = [
  'missing',
  'too_long',
  'twice',
  'yes_or_no',
  'personal_number',
  'other_unit',
  'other_unit_too',
  'unknown_guardian',
  'guardian_younger',
  'language',
  'phone',
  'email',
  'username',
  'username_taken',
  'hsa_id',
  'account_role',
  'own_account',
  'not_this_unit',
  'profession',
  'kind',
  'not_changed',
  'unknown_staff',
  'unknown_patient',
  'unknown_resource',
  'unknown_visit_type',
  'several',
  'date',
  'time',
  'past',
  'too_far',
  'duration',
  'slot_minutes',
  'extra_minutes',
  'request_type',
  'weekday',
  'weeks',
  'days_before',
  'until_before',
  'patient_busy',
  'resource_busy',
] as const;
export const ImportFault = z.enum(IMPORT_FAULTS);
export type ImportFault = z.infer<typeof ImportFault>;

export const IMPORT_ACTIONS = ['new', 'changed', 'same', 'refused'] as const;
export const ImportAction = z.enum(IMPORT_ACTIONS);
export type ImportAction = z.infer<typeof ImportAction>;

/** What becomes of a row of a file. */
export const ImportRow = z.object({
  /** Of the file, from 1. */
  line: z.int(),
  action: ImportAction,
  /** Who or what it is about, for whoever reads the preview. */
  what: z.string(),
  /** By the headings of the file. A value that nobody shall see without need is told as null. */
  changes: z.array(z.object({ column: z.string(), from: z.string().nullable(), to: z.string() })),
  faults: z.array(z.object({ column: z.string(), fault: ImportFault })),
});
export type ImportRow = z.infer<typeof ImportRow>;

const Count = z.int().nonnegative();
export const ImportCounts = z.object({ new: Count, changed: Count, same: Count, refused: Count });
export type ImportCounts = z.infer<typeof ImportCounts>;

/** Why a whole file cannot be taken in. */
export const ImportProblem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('unreadable'), line: z.int().nullable() }),
  z.object({ kind: z.literal('no_rows') }),
  z.object({ kind: z.literal('too_many_rows'), most: z.int() }),
  z.object({ kind: z.literal('missing_columns'), columns: z.array(z.string()) }),
  z.object({ kind: z.literal('column_twice'), columns: z.array(z.string()) }),
]);
export type ImportProblem = z.infer<typeof ImportProblem>;

export const ImportPreview = z.object({
  problem: ImportProblem.nullable(),
  encoding: z.enum(['utf-8', 'windows-1252']),
  /** Columns that nobody knows: they are left out. */
  unknownColumns: z.array(z.string()),
  counts: ImportCounts,
  /** Of each action the first ones, in the order of the file. */
  rows: z.array(ImportRow),
  /** Names what was previewed; null where nothing can be taken in. */
  token: z.string().nullable(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const ImportQuery = z.object({ kind: ImportKind, unit: Id });
export const ImportApplyQuery = ImportQuery.extend({
  /** Of the preview: anything else than what was previewed is refused. */
  token: z.string().regex(/^[\w-]{43}$/, 'the token of a preview'),
});
export const TemplateQuery = z.object({ kind: ImportKind });
