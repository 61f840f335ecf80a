/**
 * Whether the probability of a word means something: what the recogniser itself says and what is made of it, beside what
 * came true on folders of clips. Writes a section of bench/RESULTS.md and a plot.
 *
 *   npm run eval:confidence -- [FOLDER...] [--model NAME] [--beam N] [--language sv] [--only TEXT,...] [--dry]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { FIXTURE_FOLDER, readClipFolder } from '../scripts/clip-folder.ts';
import { hearWords, type JudgedStretch } from '../scripts/heard-words.ts';
import { parseBeamSize, parseLanguage } from '../src/cli/option-values.ts';
import { loadConfig } from '../src/config.ts';
import { UNCERTAIN_PROBABILITY } from '../src/contracts/confidence.ts';
import { figureInterval } from '../src/evaluation/bootstrap.ts';
import {
  brierScore,
  calibrationError,
  type JudgedWord,
  markingFigures,
  rankingQuality,
  reliabilityBins,
} from '../src/evaluation/confidence.ts';
import { BUNDLED_DIRECTORY, resolveModel } from '../src/speech/models/registry.ts';
import { meanTokenProbability } from '../src/speech/word-confidence.ts';
import { markdownTable } from './markdown.ts';
import { linePlot } from './plot.ts';
import { saveSection } from './results.ts';

const PLOTS = join(import.meta.dirname, 'plots');
const PLOT_FILE = 'confidence.svg';
const FIGURES = [calibrationError, brierScore, rankingQuality] as const;

interface Flags {
  readonly model?: string;
  readonly beam: number;
  readonly language: string;
  readonly only?: string;
  readonly dry?: boolean;
}

type Figure = (words: JudgedStretch) => number;

/** What can be made of the words: their probabilities as the recogniser itself says, or as they are told. */
const VERSIONS: readonly (readonly [name: string, words: (words: JudgedStretch) => readonly JudgedWord[]])[] = [
  ['its own', (words) => words.map((word) => ({ ...word, probability: meanTokenProbability(word.evidence) }))],
  ['calibrated', (words) => words],
];

const command = new Command('eval-confidence')
  .argument('[folders...]', 'folders of clips, each with a transcripts.json')
  .option('--model <name>', 'an installed model; the default model when not given')
  .option('--beam <count>', 'beams of the search', parseBeamSize, 5)
  .option('--language <code>', 'ISO 639-1 code', parseLanguage, 'sv')
  .option('--only <text>', 'clips with one of these in their file name, commas between')
  .option('--dry', 'print the results, leave RESULTS.md and the plot as they are')
  .parse();
const { model, beam, language, only = '', dry } = command.opts<Flags>();

const { dataDirectory } = loadConfig();
const { folder, name } = resolveModel({ bundledDirectory: BUNDLED_DIRECTORY, dataDirectory }, model);
const parts = only.split(',');
const folders = command.args.length > 0 ? command.args : [FIXTURE_FOLDER];
const clips = folders.flatMap(readClipFolder).filter(({ file }) => parts.some((part) => file.includes(part)));
const heard = await hearWords(clips, { modelFolder: folder, dataDirectory, language, beamSize: beam });

const markdown = report();
console.log(markdown);
if (!dry) {
  mkdirSync(PLOTS, { recursive: true });
  writeFileSync(join(PLOTS, PLOT_FILE), plot());
  const image = `![Confidence](plots/${PLOT_FILE})`;
  saveSection(
    { name: 'confidence', title: 'Confidence', markdown: `${markdown}\n\n${image}` },
    'npm run eval:confidence',
  );
}

function report(): string {
  const words = heard.flat();
  const right = words.filter(({ isRight }) => isRight).length;
  const [own, calibrated] = VERSIONS.map(([, version]) => version);
  const difference = (figure: (words: readonly JudgedWord[]) => number) => (drawn: JudgedStretch) =>
    figure(calibrated!(drawn)) - figure(own!(drawn));
  return [
    `${name}, beam ${beam}: ${words.length} words heard in ${clips.length} clips, ${percent(right / words.length)} % of them right. ` +
      'Calibration error: the mean distance between what was said of ten bins of words and what came true. Ranking: how ' +
      'often a right word is given more than a wrong one. Intervals are 95 % (bootstrap over stretches of speech; draws ' +
      'repeat words, so that their calibration errors are larger).',
    markdownTable(
      ['probability', 'calibration error', '95 %', 'Brier score', '95 %', 'ranking', '95 %'],
      [
        ...VERSIONS.map(([version, of]) => [
          version,
          ...FIGURES.flatMap((figure) => cells((drawn) => figure(of(drawn)))),
        ]),
        ['difference', ...FIGURES.flatMap((figure) => cells(difference(figure)))],
      ],
    ),
    `Words marked below ${UNCERTAIN_PROBABILITY}:`,
    markdownTable(
      ['probability', 'marked, % of words', 'wrong, % of marked', 'marked, % of wrong'],
      VERSIONS.map(([version, of]) => {
        const { markedShare, wrongOfMarked, markedOfWrong } = markingFigures(of(words), UNCERTAIN_PROBABILITY);
        return [version, percent(markedShare), percent(wrongOfMarked), percent(markedOfWrong)];
      }),
    ),
  ].join('\n\n');
}

function cells(figure: Figure): readonly string[] {
  const { value, low, high } = figureInterval(heard, (drawn) => figure(drawn.flat()));
  return [value.toFixed(3), `${low.toFixed(3)} to ${high.toFixed(3)}`];
}

function plot(): string {
  const series = VERSIONS.map(([label, of]) => ({
    label,
    points: reliabilityBins(of(heard.flat())).map(({ probability, rightShare }) => [probability, rightShare] as const),
  }));
  const perfect = { label: 'as it should be', points: [[0, 0] as const, [1, 1] as const] };
  return linePlot({
    title: `Confidence of ${name}, beam ${beam}`,
    xLabel: 'probability told',
    yLabel: 'share of words that were right',
    series: [...series, perfect],
  });
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
