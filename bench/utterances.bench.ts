import { join } from 'node:path';
import type { SilenceTail } from '../src/speech/encoder.ts';
import { cutAtPauses, type Samples, secondsOf, stretch } from './audio.ts';
import type { Benchmark, BenchmarkInput, BenchmarkReport } from './benchmark.ts';
import { checkEngine } from './check.ts';
import { type Engine, loadEngine, PADDED } from './engine.ts';
import { markdownTable } from './markdown.ts';
import { type Timing, timing } from './measure.ts';
import { linePlot } from './plot.ts';

const LENGTHS_SECONDS = [1, 3, 6, 10, 20];
/** Different utterances of each length, so that the figures do not hang on one text. */
const UTTERANCES = 4;
const BEAMS = [1, 5] as const;

interface Row {
  readonly seconds: number;
  readonly beamSize: number;
  readonly shipped: Timing;
  /** Mean audio of an utterance, for the real-time factor. */
  readonly audioSeconds: number;
  readonly padded: Timing;
}

/** Whole utterances by length: the time from the last sample to the text, in one thread. */
export const utterances: Benchmark = {
  name: 'utterances',
  run: async (input) => {
    await using engine = await loadEngine(join(input.dataDirectory, 'bench-graphs'));
    await checkEngine(engine, input.track);
    const rows: Row[] = [];
    for (const seconds of LENGTHS_SECONDS) {
      for (const beamSize of BEAMS) rows.push(await measure(engine, input, seconds, beamSize));
    }
    return report(rows);
  },
};

async function measure(engine: Engine, input: BenchmarkInput, seconds: number, beamSize: number): Promise<Row> {
  const track = stretch(input.track.samples, Math.max(secondsOf(input.track.samples), (UTTERANCES + 1) * seconds));
  const pieces = cutAtPauses(track, seconds).slice(0, UTTERANCES);
  const shippedMs: number[] = [];
  const paddedMs: number[] = [];
  for (let round = 0; round < input.rounds; round++) {
    for (const piece of pieces) {
      const first = await timed(engine, piece, beamSize, undefined);
      const second = await timed(engine, piece, beamSize, PADDED);
      const again = await timed(engine, piece, beamSize, undefined);
      if (again.text !== first.text)
        throw new Error(`${seconds} s, beam ${beamSize}: the same sound gave another text`);
      shippedMs.push(first.ms, again.ms);
      paddedMs.push(second.ms);
    }
  }
  const audioSeconds = pieces.reduce((sum, piece) => sum + secondsOf(piece), 0) / pieces.length;
  return { seconds, beamSize, audioSeconds, shipped: timing(shippedMs), padded: timing(paddedMs) };
}

async function timed({ recogniser }: Engine, samples: Samples, beamSize: number, tail: SilenceTail | undefined) {
  const options = { language: 'sv', beamSize, words: false, ...(tail ? { tail } : {}) };
  const startMs = performance.now();
  const { text } = await recogniser.recognise(samples, options);
  return { text, ms: performance.now() - startMs };
}

function report(rows: readonly Row[]): BenchmarkReport {
  const rtf = (row: Row, { medianMs }: Timing) => medianMs / 1000 / row.audioSeconds;
  const table = markdownTable(
    ['about, s', 'beams', 'median, ms', '95th percentile, ms', 'RTF', 'RTF padded to 30 s', 'times faster'],
    rows.map((row) => [
      String(row.seconds),
      String(row.beamSize),
      row.shipped.medianMs.toFixed(0),
      row.shipped.p95Ms.toFixed(0),
      rtf(row, row.shipped).toFixed(3),
      rtf(row, row.padded).toFixed(3),
      (row.padded.medianMs / row.shipped.medianMs).toFixed(1),
    ]),
  );
  const series = BEAMS.flatMap((beamSize) => {
    const ofBeam = rows.filter((row) => row.beamSize === beamSize);
    const search = beamSize === 1 ? 'greedy' : `beam ${beamSize}`;
    const line = (label: string, pick: (row: Row) => Timing) => ({
      label: `${search}, ${label}`,
      points: ofBeam.map((row) => [row.seconds, rtf(row, pick(row))] as const),
    });
    return [line('as shipped', (row) => row.shipped), line('padded to 30 s', (row) => row.padded)];
  });
  return {
    title: 'Whole utterances',
    markdown: `${UTTERANCES} utterances of each length, one thread; padding to 30 s is the baseline, measured in turn.\n\n${table}`,
    plots: {
      'utterances.svg': linePlot({
        title: 'Whole utterances, one thread',
        xLabel: 'length of the utterance, s',
        yLabel: 'real-time factor',
        series,
      }),
    },
  };
}
