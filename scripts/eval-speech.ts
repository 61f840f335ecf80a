/**
 * How well speech is recognised: word and character error rates, and speed, over folders of clips; also as they sound in
 * noise, from afar, or over a telephone.
 *
 *   npm run eval:speech -- [FOLDER...] [--model NAME|all] [--beam N] [--language sv] [--no-lexicon] [--vocabulary FILE]
 *     [--degrade noise,quiet,telephone,fast,reverb] [--only TEXT] [--json] [--text]
 */
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { parseBeamSize, parseLanguage } from '../src/cli/option-values.ts';
import { readVocabulary } from '../src/cli/vocabulary-file.ts';
import { loadConfig, recogniserSettings } from '../src/config.ts';
import { AppError } from '../src/contracts/errors.ts';
import type { Transcriber } from '../src/contracts/transcriber.ts';
import { TranscribeOptions } from '../src/contracts/transcript.ts';
import { startSpeechPool } from '../src/speech/pool.ts';
import { type Clip, FIXTURE_FOLDER, readClipFolder } from './clip-folder.ts';
import { CLEAN, type Condition, parseConditions } from './degrade/conditions.ts';
import { type Outcome, recogniseClip, wordsInSilence } from './recognised-clips.ts';
import { type ConditionRun, clipsReport, clipsTable, conditionsReport, conditionsTable } from './speech-report.ts';

const EVERY_MODEL = 'all';

interface Flags {
  readonly model?: string;
  readonly beam: number;
  readonly language: string;
  readonly lexicon: boolean;
  readonly vocabulary?: string;
  readonly degrade?: readonly Condition[];
  readonly only?: string;
  readonly json?: boolean;
  readonly text?: boolean;
}

const command = new Command('eval-speech')
  .argument('[folders...]', 'folders of clips, each with a transcripts.json (fields file and spoken)')
  .option('--model <name>', `an installed model, or ${EVERY_MODEL}; the default model when not given`)
  .option('--beam <count>', 'beams of the search, 1 to 10; 1 is greedy', parseBeamSize, 5)
  .option('--language <code>', 'ISO 639-1 code, or auto', parseLanguage, 'sv')
  .option('--no-lexicon', 'leave words to the model alone')
  .option('--vocabulary <file>', 'terms to expect: one a line, with how it sounds and a weight after tabs')
  .option(
    '--degrade <conditions>',
    'noise,quiet,telephone,fast,reverb: the clips also as they sound so',
    parseConditions,
  )
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
    language: flags.language,
    beamSize: flags.beam,
    lexicon: flags.lexicon,
    vocabulary: flags.vocabulary === undefined ? [] : await readVocabulary(flags.vocabulary),
  });
  // One worker and one clip at a time: the speed told is that of one core that nothing disturbs.
  const transcriber = await startSpeechPool({ ...recogniserSettings(loadConfig()), workers: 1, queueLimit: 1 });
  try {
    const outcomes =
      flags.degrade || flags.model === EVERY_MODEL
        ? await compareConditions(transcriber, clips, options, flags)
        : await compareClips(transcriber, clips, options, flags);
    for (const { clip, error } of outcomes) if (error) console.error(`${clip.path}: ${error.code}: ${error.message}`);
    return outcomes.every(({ error }) => error === undefined) ? 0 : 1;
  } finally {
    await transcriber.close();
  }
}

/** One model and the clips as they are: a row for each. */
async function compareClips(
  transcriber: Transcriber,
  clips: readonly Clip[],
  options: TranscribeOptions,
  { model, beam, language, lexicon, json, text = false }: Flags,
): Promise<readonly Outcome[]> {
  const outcomes = await recogniseAll(transcriber, clips, withModel(options, model), CLEAN);
  const report = { model: modelOf(outcomes) ?? null, beam, language, lexicon, ...clipsReport(outcomes, text) };
  console.log(json ? JSON.stringify(report, undefined, 2) : clipsTable(outcomes, text));
  return outcomes;
}

/** Models by conditions: a row for each of both. */
async function compareConditions(
  transcriber: Transcriber,
  clips: readonly Clip[],
  options: TranscribeOptions,
  { model, beam, language, lexicon, degrade = [], json }: Flags,
): Promise<readonly Outcome[]> {
  const models = model === EVERY_MODEL ? (await transcriber.models()).map(({ name }) => name) : [model];
  const runs: ConditionRun[] = [];
  for (const name of models) {
    const chosen = withModel(options, name);
    for (const condition of [CLEAN, ...degrade]) {
      const outcomes = await recogniseAll(transcriber, clips, chosen, condition);
      const silence = await wordsInSilence(transcriber, chosen, condition);
      runs.push({ model: modelOf(outcomes) ?? '', condition: condition.name, outcomes, silence });
    }
  }
  const report = { beam, language, lexicon, runs: conditionsReport(runs) };
  console.log(json ? JSON.stringify(report, undefined, 2) : conditionsTable(runs));
  return runs.flatMap(({ outcomes }) => outcomes);
}

function withModel(options: TranscribeOptions, model: string | undefined): TranscribeOptions {
  return { ...options, ...(model !== undefined && { model }) };
}

function modelOf(outcomes: readonly Outcome[]): string | undefined {
  return outcomes.find(({ model }) => model !== undefined)?.model;
}

async function recogniseAll(
  transcriber: Transcriber,
  clips: readonly Clip[],
  options: TranscribeOptions,
  condition: Condition,
): Promise<readonly Outcome[]> {
  const progress = new SingleBar({ format: `${condition.name} {bar} {value}/{total} clips, {eta} s left` });
  if (process.stderr.isTTY) progress.start(clips.length, 0);
  // The first call loads what the others find loaded.
  await recogniseClip(transcriber, clips[0]!, options, condition);
  const outcomes: Outcome[] = [];
  for (const clip of clips) {
    outcomes.push(await recogniseClip(transcriber, clip, options, condition));
    progress.increment();
  }
  progress.stop();
  return outcomes;
}
