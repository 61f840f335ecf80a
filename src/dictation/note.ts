import type { InsertionPoint, MoveChange, TextChange } from '../contracts/dictation.ts';

export interface Section {
  readonly id: string;
  readonly text: string;
}

/** The note as dictation sees it: plain text in sections, one place where text goes, and the case asked for. */
export interface Note {
  readonly sections: readonly Section[];
  readonly at: InsertionPoint;
  /** What "stor bokstav" left for the next word. */
  readonly nextLetter: NextLetter;
}

export type NextLetter = 'upper' | 'lower' | 'by-rule';

/** A change that can be taken back. */
export type NoteChange = TextChange | MoveChange;

/** The text on both sides of the insertion point, in its section. */
export function aroundInsertion({ sections, at }: Note): { before: string; after: string } {
  const text = sections.find(({ id }) => id === at.sectionId)?.text ?? '';
  const split = Math.max(0, text.length - at.charactersAfter);
  return { before: text.slice(0, split), after: text.slice(split) };
}

/** Whether the text that a change takes away is where it says. A move can always be made. */
export function isApplicable(note: Note, change: NoteChange): boolean {
  if (change.kind === 'move') return note.sections.some(({ id }) => id === change.to.sectionId);
  const { before, after } = aroundInsertion(note);
  return (
    note.at.sectionId === change.sectionId && before.endsWith(change.removed) && after.startsWith(change.removedAfter)
  );
}

export function applied(note: Note, change: NoteChange): Note {
  if (change.kind === 'move') return { ...note, at: withinSection(note.sections, change.to) };
  const around = aroundInsertion(note);
  const before = around.before.slice(0, around.before.length - change.removed.length) + change.inserted;
  const after = change.insertedAfter + around.after.slice(change.removedAfter.length);
  const { sectionId } = change;
  return {
    ...note,
    sections: note.sections.map((section) =>
      section.id === sectionId ? { ...section, text: before + after } : section,
    ),
    at: { sectionId, charactersAfter: after.length, charactersSelected: change.selectedAfter },
  };
}

/** The change that takes a change back. */
export function inverseOf(change: NoteChange): NoteChange {
  if (change.kind === 'move') return { ...change, from: change.to, to: change.from };
  return {
    ...change,
    removed: change.inserted,
    inserted: change.removed,
    removedAfter: change.insertedAfter,
    insertedAfter: change.removedAfter,
    selectedBefore: change.selectedAfter,
    selectedAfter: change.selectedBefore,
    spans: [],
  };
}

/** An insertion point that lies in the note: an unknown section is the first, a place past its start the start. */
export function withinSection(sections: readonly Section[], at: InsertionPoint): InsertionPoint {
  const section = sections.find(({ id }) => id === at.sectionId) ?? sections[0]!;
  const charactersAfter = Math.min(at.charactersAfter, section.text.length);
  const charactersSelected = Math.min(at.charactersSelected, charactersAfter);
  return { sectionId: section.id, charactersAfter, charactersSelected };
}
