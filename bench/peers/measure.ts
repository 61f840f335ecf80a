import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Samples, secondsOf } from '../audio.ts';
import type { ClipSet, Recording } from '../clip-sets.ts';
import { RunnerProcess } from './runner-process.ts';
import type { System } from './systems.ts';

/** What one system made of one recording. */
export interface Outcome {
  readonly reference: string;
  readonly hypothesis: string;
  readonly audioSeconds: number;
  readonly processingSeconds: number;
}

export interface SystemResult {
  readonly system: System;
  readonly about: string;
  readonly loadSeconds: number;
  readonly peakMemoryBytes: number | undefined;
  /** By set, then by recording, in the set's order; shorter than the set when the system is too slow for all of it. */
  readonly outcomes: ReadonlyMap<ClipSet['name'], readonly Outcome[]>;
}

export interface LeftOut {
  readonly system: System;
  readonly reason: string;
}

export interface Comparison {
  readonly results: readonly SystemResult[];
  readonly leftOut: readonly LeftOut[];
}

export interface CompareOptions {
  /** A system gets no more of a set than it can be expected to finish in this time. */
  readonly budgetSeconds: number;
  readonly onProgress: (message: string) => void;
}

interface Contestant {
  readonly system: System;
  readonly runner: RunnerProcess;
  /** Processing time over audio of the last thing that it heard. */
  lastRtf: number;
  readonly outcomes: Map<ClipSet['name'], Outcome[]>;
}

/**
 * Measures all systems in one go: each loaded alone and warmed up, then piece of sound by piece of sound, every system
 * in turn, so that whatever else the machine does falls on all of them alike. One system works at a time.
 */
export async function compare(
  systems: readonly System[],
  sets: readonly ClipSet[],
  options: CompareOptions,
): Promise<Comparison> {
  const folder = mkdtempSync(join(tmpdir(), 'taltid-bench-'));
  const contestants: Contestant[] = [];
  const leftOut: LeftOut[] = [];
  try {
    const paths = writePieces(sets, folder);
    for (const system of systems) {
      options.onProgress(`loading ${system.name}`);
      try {
        contestants.push(await start(system, sets, paths));
      } catch (error) {
        leftOut.push({ system, reason: error instanceof Error ? error.message : String(error) });
      }
    }
    for (const set of sets) await measureSet(set, contestants, paths, options);
    const results = contestants.map(({ system, runner, outcomes }) => ({
      system,
      about: runner.about,
      loadSeconds: runner.loadSeconds,
      peakMemoryBytes: runner.peakMemoryBytes(),
      outcomes,
    }));
    return { results, leftOut };
  } finally {
    for (const { runner } of contestants) runner.stop();
    rmSync(folder, { recursive: true });
  }
}

function writePieces(sets: readonly ClipSet[], folder: string): ReadonlyMap<Samples, string> {
  const pieces = sets.flatMap((set) => set.recordings).flatMap((recording) => recording.pieces);
  return new Map(
    pieces.map((piece, index) => {
      const path = join(folder, `${index}.f32`);
      writeFileSync(path, piece);
      return [piece, path];
    }),
  );
}

/** A system that takes this long to warm up is not warmed up further. */
const WARM_UP_SECONDS = 20;

/** Starts twice what keeps things between starts, so that the load time is that of every day, and warms up. */
async function start(system: System, sets: readonly ClipSet[], paths: ReadonlyMap<Samples, string>) {
  const command = await system.prepare();
  (await RunnerProcess.start(command)).stop();
  const runner = await RunnerProcess.start(command);
  const contestant: Contestant = { system, runner, lastRtf: 0, outcomes: new Map() };
  const warmUp = sets.map((set) => set.recordings[0]!.pieces[0]!).filter((piece) => secondsOf(piece) < 20);
  for (const piece of warmUp) {
    const { seconds } = await runner.recognise(paths.get(piece)!);
    contestant.lastRtf = seconds / secondsOf(piece);
    if (seconds > WARM_UP_SECONDS) break;
  }
  return contestant;
}

async function measureSet(
  set: ClipSet,
  contestants: readonly Contestant[],
  paths: ReadonlyMap<Samples, string>,
  { budgetSeconds, onProgress }: CompareOptions,
): Promise<void> {
  const spentSeconds = new Map(contestants.map((contestant) => [contestant, 0]));
  for (const contestant of contestants) contestant.outcomes.set(set.name, []);
  let inRace = [...contestants];
  for (const [index, recording] of set.recordings.entries()) {
    onProgress(`${set.title}: ${index + 1} of ${set.recordings.length}`);
    const audioSeconds = recording.pieces.reduce((sum, piece) => sum + secondsOf(piece), 0);
    inRace = inRace.filter((each) => spentSeconds.get(each)! + each.lastRtf * audioSeconds <= budgetSeconds);
    const outcomes = await measureRecording(recording, audioSeconds, rotate(inRace, index), paths);
    for (const [contestant, outcome] of outcomes) {
      contestant.lastRtf = outcome.processingSeconds / audioSeconds;
      contestant.outcomes.get(set.name)!.push(outcome);
      spentSeconds.set(contestant, spentSeconds.get(contestant)! + outcome.processingSeconds);
    }
  }
}

async function measureRecording(
  recording: Recording,
  audioSeconds: number,
  contestants: readonly Contestant[],
  paths: ReadonlyMap<Samples, string>,
): Promise<ReadonlyMap<Contestant, Outcome>> {
  const answers = new Map(contestants.map((contestant) => [contestant, { texts: [] as string[], seconds: 0 }]));
  for (const piece of recording.pieces) {
    for (const [contestant, answer] of answers) {
      const { text, seconds } = await contestant.runner.recognise(paths.get(piece)!);
      answer.texts.push(text);
      answer.seconds += seconds;
    }
  }
  const outcome = ({ texts, seconds }: { texts: readonly string[]; seconds: number }): Outcome => ({
    reference: recording.reference,
    hypothesis: texts.join(' '),
    audioSeconds,
    processingSeconds: seconds,
  });
  return new Map([...answers].map(([contestant, answer]) => [contestant, outcome(answer)]));
}

function rotate<T>(items: readonly T[], by: number): readonly T[] {
  const start = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
