import { errorBlocks } from '../../src/evaluation/blocks.ts';
import { errorRateDifference, type Interval } from '../../src/evaluation/bootstrap.ts';
import { BLOCK_WORDS, totalFigures } from '../../src/evaluation/report.ts';
import type { ClipSet } from '../clip-sets.ts';
import { markdownTable } from '../markdown.ts';
import type { Comparison, Outcome, SystemResult } from './measure.ts';

const NOTHING = '-';

/** The comparison as Markdown, without a word of what was said: figures only. */
export function comparisonReport({ results, leftOut }: Comparison, sets: readonly ClipSet[]): string {
  const parts = [
    'Every system in a process of its own, one thread, warmed up; piece of sound by piece of sound, each system in turn. ' +
      '"Times faster" is against faster-whisper int8 at the same beam on the same recordings of the same run. Points of ' +
      'WER are paired over the same words; intervals are 95 % (bootstrap over blocks of ' +
      `${BLOCK_WORDS} words). Long recordings go whole to each system, which cuts them its own way.`,
    ...sets.map((set) => `### ${capitalised(set.title)}\n\n${describe(set)}\n\n${setTable(set, results)}`),
    `### Starting and memory\n\n${startTable(results)}`,
    `### What was measured\n\n${results.map(({ about }) => `- ${about}`).join('\n')}`,
  ];
  if (leftOut.length > 0) {
    parts.push(`### Left out\n\n${leftOut.map(({ system, reason }) => `- ${system.name}: ${reason}`).join('\n')}`);
  }
  return parts.join('\n\n');
}

function describe(set: ClipSet): string {
  const pieces = set.recordings.reduce((sum, recording) => sum + recording.pieces.length, 0);
  return (
    `${set.recordings.length} recordings in ${pieces} pieces, ${set.audioSeconds.toFixed(0)} s, ` +
    `${set.pieceSeconds.toFixed(1)} s a piece on average.`
  );
}

function setTable(set: ClipSet, results: readonly SystemResult[]): string {
  const header = [
    'system',
    'WER %',
    '95 %',
    'RTF',
    'times faster',
    'WER points against faster-whisper',
    'WER points against our fp32',
    'recordings',
  ];
  const rows = results.map((result) => {
    const outcomes = result.outcomes.get(set.name) ?? [];
    const name = result.system.name;
    const share = `${outcomes.length} of ${set.recordings.length}`;
    if (outcomes.length === 0) return [name, ...header.slice(2).map(() => NOTHING), `${share}: too slow`];
    const total = totalFigures(outcomes);
    const baseline = pairWith(set, outcomes, findResult(results, 'faster-whisper', result));
    const exact = pairWith(set, outcomes, findResult(results, 'Taltid fp32', result));
    return [
      name,
      percent(total.wer),
      `${percent(total.werInterval.low)} to ${percent(total.werInterval.high)}`,
      total.rtf.toFixed(3),
      baseline ? (realTimeFactor(baseline.others) / realTimeFactor(baseline.ours)).toFixed(2) : NOTHING,
      baseline ? points(wordErrorDifference(baseline)) : NOTHING,
      exact ? points(wordErrorDifference(exact)) : NOTHING,
      share,
    ];
  });
  return markdownTable(header, rows);
}

function startTable(results: readonly SystemResult[]): string {
  const mebibytes = (bytes: number | undefined) => (bytes === undefined ? NOTHING : (bytes / 2 ** 20).toFixed(0));
  const rows = results.map(({ system, loadSeconds, peakMemoryBytes }) => [
    system.name,
    loadSeconds.toFixed(2),
    mebibytes(peakMemoryBytes),
  ]);
  return markdownTable(['system', 'start of the process to a loaded model, s', 'most memory, MiB'], rows);
}

/** The system whose name starts so, at the same beam; undefined for that system itself. */
function findResult(results: readonly SystemResult[], name: string, like: SystemResult): SystemResult | undefined {
  const found = results.find(({ system }) => system.name.startsWith(name) && system.beamSize === like.system.beamSize);
  return found === like ? undefined : found;
}

/** What two systems made of the recordings that both got to. */
interface Pair {
  readonly ours: readonly Outcome[];
  readonly others: readonly Outcome[];
}

function pairWith(set: ClipSet, ours: readonly Outcome[], other: SystemResult | undefined): Pair | undefined {
  const others = other?.outcomes.get(set.name) ?? [];
  const common = Math.min(ours.length, others.length);
  return common === 0 ? undefined : { ours: ours.slice(0, common), others: others.slice(0, common) };
}

function realTimeFactor(outcomes: readonly Outcome[]): number {
  return totalFigures(outcomes).rtf;
}

function wordErrorDifference({ ours, others }: Pair): Interval {
  const blocks = (outcomes: readonly Outcome[]) =>
    outcomes.flatMap(({ reference, hypothesis }) => errorBlocks(reference, hypothesis, BLOCK_WORDS));
  return errorRateDifference(blocks(ours), blocks(others));
}

function points({ value, low, high }: Interval): string {
  const signed = (share: number) => `${share >= 0 ? '+' : ''}${percent(share)}`;
  return `${signed(value)} (${signed(low)} to ${signed(high)})`;
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
