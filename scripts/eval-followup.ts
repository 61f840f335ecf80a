/**
 * How well follow-ups are understood: routes, what was missed or invented, and each field, over labelled texts.
 *
 *   npm run eval:followup -- [FILE...] [--json] [--mishear SEED]
 *   npm run eval:followup -- --clips FOLDER... [--json] [--beam N]
 */
import { Command, InvalidArgumentError } from 'commander';
import { parseBeamSize } from '../src/cli/option-values.ts';
import { AppError } from '../src/contracts/errors.ts';
import type { FollowUpReading } from '../src/contracts/followup.ts';
import { withoutWords } from '../src/evaluation/followup/fields.ts';
import {
  type Agreement,
  type FollowUpFigures,
  figuresOf,
  type JudgedText,
} from '../src/evaluation/followup/figures.ts';
import { judge } from '../src/evaluation/followup/judge.ts';
import { type Miss, missesOf } from '../src/evaluation/followup/misses.ts';
import {
  noteStatement,
  type Place,
  phraseStatement,
  readingStatement,
  type Statement,
  wholeReadingStatement,
} from '../src/evaluation/followup/statement.ts';
import { type Misheard, mishear, placeInMisheard } from '../src/evaluation/mishear.ts';
import { extractFollowUps } from '../src/followup/extract.ts';
import { UNIT_DEFAULTS } from '../src/followup/unit.ts';
import { clipReport, clipTable, hearClips } from './followup-clips.ts';
import {
  type AnyNote,
  type AnyPhrase,
  LABELLED_FOLDER,
  type LabelledFile,
  readLabelledFiles,
} from './labelled-files.ts';
import { textTable } from './text-table.ts';

interface Flags {
  readonly json?: boolean;
  readonly mishear?: number;
  readonly clips?: readonly string[];
  readonly beam: number;
}

interface Outcome extends JudgedText {
  readonly file: string;
  readonly id: string;
  readonly misses: readonly Miss[];
}

const command = new Command('eval-followup')
  .argument('[files...]', 'labelled phrases (.jsonl), labelled notes (.json), or folders of them')
  .option('--json', 'print everything as JSON')
  .option('--mishear <seed>', 'read each text as a recogniser might have misheard it', parseSeed)
  .option('--clips <folders...>', 'recognise the clips of these folders and read what was heard, in place of texts')
  .option('--beam <count>', 'beams of the search for clips, 1 to 10; 1 is greedy', parseBeamSize, 5)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();

try {
  const { json, mishear: seed, clips: folders, beam } = command.opts<Flags>();
  if (folders) {
    const clips = await hearClips(folders, beam);
    console.log(json ? JSON.stringify(clipReport(clips), undefined, 2) : clipTable(clips));
  } else {
    const files = readLabelledFiles(command.args.length > 0 ? command.args : [LABELLED_FOLDER]);
    const outcomes = files.flatMap((file) => evaluate(file, seed));
    console.log(json ? JSON.stringify(report(outcomes, seed), undefined, 2) : table(outcomes, seed));
  }
} catch (thrown) {
  const error = AppError.from(thrown);
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}

function evaluate({ name, phrases, notes }: LabelledFile, seed: number | undefined): readonly Outcome[] {
  return [
    ...phrases.map((phrase) => ({ file: name, id: phrase.id, isNote: false, ...evaluatePhrase(phrase, seed) })),
    ...notes.map((note) => ({ file: name, id: note.id, isNote: true, ...evaluateNote(note, seed) })),
  ];
}

type Evaluated = Pick<Outcome, 'judgement' | 'misses'>;

function evaluatePhrase(phrase: AnyPhrase, seed: number | undefined): Evaluated {
  const heard = seed === undefined ? undefined : mishear(phrase.text, seed);
  const text = heard?.text ?? phrase.text;
  return compare(text, phraseStatement(phrase, text), wholeReadingStatement(readText(phrase, heard), text), heard);
}

function evaluateNote(note: AnyNote, seed: number | undefined): Evaluated {
  const heard = seed === undefined ? undefined : mishear(note.text, seed);
  const placeOf = (quote: string) => {
    const place = placeOfQuote(note, quote);
    return heard ? placeInMisheard(heard, place) : place;
  };
  return compare(
    heard?.text ?? note.text,
    noteStatement(note, placeOf),
    readingStatement(readText(note, heard)),
    heard,
  );
}

