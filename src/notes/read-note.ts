import type { FollowUpReading, HeardWord, UnitDefaults } from '../contracts/followup.ts';
import { type NoteContent, noteText, sectionStarts } from '../contracts/notes.ts';
import { extractFollowUps } from '../followup/extract.ts';
import { UNIT_DEFAULTS } from '../followup/unit.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { Note } from '../storage/repositories/notes.ts';
import { listStaff, unitById } from '../storage/repositories/staff.ts';
import { listUtterances } from '../storage/repositories/utterances.ts';

/** What a text asks for, as the note's own day, unit and recognised words have it. */
export async function readNote(
  transaction: AuditedTransaction,
  note: Pick<Note, 'id' | 'unitId' | 'writtenOn'>,
  content: NoteContent,
): Promise<FollowUpReading> {
  const unit = await unitDefaults(transaction, note.unitId);
  const words = content.spans.length === 0 ? [] : heardWords(content, await confidences(transaction, note.id));
  const mode = words.length === 0 ? 'typed' : 'dictated';
  return extractFollowUps(noteText(content), { refDate: note.writtenOn, mode, words, unit });
}

/** Reads words by themselves that somebody has marked. */
export async function readWords(
  transaction: AuditedTransaction,
  { unitId, writtenOn }: Pick<Note, 'unitId' | 'writtenOn'>,
  words: string,
): Promise<FollowUpReading> {
  return extractFollowUps(words, { refDate: writtenOn, unit: await unitDefaults(transaction, unitId) });
}

async function unitDefaults({ plain }: AuditedTransaction, unitId: string): Promise<UnitDefaults> {
  const { defaults } = await unitById(plain, unitId);
  const staff = (await listStaff(plain, [unitId])).flatMap(({ givenName, familyName, profession }) =>
    profession === null ? [] : [{ name: `${givenName} ${familyName}`, role: profession }],
  );
  return { ...UNIT_DEFAULTS, ...defaults, staff };
}

/** How sure the recogniser was of each word of the note, by the word's id. */
async function confidences(transaction: AuditedTransaction, noteId: string): Promise<ReadonlyMap<string, number>> {
  const utterances = await listUtterances(transaction, noteId);
  return new Map(utterances.flatMap(({ words }) => words.map(({ id, probability }) => [id, probability] as const)));
}

/** Recognised words with their places in `noteText`. A word whose utterance is not here yet says nothing. */
function heardWords(content: NoteContent, confidenceOf: ReadonlyMap<string, number>): HeardWord[] {
  const starts = sectionStarts(content);
  const lengths = new Map(content.sections.map(({ id, text }) => [id, text.length]));
  return content.spans.flatMap(({ sectionId, start, end, wordIds }) => {
    const section = starts.get(sectionId);
    const known = wordIds.flatMap((id) => confidenceOf.get(id) ?? []);
    if (section === undefined || known.length === 0 || start >= end || end > lengths.get(sectionId)!) return [];
    return [{ start: section + start, end: section + end, confidence: Math.min(...known) }];
  });
}
