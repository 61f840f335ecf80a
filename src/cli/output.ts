import { basename, extname, join } from 'node:path';
import { AppError } from '../contracts/errors.ts';
import type { Transcript } from '../contracts/transcript.ts';
import { cuesOf } from '../transcript/cues.ts';
import { formatSrt, formatVtt } from '../transcript/subtitles.ts';
import { formatWordLines } from '../transcript/text.ts';
import { verboseJson } from '../transcript/verbose-json.ts';

export const OUTPUT_FORMATS = ['text', 'json', 'srt', 'vtt'] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

const EXTENSIONS: Readonly<Record<OutputFormat, string>> = { text: 'txt', json: 'json', srt: 'srt', vtt: 'vtt' };

export const STANDARD_INPUT = '-';

/** A transcript as it is printed or written, ending in a line break. JSON is one line, with the file's name in it. */
export function formatTranscript(transcript: Transcript, file: string, format: OutputFormat, words: boolean): string {
  switch (format) {
    case 'text':
      return words ? formatWordLines(transcript.segments) : `${transcript.text}\n`;
    case 'json':
      return `${JSON.stringify({ file, model: transcript.model, ...verboseJson(transcript, { segments: true, words }) })}\n`;
    case 'srt':
      return formatSrt(cuesOf(transcript.segments));
    case 'vtt':
      return formatVtt(cuesOf(transcript.segments));
    default:
      return format satisfies never;
  }
}

/**
 * Where each file's output goes: its own name with the format's extension. Throws REQUEST_INVALID when two files would
 * be written over each other.
 */
export function planOutput(files: readonly string[], directory: string, format: OutputFormat): Map<string, string> {
  const paths = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const file of files) {
    const stem = file === STANDARD_INPUT ? 'stdin' : basename(file, extname(file));
    const path = join(directory, `${stem}.${EXTENSIONS[format]}`);
    const other = taken.get(path);
    if (other !== undefined) {
      throw new AppError('REQUEST_INVALID', `two files would both be written to ${path}`, {
        expected: 'files whose names differ before the extension',
        got: `${other} and ${file}`,
      });
    }
    taken.set(path, file);
    paths.set(file, path);
  }
  return paths;
}
