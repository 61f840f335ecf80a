import { type Node, type NodeSpec, Schema } from 'prosemirror-model';
import { z } from 'zod';
import { UNCERTAIN_PROBABILITY } from '../../contracts/confidence.ts';
import { NOTE_SECTIONS } from '../../dictation/note-sections.ts';

/** Where dictated text comes from: a stretch of the sound of one session, in seconds from its first frame. */
export const Spoken = z.object({
  session: z.string(),
  startSeconds: z.number(),
  endSeconds: z.number(),
  probability: z.number(),
  /** The words of the utterances that it was written from. */
  wordIds: z.array(z.string()),
});
export type Spoken = Readonly<z.infer<typeof Spoken>>;

/** Words of a note that came from the server have their names, but no sound here. */
export function hasSound({ startSeconds, endSeconds }: Spoken): boolean {
  return endSeconds > startSeconds;
}

const sectionNodes = Object.fromEntries(
  NOTE_SECTIONS.map(({ id, title }) => {
    const node: NodeSpec = {
      content: 'paragraph+',
      isolating: true,
      defining: true,
      selectable: false,
      toDOM: () => [
        'section',
        { class: 'note-section', 'data-section': id },
        ['h2', { contenteditable: 'false' }, title],
        ['div', { class: 'note-lines' }, 0],
      ],
    };
    return [id, node];
  }),
);

/**
 * A note is each of its sections, once and in order, so that none can be removed or moved; their headings are no text.
 * A line of a section is a paragraph.
 */
export const schema = new Schema({
  nodes: {
    doc: { content: NOTE_SECTIONS.map(({ id }) => id).join(' ') },
    ...sectionNodes,
    paragraph: {
      content: 'text*',
      parseDOM: [{ tag: 'p' }, { tag: 'div' }, { tag: 'li' }],
      toDOM: () => ['p', 0],
    },
    text: {},
  },
  marks: {
    spoken: {
      attrs: { session: {}, startSeconds: {}, endSeconds: {}, probability: {}, wordIds: { default: [] } },
      inclusive: false,
      excludes: 'spoken',
      toDOM: ({ attrs }) => [
        'span',
        { class: attrs.probability < UNCERTAIN_PROBABILITY ? 'spoken uncertain' : 'spoken' },
        0,
      ],
    },
  },
});

/** A note with the given text, empty where there is none. */
export function noteOf(texts: Readonly<Record<string, string>> = {}): Node {
  const sections = NOTE_SECTIONS.map(({ id }) => schema.node(id, null, paragraphsOf(texts[id] ?? '')));
  return schema.node('doc', null, sections);
}

export function paragraphsOf(text: string): Node[] {
  return text.split('\n').map((line) => schema.node('paragraph', null, line === '' ? [] : [schema.text(line)]));
}
