import { z } from 'zod';
import type { Edges } from './clinic.ts';
import { FollowUpRequest } from './followup.ts';

/** `amending`: signed before, and being written anew; the signed version holds until the next one is signed. */
export const NOTE_STATES = ['draft', 'signed', 'amending', 'discarded'] as const;
export const NoteState = z.enum(NOTE_STATES);
export type NoteState = z.infer<typeof NoteState>;

export const NOTE_EDGES: Edges<NoteState> = {
  draft: ['signed', 'discarded'],
  signed: ['amending'],
  amending: ['signed'],
  discarded: [],
};

/** States in which the note's text and follow-ups can be changed. */
export function isOpenNote(state: NoteState): boolean {
  return state === 'draft' || state === 'amending';
}

/** A stretch of a section's text and the dictated words that it came from. */
export const WordSpan = z.object({
  sectionId: z.string(),
  /** UTF-16 positions in the section's text, the end exclusive. */
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  wordIds: z.array(z.string()),
});
export type WordSpan = z.infer<typeof WordSpan>;

const MAX_SECTIONS = 60;
const MAX_SECTION_CHARACTERS = 20_000;
const MAX_SPANS = 20_000;

/** A note's text under its headings (sökord), with the way back to what was heard. */
export const NoteContent = z.object({
  sections: z
    .array(
      z.object({ id: z.string().max(100), heading: z.string().max(200), text: z.string().max(MAX_SECTION_CHARACTERS) }),
    )
    .max(MAX_SECTIONS),
  spans: z.array(WordSpan).max(MAX_SPANS),
});
export type NoteContent = z.infer<typeof NoteContent>;

/**
 * `found`: heard or marked, and nobody has decided; no note is signed with one left. `not_follow_up` is a false hit,
 * which is no clinical decision; `nothing` is the clinician's "inget".
 */
export const FOLLOW_UP_STATES = ['found', 'confirmed', 'changed', 'asked', 'nothing', 'not_follow_up'] as const;
export const FollowUpState = z.enum(FOLLOW_UP_STATES);
export type FollowUpState = z.infer<typeof FollowUpState>;

const DECIDED = ['confirmed', 'changed', 'asked', 'nothing', 'not_follow_up'] as const;

/** While the note is open. A decision can be taken back (`found`), and changed to any other. */
export const FOLLOW_UP_EDGES: Edges<FollowUpState> = {
  found: DECIDED,
  confirmed: ['found', 'changed', 'asked', 'nothing', 'not_follow_up'],
  changed: ['found', 'confirmed', 'asked', 'nothing', 'not_follow_up'],
  asked: ['found', 'confirmed', 'changed', 'nothing', 'not_follow_up'],
  nothing: ['found', 'confirmed', 'changed', 'asked', 'not_follow_up'],
  not_follow_up: ['found', 'confirmed', 'changed', 'asked', 'nothing'],
};

/** On a signed note only the answer to a question still decides. */
export const SIGNED_FOLLOW_UP_EDGES: Edges<FollowUpState> = {
  found: [],
  confirmed: [],
  changed: [],
  asked: ['confirmed', 'changed', 'nothing'],
  nothing: [],
  not_follow_up: [],
};

/** Whether the extractor found it or somebody marked the words. */
export const FOLLOW_UP_ORIGINS = ['heard', 'marked'] as const;
export const FollowUpOrigin = z.enum(FOLLOW_UP_ORIGINS);
export type FollowUpOrigin = z.infer<typeof FollowUpOrigin>;

/** What the text itself says of a follow-up, in the keys of the note's follow-ups: later readings are held against it. */
export const ReadAs = z.object({ fields: FollowUpRequest.nullable(), flags: z.array(z.string()) });
export type ReadAs = z.infer<typeof ReadAs>;

/** Those of a follow-up are its new state, and are written by the database; the others speak of the whole note. */
export const DECISION_KINDS = [...FOLLOW_UP_STATES, 'no_follow_up', 'moved', 'deputised', 'discarded'] as const;
export const DecisionKind = z.enum(DECISION_KINDS);
export type DecisionKind = z.infer<typeof DecisionKind>;
export type NoteDecisionKind = Exclude<DecisionKind, FollowUpState>;

const BETWEEN_SECTIONS = '\n\n';

/**
 * The note as one text, which positions of follow-ups (SourceSpan) count in: each section that has text under its
 * heading on a line of its own.
 */
export function noteText(content: Pick<NoteContent, 'sections'>): string {
  return writtenSections(content)
    .map(({ heading, text }) => headingLine(heading) + text)
    .join(BETWEEN_SECTIONS);
}

/** Where in `noteText` the text of each section that has some begins, by the section's id. */
export function sectionStarts(content: Pick<NoteContent, 'sections'>): ReadonlyMap<string, number> {
  const starts = new Map<string, number>();
  let at = 0;
  for (const { id, heading, text } of writtenSections(content)) {
    at += headingLine(heading).length;
    starts.set(id, at);
    at += text.length + BETWEEN_SECTIONS.length;
  }
  return starts;
}

function writtenSections({ sections }: Pick<NoteContent, 'sections'>): NoteContent['sections'] {
  return sections.filter(({ text }) => text.trim() !== '');
}

function headingLine(heading: string): string {
  return heading === '' ? '' : `${heading}\n`;
}
