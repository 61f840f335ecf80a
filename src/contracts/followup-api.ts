import { z } from 'zod';
import { FollowUpMode } from './followup.ts';

/** Six dense pages: a whole note with room to spare, read in a moment. */
export const MAX_NOTE_CHARACTERS = 20_000;
/** A word needs a space beside it. */
const MAX_NOTE_WORDS = MAX_NOTE_CHARACTERS / 2;

const position = z.int('a whole number, 0 or more').min(0, 'a whole number, 0 or more');

/** A recognised word's place in the text, in UTF-16 positions, and how sure the recogniser is of it. */
const HeardWord = z.strictObject(
  {
    start: position,
    end: position,
    confidence: z.number('a number from 0 to 1').min(0, 'a number from 0 to 1').max(1, 'a number from 0 to 1'),
  },
  'start, end and confidence, and nothing else',
);

const EXPECTED_TEXT = `text of 1 to ${MAX_NOTE_CHARACTERS} characters`;
const EXPECTED_WORDS = `at most ${MAX_NOTE_WORDS} objects`;

/** The body of `POST /api/followups`. Its errors say what was expected, never what came: that may be a patient's words. */
export const FollowUpsBody = z
  .strictObject(
    {
      text: z.string(EXPECTED_TEXT).min(1, EXPECTED_TEXT).max(MAX_NOTE_CHARACTERS, EXPECTED_TEXT),
      /** The day of the note; today in Sweden when absent. */
      refDate: z.iso.date('a day as YYYY-MM-DD').optional(),
      mode: z.enum(FollowUpMode.options, `one of ${FollowUpMode.options.join(', ')}`).optional(),
      words: z.array(HeardWord, EXPECTED_WORDS).max(MAX_NOTE_WORDS, EXPECTED_WORDS).optional(),
    },
    'an object with text, and refDate, mode and words if wanted',
  )
  .refine(({ text, words = [] }) => words.every(({ start, end }) => start < end && end <= text.length), {
    path: ['words'],
    error: 'words that lie in the text, each with its start before its end',
  });
export type FollowUpsBody = z.infer<typeof FollowUpsBody>;
