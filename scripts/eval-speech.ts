/**
 * How well speech is recognised: word and character error rates, and speed, over folders of clips.
 *
 *   npm run eval:speech -- [FOLDER...] [--model NAME] [--beam N] [--language sv] [--no-lexicon] [--vocabulary FILE]
 *     [--only TEXT] [--json] [--text]
 */
import { readFileSync } from 'node:fs';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { parseBeamSize, parseLanguage } from '../src/cli/option-values.ts';
import { readVocabulary } from '../src/cli/vocabulary-file.ts';
import { loadConfig, recogniserSettings } from '../src/config.ts';
import { AppError, type PlainError } from '../src/contracts/errors.ts';
import type { Transcriber } from '../src/contracts/transcriber.ts';
import { TranscribeOptions } from '../src/contracts/transcript.ts';
import { clipFigures, type Figures, type Recognised, totalFigures } from '../src/evaluation/report.ts';
import { startSpeechPool } from '../src/speech/pool.ts';
import { type Clip, FIXTURE_FOLDER, readClipFolder } from './clip-folder.ts';
import { textTable } from './text-table.ts';

interface Flags {
  readonly model?: string;
  readonly beam: number;
  readonly language: string;
  readonly lexicon: boolean;
  readonly vocabulary?: string;
  readonly only?: string;
  readonly json?: boolean;
  readonly text?: boolean;
}

interface Outcome {
  readonly clip: Clip;
  readonly recognised?: Recognised;
  readonly model?: string;
  readonly error?: PlainError;
}

const command = new Command('eval-speech')
  .argument('[folders...]', 'folders of clips, each with a transcripts.json (fields file and spoken)')
  .option('--model <name>', 'an installed model; the default model when not given')
  .option('--beam <count>', 'beams of the search, 1 to 10; 1 is greedy', parseBeamSize, 5)
  .option('--language <code>', 'ISO 639-1 code, or auto', parseLanguage, 'sv')
  .option('--no-lexicon', 'leave words to the model alone')
  .option('--vocabulary <file>', 'terms to expect: one a line, with how it sounds and a weight after tabs')
  .option('--only <text>', 'clips with this in their file name')
  .option('--json', 'print figures as JSON')
  .option('--text', 'show what was said and what was heard')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();

try {
  process.exitCode = await evaluate(command.args.length > 0 ? command.args : [FIXTURE_FOLDER], command.opts<Flags>());
} catch (thrown) {
  const error = AppError.from(thrown);
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}

/** 0 when every clip was recognised, 1 when one could not be. */
async function evaluate(folders: readonly string[], flags: Flags): Promise<0 | 1> {
  const clips = folders.flatMap(readClipFolder).filter(({ file }) => file.includes(flags.only ?? ''));
  if (clips.length === 0) {
    const expected = 'a part of the name of a clip in these folders';
    throw new AppError('REQUEST_INVALID', 'no clip is named so', { expected, got: flags.only ?? '' });
  }
  const options = TranscribeOptions.parse({
    model: flags.model,
    language: flags.language,
    beamSize: flags.beam,
    lexicon: flags.lexicon,
    vocabulary: flags.vocabulary === undefined ? [] : await readVocabulary(flags.vocabulary),
  });
  // One worker and one clip at a time: the speed told is that of one core that nothing disturbs.
  const transcriber = await startSpeechPool({ ...recogniserSettings(loadConfig()), workers: 1, queueLimit: 1 });
  const outcomes: Outcome[] = [];
  try {
    const progress = new SingleBar({ format: '{bar} {value}/{total} clips, {eta} s left' });
    if (process.stderr.isTTY) progress.start(clips.length, 0);
    await recognise(transcriber, clips[0]!, options);
    for (const clip of clips) {
      outcomes.push(await recognise(transcriber, clip, options));
      progress.increment();
    }
    progress.stop();
  } finally {
    await transcriber.close();
  }
  console.log(flags.json ? JSON.stringify(report(outcomes, flags), undefined, 2) : table(outcomes, flags));
  for (const { clip, error } of outcomes) if (error) console.error(`${clip.path}: ${error.code}: ${error.message}`);
  return outcomes.every(({ error }) => error === undefined) ? 0 : 1;
}

