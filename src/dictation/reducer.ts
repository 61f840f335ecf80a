import type { CommandName, DictatedWord, DictationChange, InsertionPoint } from '../contracts/dictation.ts';
import { startsSentence } from './casing.ts';
import { Cursor } from './cursor.ts';
import { type History, isAfterTemplate, strike, undo, withEntry } from './history.ts';
import { insertedBreak, insertedMark, insertedPair, insertedTemplate, insertedWords } from './insertion.ts';
import { placeOf } from './jumps.ts';
import { applied, aroundInsertion, type Note, type NoteChange, type Section, withinSection } from './note.ts';
import { PHRASE_PAUSE_SECONDS } from './pauses.ts';
import type { Reading } from './readings.ts';
import { automaticMarkAfter, readNext } from './running-text.ts';
import type { SectionName } from './sections.ts';
import type { Template } from './templates.ts';
import { type Heard, NOTHING_HEARD, type Token, tokensOf } from './tokens.ts';

/**
 * What happens to the punctuation that the recogniser writes by itself. `spoken`: only what is said counts; its marks
 * are left out, and so are the capitals that came with them. `both`: its marks stand where no spoken one does.
 */
export type AutomaticPunctuation = 'spoken' | 'both';

export interface DictationSetup {
  /** In their order on the page; at least one. */
  readonly sections: readonly (SectionName & { readonly text: string })[];
  /** The end of the first section when absent. */
  readonly at?: InsertionPoint;
  readonly templates?: readonly Template[];
  /** Names and words that are always written just so: staff, units, brands. */
  readonly vocabulary?: readonly string[];
  /** `spoken` when absent. */
  readonly automaticPunctuation?: AutomaticPunctuation;
}

/** Plain data throughout: it can be stored, sent and compared. */
export interface DictationState {
  readonly sectionNames: readonly SectionName[];
  readonly templates: readonly Template[];
  readonly vocabulary: Readonly<Record<string, string>>;
  readonly automaticPunctuation: AutomaticPunctuation;
  readonly note: Note;
  readonly history: History;
  readonly heard: Heard;
  /** Words that wait for what comes after them, at most `MAXIMUM_LOOKAHEAD`. */
  readonly pending: readonly Token[];
}

export interface Step {
  readonly state: DictationState;
  /** In the order in which they are to be made. */
  readonly changes: readonly DictationChange[];
}

export function startDictation(setup: DictationSetup): DictationState {
  const sections = setup.sections.map(({ id, text }) => ({ id, text }));
  const end = { sectionId: sections[0]!.id, charactersAfter: 0, charactersSelected: 0 };
  return {
    sectionNames: setup.sections.map(({ id, title, aliases = [] }) => ({ id, title, aliases })),
    templates: setup.templates ?? [],
    vocabulary: Object.fromEntries((setup.vocabulary ?? []).map((word) => [word.toLowerCase(), word])),
    automaticPunctuation: setup.automaticPunctuation ?? 'spoken',
    note: { sections, at: withinSection(sections, setup.at ?? end), nextLetter: 'by-rule' },
    history: [],
    heard: NOTHING_HEARD,
    pending: [],
  };
}

/**
 * Committed words, in their order, as changes of the note. Words whose meaning depends on what comes next ("ny", "fem")
 * wait in `pending`; the text is the same however the words are cut into steps, once `finalize` was called.
 */
export function step(state: DictationState, words: readonly DictatedWord[]): Step {
  let { heard } = state;
  const pending = [...state.pending];
  for (const word of words) {
    const read = tokensOf(word, heard);
    heard = read.heard;
    pending.push(...read.tokens);
  }
  return settled({ ...state, heard, pending }, false);
}

/** Writes what waits, as if a long pause had followed: at the end of a dictation, or after `CONSTRUCT_BREAK_SECONDS`. */
export function finalize(state: DictationState): Step {
  return settled(state, true);
}

/** The text of the words that wait, as `finalize` would write it, for the page to show as not yet certain. */
export function pendingText(state: DictationState): string {
  return finalize(state)
    .changes.map((change) => (change.kind === 'text' ? change.inserted : ''))
    .join('');
}

