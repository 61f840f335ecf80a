import type { Node } from 'prosemirror-model';
import type { InsertionPoint } from '../../contracts/dictation.ts';
import type { Section } from '../../dictation/note.ts';
import { NOTE_SECTIONS } from '../../dictation/note-sections.ts';

/** A place or stretch in the editor's document. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * The note's text as dictation sees it. One unit of text is one position in a section's content, and the step from one
 * paragraph to the next (two positions) is a line break.
 */
export function sectionsOf(doc: Node): Section[] {
  return doc.children.map((section) => ({ id: section.type.name, text: textOf(section) }));
}

function titleOf({ type }: Node): string {
  return NOTE_SECTIONS.find(({ id }) => id === type.name)!.title;
}

function textOf(section: Node): string {
  return section.children.map((paragraph) => paragraph.textContent).join('\n');
}

/** The text that is selected, or just the cursor, as the place where dictation goes on. */
export function insertionPointAt(doc: Node, { from, to }: Stretch): InsertionPoint {
  const $from = doc.resolve(from);
  const section = $from.node(1);
  const end = $from.end(1);
  const charactersAfter = textLengthBetween(doc, from, end);
  const charactersSelected = to <= end ? textLengthBetween(doc, from, to) : 0;
  return { sectionId: section.type.name, charactersAfter, charactersSelected };
}

/** Where an insertion point lies, with the field that is selected there. */
export function stretchOf(doc: Node, at: InsertionPoint): Stretch {
  const { section, start } = sectionWithId(doc, at.sectionId);
  const length = textOf(section).length;
  const from = length - at.charactersAfter;
  return {
    from: start + positionInSection(section, from),
    to: start + positionInSection(section, from + at.charactersSelected),
  };
}

/** The note as it is pasted elsewhere: headings, and sections without text left out. */
export function plainTextOf(doc: Node): string {
  return doc.children
    .filter((section) => textOf(section).trim() !== '')
    .map((section) => `${titleOf(section)}\n${textOf(section).trim()}`)
    .join('\n\n');
}

/** The place of the first position inside a section. */
function sectionWithId(doc: Node, id: string): { section: Node; start: number } {
  let start = 1;
  for (const section of doc.children) {
    if (section.type.name === id) return { section, start };
    start += section.nodeSize;
  }
  throw new RangeError(`expected a section of the note; got ${id}`);
}

function positionInSection(section: Node, textOffset: number): number {
  let before = 0;
  let rest = textOffset;
  for (const paragraph of section.children) {
    if (rest <= paragraph.content.size) return before + 1 + rest;
    rest -= paragraph.content.size + 1;
    before += paragraph.nodeSize;
  }
  throw new RangeError(`expected an offset within the section's text; got ${textOffset}`);
}

function textLengthBetween(doc: Node, from: number, to: number): number {
  return doc.textBetween(from, Math.max(from, to), '\n').length;
}
