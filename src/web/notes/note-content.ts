import type { Node } from 'prosemirror-model';
import { Transform } from 'prosemirror-transform';
import { type NoteContent, noteText, sectionStarts, type WordSpan } from '../../contracts/notes.ts';
import { NOTE_SECTIONS } from '../../dictation/note-sections.ts';
import { noteOf, schema } from '../diktera/note-schema.ts';
import { insertionPointAt, type Stretch, sectionsOf, stretchOf } from '../diktera/note-text.ts';
import { sessionOfWord } from '../diktera/word-ids.ts';

type SectionText = NoteContent['sections'][number];

/** The note as the server keeps it, with the way back from its text to the words that were said. */
export function contentOf(doc: Node): NoteContent {
  return { sections: sectionTextsOf(doc), spans: doc.children.flatMap(spansOf) };
}

export function sectionTextsOf(doc: Node): SectionText[] {
  return sectionsOf(doc).map(({ id, text }, index) => ({ id, heading: NOTE_SECTIONS[index]!.title, text }));
}

/** A document with the server's text. A section that the page has no place for stands with its heading in the first. */
export function documentOf({ sections, spans }: NoteContent): Node {
  const texts: Record<string, string> = {};
  const homeless: string[] = [];
  for (const { id, heading, text } of sections) {
    const known =
      NOTE_SECTIONS.find((section) => section.id === id) ?? NOTE_SECTIONS.find(({ title }) => title === heading);
    if (known) texts[known.id] = joinTexts(texts[known.id], text);
    else if (text.trim() !== '') homeless.push(joinTexts(heading, text));
  }
  const [first] = NOTE_SECTIONS;
  texts[first!.id] = homeless.reduce(joinTexts, texts[first!.id] ?? '');
  return withSpans(noteOf(texts), spans);
}

/** Which words the text was said in, so that it is not forgotten when the text is saved again. */
function withSpans(doc: Node, spans: readonly WordSpan[]): Node {
  const transform = new Transform(doc);
  const lengths = new Map(sectionsOf(doc).map(({ id, text }) => [id, text.length]));
  for (const { sectionId, start, end, wordIds } of spans) {
    const length = lengths.get(sectionId);
    if (length === undefined || end > length || end <= start || wordIds[0] === undefined) continue;
    const at = { sectionId, charactersAfter: length - start, charactersSelected: end - start };
    const { from, to } = stretchOf(doc, at);
    const session = sessionOfWord(wordIds[0]);
    transform.addMark(
      from,
      to,
      schema.mark('spoken', { session, startSeconds: 0, endSeconds: 0, probability: 1, wordIds }),
    );
  }
  return transform.doc;
}

/** Where a stretch of `noteText` stands in the document that has that text; undefined when it stands in no section. */
export function stretchOfText(doc: Node, { start, end }: { start: number; end: number }): Stretch | undefined {
  const from = placeOfText(doc, start);
  const to = placeOfText(doc, end);
  return from === undefined || to === undefined || to <= from ? undefined : { from, to };
}

/** The stretch of `noteText` that is between two places of the document; undefined when there is no text between them. */
export function textBetween(
  doc: Node,
  { from, to }: Stretch,
): { start: number; end: number; text: string } | undefined {
  const start = textAt(doc, from);
  const end = textAt(doc, to);
  if (start === undefined || end === undefined || end <= start) return undefined;
  return { start, end, text: noteText({ sections: sectionTextsOf(doc) }).slice(start, end) };
}

function placeOfText(doc: Node, offset: number): number | undefined {
  const sections = sectionTextsOf(doc);
  for (const [sectionId, start] of sectionStarts({ sections })) {
    const { text } = sections.find(({ id }) => id === sectionId)!;
    if (offset < start || offset > start + text.length) continue;
    return stretchOf(doc, { sectionId, charactersAfter: start + text.length - offset, charactersSelected: 0 }).from;
  }
  return undefined;
}

function textAt(doc: Node, place: number): number | undefined {
  const sections = sectionTextsOf(doc);
  const { sectionId, charactersAfter } = insertionPointAt(doc, { from: place, to: place });
  const start = sectionStarts({ sections }).get(sectionId);
  return start === undefined
    ? undefined
    : start + sections.find(({ id }) => id === sectionId)!.text.length - charactersAfter;
}

function spansOf(section: Node): WordSpan[] {
  const spans: WordSpan[] = [];
  let lineStart = 0;
  for (const paragraph of section.children) {
    let start = lineStart;
    for (const text of paragraph.children) {
      const end = start + text.nodeSize;
      const wordIds = text.marks.flatMap(({ attrs }) => attrs.wordIds as readonly string[]);
      if (wordIds.length > 0) spans.push({ sectionId: section.type.name, start, end, wordIds });
      start = end;
    }
    lineStart += paragraph.content.size + 1;
  }
  return spans;
}

function joinTexts(before: string | undefined, text: string): string {
  return before ? `${before}\n${text}` : text;
}
