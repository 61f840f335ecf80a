import type { CommandName, RefusedChange } from '../contracts/dictation.ts';
import { applied, inverseOf, isApplicable, type NextLetter, type Note, type NoteChange } from './note.ts';

/** One thing that "ångra" takes back: a word, a mark, a number with its unit, a command. */
export type Entry = ChangeEntry | CaseEntry | StrikeEntry;

interface ChangeEntry {
  readonly kind: 'change';
  readonly change: NoteChange;
  /** Whether a phrase begins here, for "stryk det". */
  readonly startsPhrase: boolean;
  readonly letterBefore: NextLetter;
}

interface CaseEntry {
  readonly kind: 'case';
  readonly letterBefore: NextLetter;
}

/** What "stryk det" took away, oldest first. */
interface StrikeEntry {
  readonly kind: 'strike';
  readonly struck: readonly Entry[];
  readonly letterBefore: NextLetter;
}

export type History = readonly Entry[];

/** Entries kept, with those inside strikes; the oldest go first. */
export const MAXIMUM_HISTORY = 500;

export interface Undoing {
  readonly note: Note;
  readonly history: History;
  readonly changes: readonly (NoteChange | RefusedChange)[];
}

export function withEntry(history: History, entry: Entry): History {
  const longer = [...history, entry];
  let size = longer.reduce((sum, each) => sum + sizeOf(each), 0);
  let first = 0;
  while (size > MAXIMUM_HISTORY) {
    size -= sizeOf(longer[first]!);
    first += 1;
  }
  return longer.slice(first);
}

function sizeOf(entry: Entry): number {
  return entry.kind === 'strike' ? 1 + entry.struck.reduce((sum, each) => sum + sizeOf(each), 0) : 1;
}

/** Whether a template was the last thing, so that what is said next is a phrase of its own. */
export function isAfterTemplate(history: History): boolean {
  const last = history.at(-1);
  return last?.kind === 'change' && last.change.command === 'template';
}

/** "Ångra": takes the last entry back. The note and the history are then as they were before it. */
export function undo(note: Note, history: History): Undoing {
  const last = history.at(-1);
  if (!last) return refused(note, history, 'undo', 'nothing-to-undo');
  const earlier = history.slice(0, -1);
  switch (last.kind) {
    case 'change': {
      const change = by('undo', inverseOf(last.change));
      if (!isApplicable(note, change)) return refused(note, history, 'undo', 'text-was-changed');
      return {
        note: { ...applied(note, change), nextLetter: last.letterBefore },
        history: earlier,
        changes: [change],
      };
    }
    case 'case':
      return { note: { ...note, nextLetter: last.letterBefore }, history: earlier, changes: [] };
    case 'strike':
      return restored(note, history, earlier, last);
    default:
      return last satisfies never;
  }
}

function restored(note: Note, history: History, earlier: History, { struck, letterBefore }: StrikeEntry): Undoing {
  let changed = note;
  const changes: NoteChange[] = [];
  for (const entry of struck) {
    if (entry.kind !== 'change') continue;
    const change = by('undo', entry.change);
    if (!isApplicable(changed, change)) return refused(note, history, 'undo', 'text-was-changed');
    changed = applied(changed, change);
    changes.push(change);
  }
  return { note: { ...changed, nextLetter: letterBefore }, history: [...earlier, ...struck], changes };
}

/**
 * "Stryk det": takes the last phrase away. A phrase begins after a pause of 0.7 s, at the start of a sentence or line,
 * at a template, and where the speaker had gone to; marks belong to the words before them. "Nej" and the like before
 * "stryk det" are no phrase: they go with the one before. Undone as one entry.
 */
export function strike(note: Note, history: History): Undoing {
  let changed = note;
  const changes: NoteChange[] = [];
  let first = history.length;
  while (first > 0) {
    const entry = history[first - 1]!;
    if (entry.kind === 'change') {
      if (entry.change.kind === 'move') break;
      const change = by('strike', inverseOf(entry.change));
      if (!isApplicable(changed, change)) {
        if (changes.length === 0) return refused(note, history, 'strike', 'text-was-changed');
        break;
      }
      changed = applied(changed, change);
      changes.push(change);
    }
    if (entry.kind !== 'strike') changed = { ...changed, nextLetter: entry.letterBefore };
    first -= 1;
    if (entry.kind === 'change' && entry.startsPhrase && !areInterjections(changes)) break;
  }
  if (changes.length === 0) return refused(note, history, 'strike', 'nothing-to-strike');
  const entry: StrikeEntry = { kind: 'strike', struck: history.slice(first), letterBefore: note.nextLetter };
  return { note: changed, history: withEntry(history.slice(0, first), entry), changes };
}

/** Whether all that is taken away, newest first, is "nej" or the like. */
function areInterjections(changes: readonly NoteChange[]): boolean {
  const removed = changes.map((change) => (change.kind === 'text' ? change.removed : ''));
  return /^[^\p{L}\p{N}]*((nej|nä|nähä|oj|fel|förlåt|ursäkta)([^\p{L}\p{N}]+|$))+$/iu.test(removed.join(' '));
}

function by(command: CommandName, change: NoteChange): NoteChange {
  return { ...change, command };
}

function refused(note: Note, history: History, command: CommandName, reason: RefusedChange['reason']): Undoing {
  return { note, history, changes: [{ kind: 'refused', command, reason }] };
}
