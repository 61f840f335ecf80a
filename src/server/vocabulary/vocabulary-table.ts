import type { ImportFault } from '../../contracts/vocabulary-api.ts';
import { NewTerm } from '../../contracts/vocabulary-api.ts';
import { LEVEL_WEIGHTS, levelOfWeight, TERM_LEVELS, type TermLevel } from '../../contracts/vocabulary-levels.ts';
import type { TermFields } from '../../storage/repositories/vocabulary.ts';
import { readTable } from './read-table.ts';

const { term: TermText } = NewTerm.shape;
const COLUMNS = 3;
/** What a line that names the columns may call the first of them. */
const HEADINGS: ReadonlySet<string> = new Set(['ord', 'term', 'uttryck']);
const SWEDISH_LEVELS: Readonly<Record<string, TermLevel>> = {
  försiktigt: 'careful',
  vanligt: 'usual',
  starkt: 'strong',
};
const BYTE_ORDER_MARK = '\uFEFF';
/** A spreadsheet would take what begins so for a formula. */
const FORMULA = /^[=+\-@]/;
/** What keeps it from that. */
const GUARD = /^'(?=[=+\-@])/;

/** A line of a table: a term, or what is wrong with it. Lines count from 1. */
export type TermLine =
  | { readonly line: number; readonly term: TermFields }
  | { readonly line: number; readonly fault: ImportFault };

/**
 * Reads a table of terms: a term a line, and if wanted how it sounds and its level in further columns; tabs, semicolons
 * or commas between them. Levels are Swedish words, or weights as in the files of the command line. Lines that begin with
 * # are left out, and a first one that names the columns.
 */
export function readTerms(text: string): TermLine[] {
  const seen = new Set<string>();
  return readTable(text).flatMap(({ line, fields }, index): TermLine[] => {
    if (index === 0 && HEADINGS.has(fields[0]!.toLowerCase())) return [];
    const read = readLine(fields.map((field) => field.replace(GUARD, '')));
    if (typeof read === 'string') return [{ line, fault: read }];
    const key = termKey(read);
    if (seen.has(key)) return [{ line, fault: 'twice' }];
    seen.add(key);
    return [{ line, term: read }];
  });
}

/** By which a list tells terms from each other. */
export function termKey({ term, soundsLike }: Pick<TermFields, 'term' | 'soundsLike'>): string {
  return `${term}\n${soundsLike ?? ''}`.toLowerCase();
}

/** The form that `readTerms` and the command line read. */
export function writeTsv(terms: readonly TermFields[]): string {
  return terms.map(({ term, soundsLike, level }) => `${term}\t${soundsLike ?? ''}\t${LEVEL_WEIGHTS[level]}\n`).join('');
}

/** For spreadsheets as they are set in Sweden: semicolons, a mark of the encoding, and the columns' names. */
export function writeCsv(terms: readonly TermFields[]): string {
  const swedish = Object.fromEntries(Object.entries(SWEDISH_LEVELS).map(([word, level]) => [level, word]));
  const lines = terms.map(({ term, soundsLike, level }) => [term, soundsLike ?? '', swedish[level]!]);
  return BYTE_ORDER_MARK + [['ord', 'låter som', 'vikt'], ...lines].map(csvLine).join('');
}

function readLine(fields: readonly string[]): TermFields | ImportFault {
  if (fields.slice(COLUMNS).some((field) => field !== '')) return 'too-many-columns';
  const [term = '', sounds = '', wished = ''] = fields;
  const level = readLevel(wished);
  if (level === undefined) return 'no-level';
  const [written, spoken] = [TermText.safeParse(term), sounds === '' ? undefined : TermText.safeParse(sounds)];
  const faults = [written, spoken].flatMap((part) => part?.error?.issues ?? []);
  if (faults.some(({ code }) => code === 'too_big')) return 'too-long';
  if (!written.success || spoken?.success === false) return 'no-term';
  return { term: written.data, soundsLike: spoken?.data ?? null, level };
}

/** @returns undefined for what is no level */
function readLevel(text: string): TermLevel | undefined {
  if (text === '') return 'usual';
  const word = text.toLowerCase();
  const named = SWEDISH_LEVELS[word] ?? TERM_LEVELS.find((level) => level === word);
  const weight = Number(word.replace(',', '.'));
  return named ?? (weight > 0 ? levelOfWeight(weight) : undefined);
}

function csvLine(fields: readonly string[]): string {
  const quoted = fields.map((field) => {
    const text = FORMULA.test(field) ? `'${field}` : field;
    return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(';')}\r\n`;
}
