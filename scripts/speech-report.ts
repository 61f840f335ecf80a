import { errorBlocks } from '../src/evaluation/blocks.ts';
import { errorRateDifference, errorRateInterval, type Interval } from '../src/evaluation/bootstrap.ts';
import { BLOCK_WORDS, clipFigures, type Figures, type Recognised, totalFigures } from '../src/evaluation/report.ts';
import type { ErrorCount } from '../src/evaluation/score.ts';
import type { Outcome } from './recognised-clips.ts';
import { textTable } from './text-table.ts';

/** The clips as one model heard them under one condition. */
export interface ConditionRun {
  readonly model: string;
  readonly condition: string;
  readonly outcomes: readonly Outcome[];
  /** Words heard where nobody speaks, and the minutes of each piece. */
  readonly silence: readonly ErrorCount[];
}

/** The figures of all clips together, of each folder and of each clip. */
export function clipsReport(outcomes: readonly Outcome[], withText: boolean): object {
  return {
    ...totalFigures(recognisedIn(outcomes)),
    folders: byFolder(outcomes).map(([folder, rows]) => ({ folder, ...totalFigures(recognisedIn(rows)) })),
    clips: outcomes.map(({ clip, recognised, error }) => ({
      folder: clip.folder,
      file: clip.file,
      ...(error ? { error } : {}),
      ...(recognised ? clipFigures(recognised) : {}),
      ...(recognised && withText ? { spoken: recognised.reference, heard: recognised.hypothesis } : {}),
    })),
  };
}

export function clipsTable(outcomes: readonly Outcome[], withText: boolean): string {
  const rows: string[][] = [['clip', 'seconds', 'words', 'WER %', '95 %', 'sub', 'del', 'ins', 'CER %', 'RTF']];
  const groups = byFolder(outcomes);
  for (const [folder, group] of groups) {
    for (const { clip, recognised } of group) {
      if (recognised) rows.push(clipRow(`${folder}/${clip.file}`, clipFigures(recognised)));
    }
  }
  for (const [folder, group] of groups) rows.push(totalRow(folder, group));
  if (groups.length > 1) rows.push(totalRow('all', outcomes));
  const texts = withText
    ? recognisedIn(outcomes).map(({ reference, hypothesis }) => `\nsaid   ${reference}\nheard  ${hypothesis}`)
    : [];
  return [textTable(rows), ...texts].join('\n');
}

/** Each run's totals, what the condition costs against the same model's first run, and the words made up in silence. */
export function conditionsReport(runs: readonly ConditionRun[]): object[] {
  return runs.map((run) => ({
    model: run.model,
    condition: run.condition,
    ...totalFigures(recognisedIn(run.outcomes)),
    werAgainstFirst: againstFirst(run, runs),
    wordsPerSilentMinute: errorRateInterval(run.silence),
  }));
}

export function conditionsTable(runs: readonly ConditionRun[]): string {
  const header = ['model', 'condition', 'words', 'WER %', '95 %', 'against first', '95 %', 'ins', 'CER %', '95 %'];
  const rows = runs.map((run) => {
    const total = totalFigures(recognisedIn(run.outcomes));
    const difference = againstFirst(run, runs);
    const silence = errorRateInterval(run.silence);
    return [
      run.model,
      run.condition,
      String(total.words),
      percent(total.wer),
      bounds(total.werInterval),
      difference ? percent(difference.value) : '',
      difference ? bounds(difference) : '',
      String(total.insertions),
      percent(total.cer),
      bounds(total.cerInterval),
      silence.value.toFixed(1),
      `${silence.low.toFixed(1)} to ${silence.high.toFixed(1)}`,
    ];
  });
  return textTable([[...header, 'words a silent minute', '95 %'], ...rows]);
}

/** How much larger the word error rate is than that of the same model's first run; nothing for that run itself. */
function againstFirst(run: ConditionRun, runs: readonly ConditionRun[]): Interval | undefined {
  const first = runs.find(({ model }) => model === run.model)!;
  if (first === run) return undefined;
  // A clip that only one of them could read would make other pairs of the rest.
  const isPaired = (index: number) => first.outcomes[index]!.recognised && run.outcomes[index]!.recognised;
  const blocks = ({ outcomes }: ConditionRun) =>
    recognisedIn(outcomes.filter((_, index) => isPaired(index))).flatMap(({ reference, hypothesis }) =>
      errorBlocks(reference, hypothesis, BLOCK_WORDS),
    );
  return errorRateDifference(blocks(run), blocks(first));
}

function totalRow(name: string, outcomes: readonly Outcome[]): string[] {
  const total = totalFigures(recognisedIn(outcomes));
  return clipRow(`= ${name}`, total, bounds(total.werInterval));
}

function clipRow(name: string, figures: Figures, interval = ''): string[] {
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

function bounds({ low, high }: Pick<Interval, 'low' | 'high'>): string {
  return `${percent(low)} to ${percent(high)}`;
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