function readText(label: AnyPhrase | AnyNote, heard: Misheard | undefined): FollowUpReading {
  const mode = heard ? 'dictated' : label.mode;
  return extractFollowUps(heard?.text ?? label.text, { refDate: label.ref_date, mode, unit: UNIT_DEFAULTS });
}

function compare(text: string, labelled: Statement, found: Statement, heard: Misheard | undefined): Evaluated {
  const judgement = heard ? judge(withoutWords(labelled), withoutWords(found)) : judge(labelled, found);
  return { judgement, misses: missesOf(text, judgement) };
}

function placeOfQuote({ id, text }: AnyNote, quote: string): Place {
  const start = text.indexOf(quote);
  if (start !== -1 && quote !== '') return { start, end: start + quote.length };
  throw new AppError('REQUEST_INVALID', `the label of note ${id} is not usable`, {
    expected: 'quotes that stand in its text',
    got: JSON.stringify(quote),
  });
}

function byFile(outcomes: readonly Outcome[]): readonly (readonly [string, readonly Outcome[]])[] {
  const files = [...new Set(outcomes.map(({ file }) => file))];
  return files.map((file) => [file, outcomes.filter((outcome) => outcome.file === file)]);
}

function report(outcomes: readonly Outcome[], seed: number | undefined): object {
  return {
    ...(seed !== undefined && { misheardWithSeed: seed }),
    ...figuresOf(outcomes),
    perFile: byFile(outcomes).map(([file, rows]) => ({ file, ...figuresOf(rows) })),
    misses: outcomes.flatMap(({ file, id, misses }) => misses.map((miss) => ({ file, id, ...miss }))),
  };
}

function table(outcomes: readonly Outcome[], seed: number | undefined): string {
  const head = ['file', 'rows', 'notes', 'route %', seed === undefined ? '' : 'or stricter %', 'found %', 'missed'];
  const total = figuresOf(outcomes);
  const rows = [
    [...head, 'wrong auto', 'auto with errors', 'false'],
    ...byFile(outcomes).map(([file, ofFile]) => figureRow(file, figuresOf(ofFile), seed)),
    figureRow('= all', total, seed),
  ];
  const fields = [
    ['field', 'labelled', 'found', 'precision %', 'recall %'],
    ...Object.entries({ ...total.fields, 'flags, all': total.flags, 'not needed': total.decisions }).map(agreementRow),
  ];
  return [textTable(rows), textTable(fields), ...outcomes.flatMap(missLines)].join('\n\n');
}

function figureRow(name: string, figures: FollowUpFigures, seed: number | undefined): string[] {
  const { rows, notes, routeAccuracy, routeSafety, foundRate, missed, wrongAuto, autoWithErrors } = figures;
  return [
    name,
    String(rows),
    String(notes),
    percent(routeAccuracy),
    seed === undefined ? '' : percent(routeSafety),
    percent(foundRate),
    ...[missed, wrongAuto, autoWithErrors, figures.falseFollowUps].map(String),
  ];
}

function agreementRow([name, { labelled, found, precision, recall }]: readonly [string, Agreement]): string[] {
  return [name, String(labelled), String(found), percent(precision), percent(recall)];
}

function missLines({ file, id, misses }: Outcome): string[] {
  return misses.map((miss) => {
    const { text, route, missed = [], falseFollowUps = [], fields = [], flags, decisions } = miss;
    const lines = [
      `${file} ${id}: ${text}`,
      route && `${route.isWrongAuto ? 'WRONG AUTO' : 'route'}: labelled ${route.labelled}, found ${route.found}`,
      ...missed.map((request) => `missed ${JSON.stringify(request)}`),
      ...falseFollowUps.map((request) => `false ${JSON.stringify(request)}`),
      ...fields.map(
        ({ request, field, labelled = 'none', found = 'none' }) =>
          `${request} ${field}: labelled ${labelled}, found ${found}`,
      ),
      flags && listed('flags', flags),
      decisions && listed('not needed', decisions),
    ];
    return lines.filter((line) => line !== undefined).join('\n    ');
  });
}

function listed(what: string, { missed, extra }: Record<'missed' | 'extra', readonly string[]>): string {
  const parts = [missed.length > 0 && `missed ${missed.join(' ')}`, extra.length > 0 && `extra ${extra.join(' ')}`];
  return `${what}: ${parts.filter(Boolean).join('; ')}`;
}

function percent(share: number | null): string {
  return share === null ? '-' : (100 * share).toFixed(1);
}

function parseSeed(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(`expected a whole number; got "${text}"`);
  return Number(text);
}
