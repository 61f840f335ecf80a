import type { InsertionPoint } from '../contracts/dictation.ts';
import type { Note } from './note.ts';
import type { Destination } from './readings.ts';
import { fieldsOf } from './templates.ts';

/** Where a jump leads, or nothing when there is no such place. Sections are entered at their end. */
export function placeOf(note: Note, destination: Destination): InsertionPoint | undefined {
  switch (destination.to) {
    case 'section':
      return sectionEnd(note, destination.index);
    case 'section-step':
      return sectionEnd(note, currentSection(note) + destination.by);
    case 'field-step':
      return nearestField(note, destination.by, true);
    case 'any-step':
      return nearestField(note, destination.by, false) ?? sectionEnd(note, currentSection(note) + destination.by);
    default:
      return destination satisfies never;
  }
}

function currentSection({ sections, at }: Note): number {
  return sections.findIndex(({ id }) => id === at.sectionId);
}

function sectionEnd(note: Note, index: number): InsertionPoint | undefined {
  const section = note.sections[index];
  return section && { sectionId: section.id, charactersAfter: 0, charactersSelected: 0 };
}

function nearestField(note: Note, by: 1 | -1, inOtherSections: boolean): InsertionPoint | undefined {
  const here = currentSection(note);
  const offset = note.sections[here]!.text.length - note.at.charactersAfter;
  const isInField = note.at.charactersSelected > 0;
  const fields = note.sections.flatMap(({ id, text }, section) =>
    inOtherSections || section === here
      ? fieldsOf(text).map(({ start, length }) => ({ id, section, start, length, after: text.length - start }))
      : [],
  );
  const isAhead = (field: { section: number; start: number }) =>
    field.section > here || (field.section === here && (isInField ? field.start > offset : field.start >= offset));
  const isBehind = (field: { section: number; start: number }) =>
    field.section < here || (field.section === here && field.start < offset);
  const found = by === 1 ? fields.find(isAhead) : fields.findLast(isBehind);
  return found && { sectionId: found.id, charactersAfter: found.after, charactersSelected: found.length };
}
