import type { Cursor } from './cursor.ts';
import { editDistance, misspellingsAllowed, soundOf } from './spelling.ts';

/** A section of the note (sökord) as it can be named aloud. */
export interface SectionName {
  readonly id: string;
  /** The heading, such as "Bedömning". */
  readonly title: string;
  /** Other names for it. */
  readonly aliases?: readonly string[];
}

const MOST_WORDS_IN_NAME = 5;

/** Headings that are dictated as text ("Status: ...") even in notes that have no such section. */
const HEADINGS = [
  'kontaktorsak',
  'anamnes',
  'status',
  'bedömning',
  'åtgärd',
  'planering',
  'diagnos',
  'läkemedel',
  'överkänslighet',
  'socialt',
  'hereditet',
  'aktuellt',
  'tidigare sjukdomar',
  'nuvarande sjukdomar',
  'undersökning',
  'uppföljning',
  'ordination',
  'epikris',
  'provsvar',
  'hjärta',
  'lungor',
  'buk',
  'plan',
  'fråga',
  'svar',
].map(soundOf);

/**
 * The name among `names` that is said from this word on, misspellings included, and the words that it took. The
 * longest exact one wins, then the nearest; two that are equally near are none.
 */
export function readName(
  cursor: Cursor,
  at: number,
  names: readonly (readonly string[])[],
): { index: number; length: number } | undefined {
  const sounds = names.map((spellings) => spellings.map(soundOf).filter((sound) => sound !== ''));
  let said = '';
  let exact: { index: number; length: number } | undefined;
  let near: { index: number; length: number; distance: number; isTied: boolean } | undefined;
  for (let length = 1; length <= MOST_WORDS_IN_NAME; length += 1) {
    const token = cursor.peek(at + length - 1);
    if (!token) break;
    said += token.sound;
    for (const [index, spellings] of sounds.entries()) {
      for (const spelling of spellings) {
        const limit = misspellingsAllowed(spelling.length);
        const forms = [spelling, `${spelling}en`, `${spelling}n`];
        const distance = Math.min(
          ...forms.map((form) => editDistance(said, form, limit) + (form === spelling ? 0 : 0.1)),
        );
        if (distance < 1) exact = { index, length };
        else if (distance <= limit && (!near || distance < near.distance)) {
          near = { index, length, distance, isTied: false };
        } else if (near && distance === near.distance && index !== near.index) near = { ...near, isTied: true };
      }
    }
    if (!sounds.some((spellings) => spellings.some((spelling) => spelling.startsWith(said)))) break;
  }
  if (exact) return exact;
  return near && !near.isTied ? { index: near.index, length: near.length } : undefined;
}

export function sectionNames(sections: readonly SectionName[]): string[][] {
  return sections.map(({ title, aliases = [] }) => [title, ...aliases]);
}

/** Whether these words, nearest first, end in a heading that could be followed by a colon, misspellings included. */
export function endsInHeading(wordsBefore: readonly string[], sections: readonly SectionName[]): boolean {
  const headings = [...HEADINGS, ...sectionNames(sections).flat().map(soundOf)];
  const near = wordsBefore.slice(0, MOST_WORDS_IN_NAME);
  return near.some((_, index) => {
    const said = soundOf(
      near
        .slice(0, index + 1)
        .reverse()
        .join(' '),
    );
    return headings.some((heading) => {
      const limit = misspellingsAllowed(heading.length);
      return editDistance(said, heading, limit) <= limit;
    });
  });
}
