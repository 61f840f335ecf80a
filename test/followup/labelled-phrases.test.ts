import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LABELLED_FOLDER, readLabelledFiles } from '../../scripts/labelled-files.ts';
import { judge } from '../../src/evaluation/followup/judge.ts';
import { phraseStatement, wholeReadingStatement } from '../../src/evaluation/followup/statement.ts';
import { extractFollowUps } from '../../src/followup/extract.ts';
import { UNIT_DEFAULTS } from '../../src/followup/unit.ts';
import { requestsOf } from './reading.ts';

/**
 * Of each file's routes, and how many requests may be lost. In the free speech of the second to fifth a few more wait for
 * a person who need not; in the seventh a visit that is named by its role alone goes with its tests.
 */
const LEAST_ROUTES = [
  ['open', 0.97, 0],
  ['blind', 0.97, 0],
  ['second-blind', 0.96, 0],
  ['third-blind', 0.95, 0],
  ['fourth-blind', 0.95, 0],
  ['fifth-blind', 0.92, 0],
  ['sixth-blind', 0.97, 0],
  ['seventh-blind', 0.9, 1],
  ['eighth-blind', 0.97, 0],
] as const;
/** At most one in so many notes. */
const NOTES_PER_FALSE_REQUEST = 10;

/** Types of one list that are not in the other, as often as they are not. */
function without(types: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return types.filter((type) => {
    const at = left.indexOf(type);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

const read = ({ text, mode, ref_date: refDate }: { text: string; mode: 'typed' | 'dictated'; ref_date: string }) =>
  extractFollowUps(text, { refDate, mode, unit: UNIT_DEFAULTS });
const typesOf = (requests: readonly { type: string }[]) => requests.map(({ type }) => type);

describe.each(LEAST_ROUTES)('of the %s phrases', (name, least, mostLosers) => {
  const phrases = readLabelledFiles([join(LABELLED_FOLDER, `${name}-phrases.jsonl`)]).flatMap((file) => file.phrases);
  const rows = phrases.map((phrase) => ({ phrase, reading: read(phrase) }));

  test('none is ready to book that somebody should look at', () => {
    const wrong = rows.filter(({ phrase, reading }) => reading.route === 'auto' && phrase.route !== 'auto');
    expect(wrong.map(({ phrase }) => phrase.text)).toEqual([]);
  });

  test('next to none loses a follow-up', () => {
    const losers = rows.filter(({ phrase, reading }) => {
      const { text } = phrase;
      const { followUps } = judge(phraseStatement(phrase, text), wholeReadingStatement(reading, text));
      return followUps.some(({ missed }) => missed.length > 0);
    });
    expect(losers.map(({ phrase }) => phrase.text).slice(mostLosers)).toEqual([]);
  });

  test('nearly all go the right way', () => {
    const right = rows.filter(({ phrase, reading }) => reading.route === phrase.route);
    expect(right.length / rows.length).toBeGreaterThanOrEqual(least);
  });
});

describe('of the whole notes', () => {
  const notes = readLabelledFiles([join(LABELLED_FOLDER, 'open-notes'), join(LABELLED_FOLDER, 'blind-notes')]).flatMap(
    (file) => file.notes,
  );
  const rows = notes.map((note) => ({
    note,
    labelled: typesOf(note.followups.flatMap(({ requests }) => requests)),
    found: typesOf(requestsOf(read(note))),
  }));

  test('none loses a follow-up', () => {
    expect(rows.flatMap(({ labelled, found }) => without(labelled, found))).toEqual([]);
  });

  test('at most one in ten has a false one', () => {
    const strange = rows.flatMap(({ labelled, found }) => without(found, labelled));
    expect(strange.length).toBeLessThanOrEqual(notes.length / NOTES_PER_FALSE_REQUEST);
  });
});