async function recognise(transcriber: Transcriber, clip: Clip, options: TranscribeOptions): Promise<Outcome> {
  const file = new Uint8Array(readFileSync(clip.path));
  try {
    const startMs = performance.now();
    const transcript = await transcriber.transcribe({ file, options });
    const recognised = {
      reference: clip.spoken,
      hypothesis: transcript.text,
      audioSeconds: transcript.durationSeconds,
      processingSeconds: (performance.now() - startMs) / 1000,
    };
    return { clip, recognised, model: transcript.model };
  } catch (thrown) {
    const error = AppError.from(thrown);
    // Of the clip's making: the others are still worth their figures. Anything else would befall them all.
    if (error.code.startsWith('AUDIO_')) return { clip, error: error.toPlain() };
    throw error;
  }
}

/** The whole as JSON: the figures of all clips together, of each folder and of each clip. */
function report(outcomes: readonly Outcome[], flags: Flags): object {
  return {
    model: outcomes.find(({ model }) => model !== undefined)?.model ?? null,
    beam: flags.beam,
    language: flags.language,
    lexicon: flags.lexicon,
    ...totalFigures(recognisedIn(outcomes)),
    folders: byFolder(outcomes).map(([folder, rows]) => ({ folder, ...totalFigures(recognisedIn(rows)) })),
    clips: outcomes.map(({ clip, recognised, error }) => ({
      folder: clip.folder,
      file: clip.file,
      ...(error ? { error } : {}),
      ...(recognised ? clipFigures(recognised) : {}),
      ...(recognised && flags.text ? { spoken: recognised.reference, heard: recognised.hypothesis } : {}),
    })),
  };
}

function table(outcomes: readonly Outcome[], flags: Flags): string {
  const rows: string[][] = [['clip', 'seconds', 'words', 'WER %', '95 %', 'sub', 'del', 'ins', 'CER %', 'RTF']];
  const groups = byFolder(outcomes);
  for (const [folder, group] of groups) {
    for (const { clip, recognised } of group) {
      if (recognised) rows.push(row(`${folder}/${clip.file}`, clipFigures(recognised)));
    }
  }
  for (const [folder, group] of groups) rows.push(totalRow(folder, group));
  if (groups.length > 1) rows.push(totalRow('all', outcomes));
  const texts = flags.text
    ? recognisedIn(outcomes).map(({ reference, hypothesis }) => `\nsaid   ${reference}\nheard  ${hypothesis}`)
    : [];
  return [textTable(rows), ...texts].join('\n');
}

function totalRow(name: string, outcomes: readonly Outcome[]): string[] {
  const total = totalFigures(recognisedIn(outcomes));
  return row(`= ${name}`, total, `${percent(total.werInterval.low)}-${percent(total.werInterval.high)}`);
}

function row(name: string, figures: Figures, interval = ''): string[] {
  return [
    name,
    figures.audioSeconds.toFixed(1),
    String(figures.words),
    percent(figures.wer),
    interval,
    String(figures.substitutions),
    String(figures.deletions),
    String(figures.insertions),
    percent(figures.cer),
    figures.rtf.toFixed(3),
  ];
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function recognisedIn(outcomes: readonly Outcome[]): readonly Recognised[] {
  return outcomes.flatMap(({ recognised }) => recognised ?? []);
}

function byFolder(outcomes: readonly Outcome[]): readonly (readonly [string, readonly Outcome[]])[] {
  const folders = [...new Set(outcomes.map(({ clip }) => clip.folder))];
  return folders.map((folder) => [folder, outcomes.filter(({ clip }) => clip.folder === folder)]);
}
