import type { CommandName, SourceSpan, TextChange } from '../contracts/dictation.ts';
import { keepsSmallLetter, startsSentence, withCapital, withSmallLetter } from './casing.ts';
import { aroundInsertion, type Note } from './note.ts';
import type { MarkKind } from './readings.ts';
import { fieldsOf, type Template } from './templates.ts';
import type { Token } from './tokens.ts';

/** What is inserted, and the words that it came from. */
export interface Source {
  readonly tokens: readonly Token[];
  readonly command: CommandName | undefined;
}

/** Spaces and tabs at the end of a text, but no line break. */
const TRAILING_SPACE = /[^\S\n]*$/;

/** Words of running text: a space before them where one is needed, and the first letter as the sentence has it. */
export function insertedWords(note: Note, text: string, source: Source): TextChange {
  const { before } = aroundInsertion(note);
  return inserted(note, '', spaceBefore(before) + inCase(note, before, text), source);
}

function inCase(note: Note, before: string, text: string): string {
  if (note.nextLetter === 'upper') return withCapital(text);
  if (note.nextLetter === 'lower') return withSmallLetter(text);
  return startsSentence(before) && !keepsSmallLetter(text) ? withCapital(text) : text;
}

/** A spoken mark. Two marks of a sentence never stand side by side: the later one wins. None at the start of a line. */
export function insertedMark(note: Note, mark: string, is: MarkKind, source: Source): TextChange | undefined {
  const { before } = aroundInsertion(note);
  const space = TRAILING_SPACE.exec(before)![0];
  switch (is) {
    case 'dash':
      return inserted(note, space, ` ${mark}`, source);
    case 'opening':
      return inserted(note, '', spaceBefore(before) + mark, source);
    case 'closing':
    case 'joining':
      return inserted(note, space, mark, source);
    case 'clause':
    case 'sentence': {
      if (/(^|\n)$/.test(before.slice(0, before.length - space.length))) return undefined;
      const earlier = /(?<!\.\p{L}{1,3})[.,;:?!]$/u.exec(before.slice(0, before.length - space.length))?.[0] ?? '';
      return earlier === mark ? undefined : inserted(note, earlier + space, mark, source);
    }
    default:
      return is satisfies never;
  }
}

/** One mark of a pair: the closing one when the pair is open before the insertion point. */
export function insertedPair(note: Note, open: string, close: string, source: Source): TextChange | undefined {
  const { before } = aroundInsertion(note);
  const isOpen = open === close ? isInQuotation(before) : before.lastIndexOf(open) > before.lastIndexOf(close);
  return isOpen ? insertedMark(note, close, 'closing', source) : insertedMark(note, open, 'opening', source);
}

export function insertedBreak(note: Note, text: string, source: Source): TextChange {
  const { before } = aroundInsertion(note);
  const isListItem = text.endsWith(' ');
  const startsLine = before === '' || before.endsWith('\n');
  return inserted(note, TRAILING_SPACE.exec(before)![0], isListItem && startsLine ? text.trimStart() : text, source);
}

/** A template: on lines of its own when it has several, and the insertion point at its first empty field. */
export function insertedTemplate(note: Note, template: Template, source: Source): TextChange {
  const { before, after } = aroundInsertion(note);
  const [field] = fieldsOf(template.text);
  const head = template.text.slice(0, field?.start);
  const tail = field ? template.text.slice(field.start) : '';
  const hasLines = template.text.includes('\n');
  const startsLine = before === '' || before.endsWith('\n');
  const lead = hasLines ? (startsLine ? '' : '\n') : spaceBefore(before);
  const change = inserted(note, '', lead + head, source);
  const remaining = after.slice(note.at.charactersSelected);
  const lineEnd = hasLines && remaining !== '' && !remaining.startsWith('\n') ? '\n' : '';
  const insertedAfter = hasLines ? tail + lineEnd : tail + change.insertedAfter;
  return { ...change, insertedAfter, selectedAfter: field?.length ?? 0 };
}

function inserted(note: Note, removed: string, text: string, { tokens, command }: Source): TextChange {
  const { after } = aroundInsertion(note);
  const selected = note.at.charactersSelected;
  const needsSpaceAfter = /^[\p{L}\p{N}]/u.test(after.slice(selected)) && !/[\s(/-]$/.test(text);
  return {
    kind: 'text',
    sectionId: note.at.sectionId,
    removed,
    inserted: text,
    removedAfter: after.slice(0, selected),
    insertedAfter: needsSpaceAfter ? ' ' : '',
    selectedBefore: selected,
    selectedAfter: 0,
    spans: spansOf(text, tokens),
    ...(command && { command }),
  };
}

function spansOf(text: string, tokens: readonly Token[]): SourceSpan[] {
  const start = text.length - text.trimStart().length;
  const [first] = tokens;
  if (!first || start === text.length) return [];
  return [
    {
      start,
      end: text.length,
      wordIds: [...new Set(tokens.map(({ wordId }) => wordId))],
      startSeconds: first.startSeconds,
      endSeconds: tokens.at(-1)!.endSeconds,
      probability: Math.min(...tokens.map(({ probability }) => probability)),
    },
  ];
}

function spaceBefore(before: string): string {
  if (/(^|\s|[(/-])$/.test(before)) return '';
  return before.endsWith('”') && isInQuotation(before) ? '' : ' ';
}

function isInQuotation(before: string): boolean {
  return before.split('”').length % 2 === 0;
}