/**
 * Somebody typed: the note's text and insertion point as they are now. What was dictated before can be undone as long
 * as its text still stands where it stood.
 */
export function withTypedEdit(state: DictationState, sections: readonly Section[], at: InsertionPoint): DictationState {
  return { ...state, note: { ...state.note, sections, at: withinSection(sections, at) } };
}

/** Somebody put the cursor elsewhere; "ångra" puts it back. Words that wait are written where they were said. */
export function withInsertionPoint(state: DictationState, to: InsertionPoint): Step {
  const { state: flushed, changes } = finalize(state);
  const place = withinSection(flushed.note.sections, to);
  const change: NoteChange = { kind: 'move', from: flushed.note.at, to: place };
  return { state: recorded(flushed, change, false), changes: [...changes, change] };
}

function settled(state: DictationState, isClosed: boolean): Step {
  let current = state;
  const changes: DictationChange[] = [];
  while (current.pending.length > 0) {
    const cursor = new Cursor(current.pending, isClosed);
    const reading = readNext(cursor, {
      before: aroundInsertion(current.note).before,
      sections: current.sectionNames,
      templates: current.templates,
      vocabulary: current.vocabulary,
    });
    const mark = current.automaticPunctuation === 'both' ? automaticMarkAfter(cursor, reading) : '';
    if (cursor.starved) break;
    const made = performed(current, reading, mark, cursor.taken(reading.length));
    changes.push(...made.changes);
    current = { ...made.state, pending: current.pending.slice(reading.length) };
  }
  return { state: current, changes };
}

function performed(state: DictationState, reading: Reading, automaticMark: string, tokens: readonly Token[]): Step {
  const { note, history } = state;
  const { action, command } = reading;
  const source = { tokens, command };
  const startsPhrase = tokens[0]!.pauseBeforeSeconds >= PHRASE_PAUSE_SECONDS;
  switch (action.kind) {
    case 'text': {
      const isStart = startsPhrase || isAfterTemplate(history) || startsSentence(aroundInsertion(note).before);
      return written(state, insertedWords(note, action.text + automaticMark, source), isStart);
    }
    case 'mark':
      return written(state, insertedMark(note, action.mark, action.is, source), false);
    case 'pair':
      return written(state, insertedPair(note, action.open, action.close, source), false);
    case 'break':
      return written(state, insertedBreak(note, action.text, source), startsPhrase);
    case 'template':
      return written(state, insertedTemplate(note, action.template, source), true);
    case 'case': {
      const entry = { kind: 'case', letterBefore: note.nextLetter } as const;
      const changed = { ...note, nextLetter: action.nextLetter };
      return { state: { ...state, note: changed, history: withEntry(history, entry) }, changes: [] };
    }
    case 'jump': {
      const place = placeOf(note, action.destination);
      if (!place) return { state, changes: [refusedJump(command)] };
      const change: NoteChange = { kind: 'move', from: note.at, to: place, ...(command && { command }) };
      return { state: recorded(state, change, false), changes: [change] };
    }
    case 'undo':
    case 'strike': {
      const { changes, ...undone } = action.kind === 'undo' ? undo(note, history) : strike(note, history);
      return { state: { ...state, ...undone }, changes };
    }
    case 'stop':
      return { state, changes: [{ kind: 'stop' }] };
    default:
      return action satisfies never;
  }
}

function refusedJump(command: CommandName | undefined): DictationChange {
  return { kind: 'refused', command: command ?? 'go-to', reason: 'no-such-place' };
}

/** A text change made and remembered; none when there is nothing to write. */
function written(state: DictationState, change: NoteChange | undefined, startsPhrase: boolean): Step {
  return change ? { state: recorded(state, change, startsPhrase), changes: [change] } : { state, changes: [] };
}

function recorded(state: DictationState, change: NoteChange, startsPhrase: boolean): DictationState {
  const entry = { kind: 'change', change, startsPhrase, letterBefore: state.note.nextLetter } as const;
  return {
    ...state,
    note: { ...applied(state.note, change), nextLetter: 'by-rule' },
    history: withEntry(state.history, entry),
  };
}
