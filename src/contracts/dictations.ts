import { z } from 'zod';
import type { Edges } from './clinic.ts';
import { Vocabulary } from './vocabulary.ts';

/**
 * A recorded dictation: a file from a pocket recorder or another program that becomes a note. `drafted`: its note waits
 * to be corrected and signed; `withdrawn`: it was sent by mistake, or its note was thrown away.
 */
export const DICTATION_STATES = ['received', 'transcribing', 'drafted', 'signed', 'failed', 'withdrawn'] as const;
export const DictationState = z.enum(DICTATION_STATES);
export type DictationState = z.infer<typeof DictationState>;

/** A failed one is transcribed again when somebody asks for it. */
export const DICTATION_EDGES: Edges<DictationState> = {
  received: ['transcribing', 'failed', 'withdrawn'],
  transcribing: ['drafted', 'failed', 'withdrawn'],
  drafted: ['signed', 'withdrawn'],
  signed: [],
  failed: ['received', 'transcribing', 'withdrawn'],
  withdrawn: [],
};

/**
 * What happens to the punctuation that the recogniser writes by itself. `spoken`: only what is said counts; `both`: its
 * marks stand where no spoken one does.
 */
export const Punctuation = z.enum(['spoken', 'both']);

/** Texts that are put in by their names, as "infoga mall hjärta". */
export const DICTATION_TEMPLATES = { most: 50, nameCharacters: 60, textCharacters: 4000 } as const;
const { most, nameCharacters, textCharacters } = DICTATION_TEMPLATES;
export const DictationTemplate = z.strictObject({
  name: z.string().trim().min(1).max(nameCharacters),
  text: z.string().min(1).max(textCharacters),
});

/** How a recording is to be understood. */
export const DictationWishes = z.object({
  /** ISO 639-1, or "auto". */
  language: z
    .string()
    .regex(/^([a-z]{2,3}|auto)$/, 'a language code such as sv, or auto')
    .default('sv'),
  /** Terms to expect. */
  vocabulary: Vocabulary.default([]),
  punctuation: Punctuation.default('spoken'),
  /** The speaker's own; none when absent. */
  templates: z.array(DictationTemplate).max(most).optional(),
});
export type DictationWishes = z.infer<typeof DictationWishes>;
