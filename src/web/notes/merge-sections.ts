import type { NoteContent } from '../../contracts/notes.ts';

type Sections = NoteContent['sections'];

export interface Merged {
  readonly sections: Sections;
  /** Headings under which both had written, so that both texts stand there. */
  readonly clashes: readonly string[];
}

/**
 * One text of two that were made from the same one: nothing that either wrote is lost. Where both changed a section, the
 * texts stand one after the other, for a person to read through.
 */
export function mergeSections(base: Sections, mine: Sections, theirs: Sections): Merged {
  const clashes: string[] = [];
  const textIn = (sections: Sections, id: string) => sections.find((section) => section.id === id)?.text ?? '';
  const ids = new Set([...mine, ...theirs].map(({ id }) => id));
  const sections = [...ids].map((id) => {
    const { heading } = (mine.find((section) => section.id === id) ?? theirs.find((section) => section.id === id))!;
    const [before, own, other] = [textIn(base, id), textIn(mine, id), textIn(theirs, id)];
    if (own === other || other === before) return { id, heading, text: own };
    if (own === before) return { id, heading, text: other };
    if (other.includes(own)) return { id, heading, text: other };
    if (own.includes(other)) return { id, heading, text: own };
    clashes.push(heading);
    return { id, heading, text: `${own}\n${other}` };
  });
  return { sections, clashes };
}
