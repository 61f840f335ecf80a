import { z } from 'zod';
import { Word } from './transcript.ts';

/** A committed word of a live session. */
export const DictatedWord = Word.extend({
  /** Unique within the note, so that text can be led back to the audio. */
  id: z.string().min(1),
});
export type DictatedWord = z.infer<typeof DictatedWord>;

/** What can be said, by the names that pages and logs use. */
export const COMMAND_NAMES = [
  'full-stop',
  'comma',
  'colon',
  'semicolon',
  'question-mark',
  'exclamation-mark',
  'slash',
  'hyphen',
  'dash',
  'parenthesis',
  'parenthesis-open',
  'parenthesis-close',
  'quotation-mark',
  'quotation-close',
  'new-line',
  'new-paragraph',
  'new-bullet',
  'upper-case',
  'lower-case',
  'digits',
  'undo',
  'strike',
  'go-to',
  'next',
  'next-section',
  'next-field',
  'previous',
  'previous-section',
  'previous-field',
  'template',
  'stop',
] as const;
export const CommandName = z.enum(COMMAND_NAMES);
export type CommandName = z.infer<typeof CommandName>;

/** Where dictated text goes. Counted from the end of the section, where dictation mostly stands. */
export const InsertionPoint = z.object({
  sectionId: z.string(),
  /** UTF-16 units of the section's text after the insertion point. */
  charactersAfter: z.number().int().nonnegative(),
  /** How many of them are an empty field, which the next text replaces. */
  charactersSelected: z.number().int().nonnegative(),
});
export type InsertionPoint = z.infer<typeof InsertionPoint>;

/** A stretch of inserted text and the spoken words that it came from. */
export const SourceSpan = z.object({
  /** UTF-16 offsets into `inserted`, the end exclusive. */
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  wordIds: z.array(z.string()),
  startSeconds: z.number(),
  endSeconds: z.number(),
  /** The least certain of the words, 0 to 1. */
  probability: z.number(),
});
export type SourceSpan = z.infer<typeof SourceSpan>;

/** Takes `removed` and `removedAfter` away around the insertion point and puts other text in their place. */
export const TextChange = z.object({
  kind: z.literal('text'),
  sectionId: z.string(),
  /** Stood immediately before the insertion point. */
  removed: z.string(),
  /** Comes immediately before the insertion point. */
  inserted: z.string(),
  removedAfter: z.string(),
  insertedAfter: z.string(),
  selectedBefore: z.number().int().nonnegative(),
  /** Units after the insertion point that are an empty field now. */
  selectedAfter: z.number().int().nonnegative(),
  spans: z.array(SourceSpan),
  /** Absent for words that are not a command. */
  command: CommandName.optional(),
});
export type TextChange = z.infer<typeof TextChange>;

export const MoveChange = z.object({
  kind: z.literal('move'),
  from: InsertionPoint,
  to: InsertionPoint,
  command: CommandName.optional(),
});
export type MoveChange = z.infer<typeof MoveChange>;

export const REFUSALS = ['nothing-to-undo', 'nothing-to-strike', 'text-was-changed', 'no-such-place'] as const;

/** A command that was understood and could not be followed; the note is as it was. */
export const RefusedChange = z.object({
  kind: z.literal('refused'),
  command: CommandName,
  reason: z.enum(REFUSALS),
});
export type RefusedChange = z.infer<typeof RefusedChange>;

/** The speaker said that the dictation is over. */
export const StopChange = z.object({ kind: z.literal('stop') });
export type StopChange = z.infer<typeof StopChange>;

export const DictationChange = z.discriminatedUnion('kind', [TextChange, MoveChange, RefusedChange, StopChange]);
export type DictationChange = z.infer<typeof DictationChange>;
