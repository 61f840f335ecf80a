import type { CommandName } from '../contracts/dictation.ts';
import { isMeantAsCommand } from './ambiguity.ts';
import { COMMANDS, type CommandGroup } from './command-table.ts';
import type { Context } from './context.ts';
import type { Cursor } from './cursor.ts';
import { readDecimal } from './numbers.ts';
import { PhraseTable } from './phrases.ts';
import type { Action, Reading } from './readings.ts';
import { readName, sectionNames } from './sections.ts';
import { editDistance, misspellingsAllowed, soundOf } from './spelling.ts';
import { templateNames } from './templates.ts';

/** What a command does, by its name. `go-to`, `template` and `digits` do it to the words that follow them. */
const ACTIONS: Readonly<Record<Exclude<CommandName, 'go-to' | 'template' | 'digits'>, Action>> = {
  'full-stop': { kind: 'mark', mark: '.', is: 'sentence' },
  comma: { kind: 'mark', mark: ',', is: 'clause' },
  colon: { kind: 'mark', mark: ':', is: 'clause' },
  semicolon: { kind: 'mark', mark: ';', is: 'clause' },
  'question-mark': { kind: 'mark', mark: '?', is: 'sentence' },
  'exclamation-mark': { kind: 'mark', mark: '!', is: 'sentence' },
  slash: { kind: 'mark', mark: '/', is: 'joining' },
  hyphen: { kind: 'mark', mark: '-', is: 'joining' },
  dash: { kind: 'mark', mark: '–', is: 'dash' },
  parenthesis: { kind: 'pair', open: '(', close: ')' },
  'parenthesis-open': { kind: 'mark', mark: '(', is: 'opening' },
  'parenthesis-close': { kind: 'mark', mark: ')', is: 'closing' },
  'quotation-mark': { kind: 'pair', open: '”', close: '”' },
  'quotation-close': { kind: 'mark', mark: '”', is: 'closing' },
  'new-line': { kind: 'break', text: '\n' },
  'new-paragraph': { kind: 'break', text: '\n\n' },
  'new-bullet': { kind: 'break', text: '\n- ' },
  'upper-case': { kind: 'case', nextLetter: 'upper' },
  'lower-case': { kind: 'case', nextLetter: 'lower' },
  undo: { kind: 'undo' },
  strike: { kind: 'strike' },
  next: { kind: 'jump', destination: { to: 'any-step', by: 1 } },
  'next-section': { kind: 'jump', destination: { to: 'section-step', by: 1 } },
  'next-field': { kind: 'jump', destination: { to: 'field-step', by: 1 } },
  previous: { kind: 'jump', destination: { to: 'any-step', by: -1 } },
  'previous-section': { kind: 'jump', destination: { to: 'section-step', by: -1 } },
  'previous-field': { kind: 'jump', destination: { to: 'field-step', by: -1 } },
  stop: { kind: 'stop' },
};

const TABLE = new PhraseTable(
  COMMANDS.flatMap(({ name, phrases }) => phrases.map((phrase): [string, CommandName] => [phrase, name])),
  soundOf,
  ({ sound }) => sound,
);

/** Long words that no other word is near to, so that a misspelled one is still meant. */
const LONG_MARKS = COMMANDS.filter(({ group }) => group === 'Skiljetecken').flatMap(({ name, phrases }) =>
  phrases
    .map((phrase) => ({ name, sound: soundOf(phrase) }))
    .filter(({ sound }) => misspellingsAllowed(sound.length) > 0),
);

/** The command that is said first, or nothing when the words are text. */
export function readCommand(cursor: Cursor, context: Context): Reading | undefined {
  const found = TABLE.match(cursor, 0) ?? misspelledMark(cursor);
  if (!found || !isMeantAsCommand(found.value, found.length, cursor, context)) return undefined;
  const { value: command, length } = found;
  switch (command) {
    case 'go-to': {
      const section = readName(cursor, length, sectionNames(context.sections));
      if (!section) return undefined;
      const destination = { to: 'section', index: section.index } as const;
      return { length: length + section.length, command, action: { kind: 'jump', destination } };
    }
    case 'template': {
      const named = readName(cursor, length, templateNames(context.templates));
      const template = named && context.templates[named.index];
      return template && { length: length + named.length, command, action: { kind: 'template', template } };
    }
    case 'digits': {
      const number = readDecimal(cursor, length);
      return number && { length: length + number.length, command, action: { kind: 'text', text: number.digits } };
    }
    default:
      return { length, command, action: ACTIONS[command] };
  }
}

const GROUPS = new Map(COMMANDS.map(({ name, group }) => [name, group]));

/** The kind of command that seems to be said from this place on, for what stands before it. */
export function commandGroupAt(cursor: Cursor, at: number): CommandGroup | undefined {
  const found = TABLE.match(cursor, at);
  return found && GROUPS.get(found.value);
}

function misspelledMark(cursor: Cursor): { value: CommandName; length: number } | undefined {
  const { sound } = cursor.first;
  const near = LONG_MARKS.find((mark) => {
    const limit = misspellingsAllowed(mark.sound.length);
    return editDistance(sound, mark.sound, limit) <= limit;
  });
  return near && { value: near.name, length: 1 };
}
