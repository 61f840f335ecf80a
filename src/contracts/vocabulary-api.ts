import { z } from 'zod';
import { Instant, pageOf, pageQuery } from './api-forms.ts';
import { Id } from './clinic.ts';
import { VOCABULARY_LIMITS } from './vocabulary.ts';
import { TermLevel } from './vocabulary-levels.ts';

const { termCharacters } = VOCABULARY_LIMITS;
const TOO_LONG = `at most ${termCharacters} characters`;

/** One's own list, the whole clinic's, or a unit's by its id. */
export const VocabularyListKey = z.union([z.enum(['own', 'clinic']), Id]);
export type VocabularyListKey = z.infer<typeof VocabularyListKey>;

/** Composed, on one line, with something to say in it. */
const TermText = z
  .string()
  .normalize('NFC')
  .trim()
  .min(1, 'a word')
  .max(termCharacters, TOO_LONG)
  .regex(/^\P{Cc}*$/u, 'one line')
  .regex(/[\p{L}\p{N}]/u, 'letters or figures');

const fields = {
  /** As it is to be written. */
  term: TermText,
  /** How it sounds, where that is not how it is written. */
  soundsLike: TermText.nullable(),
  level: TermLevel,
};

export const NewTerm = z.strictObject({
  list: VocabularyListKey,
  term: fields.term,
  soundsLike: fields.soundsLike.default(null),
  level: fields.level.default('usual'),
});
export type NewTerm = z.infer<typeof NewTerm>;

/** What is absent stays as it is. */
export const TermChanges = z.strictObject({ ...fields, enabled: z.boolean() }).partial();
export type TermChanges = z.infer<typeof TermChanges>;

/** A term of a list. */
export const ListedTerm = z.object({
  id: Id,
  list: VocabularyListKey,
  ...fields,
  enabled: z.boolean(),
  /** The name of whoever put it there; null where that account is gone. */
  addedBy: z.string().nullable(),
  addedAt: Instant,
  changedAt: Instant,
  /** When it was taken off its list; null for one that stands there. */
  removedAt: Instant.nullable(),
  version: z.int(),
});
export type ListedTerm = z.infer<typeof ListedTerm>;

const Search = z.string().normalize('NFC').trim().max(termCharacters, TOO_LONG).default('');

export const TermsQuery = pageQuery({ usual: 100, most: 500 }).extend({
  list: VocabularyListKey,
  search: Search,
  after: Id.optional(),
});
export const TermPage = pageOf(ListedTerm);
export type TermPage = z.infer<typeof TermPage>;

const Count = z.int().nonnegative();

/** The lists that somebody speaks with. */
export const VocabularyOverview = z.object({
  lists: z.array(
    z.object({
      key: VocabularyListKey,
      /** Of the unit; null for the other lists. */
      name: z.string().nullable(),
      terms: Count,
      mostTerms: Count,
      mayChange: z.boolean(),
    }),
  ),
  /** The list that comes with the product. */
  shipped: z.object({ terms: Count, termsOff: Count, enabled: z.boolean(), mayChange: z.boolean(), version: z.int() }),
  /** Of all of them, how many the recogniser is told for this user. */
  termsInUse: Count,
  mostTermsInUse: Count,
});
export type VocabularyOverview = z.infer<typeof VocabularyOverview>;

export const ShippedChange = z.strictObject({ enabled: z.boolean() });
export const ShippedState = z.object({ enabled: z.boolean(), version: z.int() });

export const ShippedQuery = pageQuery({ usual: 100, most: 500 }).extend({
  search: Search,
  /** Only those that are switched off. */
  off: z.stringbool().default(false),
});
export const ShippedTerm = z.object({ term: z.string(), soundsLike: z.string().nullable(), enabled: z.boolean() });
export type ShippedTerm = z.infer<typeof ShippedTerm>;
export const ShippedPage = pageOf(ShippedTerm);
export type ShippedPage = z.infer<typeof ShippedPage>;
export const ShippedTermChange = z.strictObject({ term: z.string().min(1).max(termCharacters), enabled: z.boolean() });

/** Bytes of a body that holds as many terms as a list may. */
export const IMPORT_LIMIT_BYTES = 4 * 1024 * 1024;
/** Lines of a preview that are told one by one. */
export const PREVIEWED_LINES = 200;

/** A table of terms: a line each, with how it sounds and how much it is preferred in further columns. */
export const VocabularyImport = z.strictObject({
  list: VocabularyListKey,
  text: z.string().min(1, 'a table').max(IMPORT_LIMIT_BYTES),
});

export const IMPORT_FAULTS = ['no-term', 'too-long', 'no-level', 'too-many-columns', 'twice'] as const;
export type ImportFault = (typeof IMPORT_FAULTS)[number];

/** What becomes of the lines of a table. */
export const ImportCounts = z.object({ added: Count, changed: Count, same: Count, refused: Count });
export type ImportCounts = z.infer<typeof ImportCounts>;

const Refused = z.object({ action: z.literal('refused'), line: z.int(), fault: z.enum(IMPORT_FAULTS) });
const Taken = z.object({ action: z.enum(['add', 'change']), line: z.int(), ...fields });
export const ImportLine = z.discriminatedUnion('action', [Refused, Taken]);
export type ImportLine = z.infer<typeof ImportLine>;

export const ImportPreview = z.object({
  counts: ImportCounts,
  /** Whether the list would be longer than it may: then nothing is taken. */
  isTooMany: z.boolean(),
  /** The first of those that are not the same already. */
  lines: z.array(ImportLine),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const ExportQuery = z.object({ list: VocabularyListKey, format: z.enum(['tsv', 'csv']).default('tsv') });

/** The longest sound that is tried. */
export const TRIAL_LIMITS = { fileBytes: 6 * 1024 * 1024, seconds: 30 } as const;
/** A term that is tried before it is added; without one the lists themselves are tried. */
export const TrialTerm = z.strictObject({ term: fields.term, soundsLike: fields.soundsLike.default(null) });
export type TrialTerm = z.infer<typeof TrialTerm>;
/** What is heard in the same sound. */
export const TrialResult = z.object({ without: z.string(), with: z.string() });
export type TrialResult = z.infer<typeof TrialResult>;
