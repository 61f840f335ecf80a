import { join } from 'node:path';
import { HOP_SAMPLES, LogMelFrontEnd } from '../src/speech/log-mel.ts';
import { stretch } from './audio.ts';
import type { Benchmark, BenchmarkInput, BenchmarkReport } from './benchmark.ts';
import { checkEngine } from './check.ts';
import { type Engine, loadEngine, PADDED } from './engine.ts';
import { markdownTable } from './markdown.ts';
import { timeInTurn } from './measure.ts';
import { linePlot } from './plot.ts';

const LENGTHS_SECONDS = [1, 3, 6, 10, 20, 30];
/** Long enough for many tokens, short enough for one window. */
const DECODED_SECONDS = 20;

/** Where the time goes: log-mel, encoder and decoder, each alone, in one thread. */
export const stages: Benchmark = {
  name: 'stages',
  run: async (input) => {
    await using engine = await loadEngine(join(input.dataDirectory, 'bench-graphs'));
    await checkEngine(engine, input.track);
    const encoder = await encoderRows(engine, input);
    const decoder = await decoderRows(engine, input);
    return report(encoder, decoder);
  },
};

interface EncoderRow {
  readonly seconds: number;
  readonly logMelMs: number;
  readonly mergedMs: number;
  readonly paddedMs: number;
}

async function encoderRows({ encoder, melBins }: Engine, { track, rounds }: BenchmarkInput): Promise<EncoderRow[]> {
  const frontEnd = new LogMelFrontEnd(melBins);
  const rows: EncoderRow[] = [];
  for (const seconds of LENGTHS_SECONDS) {
    const samples = stretch(track.samples, seconds);
    const times = await timeInTurn(
      {
        logMel: () => frontEnd.compute(samples, samples.length / HOP_SAMPLES),
        merged: () => encoder.encode(samples),
        padded: () => encoder.encode(samples, PADDED),
      },
      rounds,
    );
    rows.push({
      seconds,
      logMelMs: times.logMel.medianMs,
      mergedMs: times.merged.medianMs,
      paddedMs: times.padded.medianMs,
    });
  }
  return rows;
}

interface DecoderRow {
  readonly beamSize: number;
  readonly tokens: number;
  readonly msPerToken: number;
  readonly paddedMsPerToken: number;
}

/** The decoder's share is what recognition takes beyond encoding the same sound. */
async function decoderRows({ recogniser, encoder }: Engine, { track, rounds }: BenchmarkInput): Promise<DecoderRow[]> {
  const samples = stretch(track.samples, DECODED_SECONDS);
  const rows: DecoderRow[] = [];
  for (const beamSize of [1, 5]) {
    const options = { language: 'sv', beamSize, words: false };
    const { tokens } = await recogniser.recognise(samples, options);
    const padded = await recogniser.recognise(samples, { ...options, tail: PADDED });
    const times = await timeInTurn(
      {
        encode: () => encoder.encode(samples),
        recognise: () => recogniser.recognise(samples, options),
        encodePadded: () => encoder.encode(samples, PADDED),
        recognisePadded: () => recogniser.recognise(samples, { ...options, tail: PADDED }),
      },
      rounds,
    );
    rows.push({
      beamSize,
      tokens: tokens.length,
      msPerToken: (times.recognise.medianMs - times.encode.medianMs) / (tokens.length + 1),
      paddedMsPerToken: (times.recognisePadded.medianMs - times.encodePadded.medianMs) / (padded.tokens.length + 1),
    });
  }
  return rows;
}

function report(encoder: readonly EncoderRow[], decoder: readonly DecoderRow[]): BenchmarkReport {
  const encoderTable = markdownTable(
    ['audio, s', 'log-mel, ms', 'log-mel and encoder, ms', 'the same padded to 30 s, ms', 'times faster'],
    encoder.map((row) => [
      String(row.seconds),
      row.logMelMs.toFixed(1),
      row.mergedMs.toFixed(0),
      row.paddedMs.toFixed(0),
      (row.paddedMs / row.mergedMs).toFixed(1),
    ]),
  );
  const decoderTable = markdownTable(
    ['beams', 'tokens', 'a token, ms', 'a token after padding to 30 s, ms', 'times faster'],
    decoder.map((row) => [
      String(row.beamSize),
      String(row.tokens),
      row.msPerToken.toFixed(1),
      row.paddedMsPerToken.toFixed(1),
      (row.paddedMsPerToken / row.msPerToken).toFixed(2),
    ]),
  );
  const plot = linePlot({
    title: 'Log-mel and encoder, one thread',
    xLabel: 'audio, s',
    yLabel: 'time, ms',
    series: [
      { label: 'merged silence tail', points: encoder.map((row) => [row.seconds, row.mergedMs]) },
      { label: 'padded to 30 s', points: encoder.map((row) => [row.seconds, row.paddedMs]) },
      { label: 'log-mel alone', points: encoder.map((row) => [row.seconds, row.logMelMs]) },
    ],
  });
  return {
    title: 'Stages',
    markdown: `Medians, one thread; padding to 30 s is the baseline, measured in turn with the merged silence tail.\n\n${encoderTable}\n\nDecoding ${DECODED_SECONDS} s of speech, for each token of the text:\n\n${decoderTable}`,
    plots: { 'encoder.svg': plot },
  };
}
