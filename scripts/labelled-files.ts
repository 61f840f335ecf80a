import { globSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { PROJECT_DIRECTORY } from '../src/config.ts';
import { AppError } from '../src/contracts/errors.ts';
import { LabelledNote, LabelledPhrase } from '../src/contracts/followup.ts';

/** The project's own labelled phrases and notes, for runs without a file. */
export const LABELLED_FOLDER = join(PROJECT_DIRECTORY, 'test', 'followup', 'labelled');

/** Labels of others may hold types, times and fields that are not known here: they count against us, they do not stop us. */
const AnyRequest = z.looseObject({ id: z.string(), type: z.string() });
const Phrase = LabelledPhrase.extend({ requests: z.array(AnyRequest), negated: z.array(z.string()) });
const Note = LabelledNote.extend({
  followups: z.array(LabelledNote.shape.followups.element.extend({ requests: z.array(AnyRequest) })),
  negated: z.array(LabelledNote.shape.negated.element.extend({ type: z.string() })),
});
export type AnyPhrase = z.infer<typeof Phrase>;
export type AnyNote = z.infer<typeof Note>;

export interface LabelledFile {
  /** As people name it: from the folder where the command was given, or whole when it lies elsewhere. */
  readonly name: string;
  readonly phrases: readonly AnyPhrase[];
  readonly notes: readonly AnyNote[];
}

/**
 * Reads labelled files: `.jsonl` holds a phrase a line, `.json` one note; a folder stands for all such files in it and
 * below.
 *
 * @throws AppError FILE_NOT_FOUND; REQUEST_INVALID, with the file and line, for what is no label
 */
export function readLabelledFiles(paths: readonly string[]): readonly LabelledFile[] {
  return paths.flatMap(labelledFilesAt).map(readLabelledFile);
}

function labelledFilesAt(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  const expected = 'labelled phrases (.jsonl), a labelled note (.json), or a folder of them';
  if (!stats) throw new AppError('FILE_NOT_FOUND', `cannot read ${path}`, { expected, got: 'no such file' });
  if (!stats.isDirectory()) return [path];
  const files = globSync('**/*.{json,jsonl}', { cwd: path }).sort();
  if (files.length > 0) return files.map((file) => join(path, file));
  throw new AppError('FILE_NOT_FOUND', `nothing is labelled in ${path}`, { expected, got: 'a folder without any' });
}

function readLabelledFile(path: string): LabelledFile {
  const text = readFileSync(path, 'utf8');
  const nearer = relative(process.cwd(), path);
  const name = nearer.startsWith('..') ? path : nearer;
  if (!path.endsWith('.jsonl')) return { name, phrases: [], notes: [parseLabel(Note, text, path)] };
  const phrases = text
    .split('\n')
    .map((line, at) => ({ line, place: `${path}:${at + 1}` }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, place }) => parseLabel(Phrase, line, place));
  return { name, phrases, notes: [] };
}

function parseLabel<Label>(schema: z.ZodType<Label>, json: string, place: string): Label {
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch (cause) {
    throw new AppError('REQUEST_INVALID', `${place} is not JSON`, { expected: 'a label', cause });
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the whole';
  throw new AppError('REQUEST_INVALID', `${place} is no label`, { got: `${issue?.message} (at ${where})` });
}
