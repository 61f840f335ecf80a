import { writeFile } from 'node:fs/promises';
import { AppError } from '../contracts/errors.ts';
import type { Transcriber } from '../contracts/transcriber.ts';
import type { TranscribeOptions, Transcript } from '../contracts/transcript.ts';
import { readInput } from './input.ts';
import { mapInOrder } from './ordered.ts';
import { formatTranscript, type OutputFormat } from './output.ts';
import { startProgressBar } from './progress-bar.ts';

export interface TranscribeFilesOptions {
  readonly format: OutputFormat;
  readonly options: TranscribeOptions;
  /** Files recognised at the same time. */
  readonly concurrency: number;
  readonly maxFileBytes: number;
  /** Where the text of each file goes; standard output when absent. */
  readonly outputPaths?: ReadonlyMap<string, string> | undefined;
  readonly signal: AbortSignal;
}

type Outcome = { readonly file: string } & ({ readonly transcript: Transcript } | { readonly error: AppError });

/**
 * Recognises files and prints or writes their texts in the order given; what fails is told on standard error and the
 * rest goes on. Gives the number of files that failed.
 */
export async function transcribeFiles(
  transcriber: Transcriber,
  files: readonly string[],
  settings: TranscribeFilesOptions,
): Promise<number> {
  const { format, options, signal, outputPaths } = settings;
  const progress = startProgressBar(files.length);

  const recognise = async (file: string): Promise<Outcome> => {
    try {
      signal.throwIfAborted();
      const bytes = await readInput(file, settings.maxFileBytes, 'AUDIO_TOO_LARGE');
      const transcript = await transcriber.transcribe({
        file: bytes,
        options,
        signal,
        onProgress: ({ doneSeconds, totalSeconds }) =>
          progress.report(file, Math.min(0.99, doneSeconds / totalSeconds)),
      });
      return { file, transcript };
    } catch (error) {
      return { file, error: AppError.from(error) };
    } finally {
      progress.report(file, 1);
    }
  };

  let failedCount = 0;
  const hasHeaders = files.length > 1 && format !== 'json';
  try {
    for await (const outcome of mapInOrder(files, settings.concurrency, recognise)) {
      if ('error' in outcome) {
        const { file, error } = outcome;
        failedCount += 1;
        if (!signal.aborted) progress.aside(() => console.error(`taltid: ${file}: ${error.code}: ${error.message}`));
        continue;
      }
      const text = formatTranscript(outcome.transcript, outcome.file, format, options.words);
      const path = outputPaths?.get(outcome.file);
      if (path !== undefined) await writeFile(path, text);
      else progress.aside(() => process.stdout.write(hasHeaders ? `==> ${outcome.file} <==\n${text}\n` : text));
    }
  } finally {
    progress.stop();
  }
  return failedCount;
}
