import { type AnyNote, LABELLED_FOLDER, readLabelledFiles } from '../scripts/labelled-files.ts';
import { MAX_NOTE_CHARACTERS } from '../src/contracts/followup-api.ts';
import { extractFollowUps } from '../src/followup/extract.ts';
import { tokenise } from '../src/followup/tokenise.ts';
import { UNIT_DEFAULTS } from '../src/followup/unit.ts';
import type { Benchmark, BenchmarkInput, BenchmarkReport } from './benchmark.ts';
import { markdownTable } from './markdown.ts';
import { type Timing, timeInTurn } from './measure.ts';

/** A dense page of text. */
const PAGE_CHARACTERS = 3000;
/** What a recogniser could write without a full stop, as long as a note may be. */
const ENDLESS_WORDS =
  'patienten mår bra och vi planerar återbesök om tre veckor hos doktor lind med prover en vecka innan ';
/** One reading takes a moment: many are needed for a 95th percentile. */
const READINGS_A_ROUND = 20;
/** Of the labelled requests; below, the work was not done. */
const LEAST_FOUND = 0.9;

/** What it takes to find the follow-ups of a note, beside the least that any reading of a text must do. */
export const followup: Benchmark = {
  name: 'followup',
  run: async ({ rounds }: BenchmarkInput) => {
    const notes = readLabelledFiles([LABELLED_FOLDER]).flatMap((file) => file.notes);
    checkFindings(notes);
    const rows: NoteRow[] = [];
    for (const note of notes) rows.push(await measureNote(note, rounds * READINGS_A_ROUND));
    return report(rows, await measureEndless(rounds));
  },
};

interface NoteRow {
  readonly characters: number;
  readonly requests: number;
  readonly extract: Timing;
  readonly tokenise: Timing;
}

async function measureNote(note: AnyNote, rounds: number): Promise<NoteRow> {
  const times = await timeInTurn({ extract: () => readNote(note), tokenise: () => tokenise(note.text) }, rounds);
  return { characters: note.text.length, requests: readNote(note).length, ...times };
}

/** The longest text that is taken, without a full stop: what reading it keeps a thread busy for. */
async function measureEndless(rounds: number): Promise<Timing> {
  const text = ENDLESS_WORDS.repeat(Math.floor(MAX_NOTE_CHARACTERS / ENDLESS_WORDS.length));
  const read = () => extractFollowUps(text, { refDate: '2026-03-10', mode: 'dictated', unit: UNIT_DEFAULTS });
  return (await timeInTurn({ read }, rounds)).read;
}

function readNote({ text, mode, ref_date: refDate }: AnyNote): readonly string[] {
  const { followUps } = extractFollowUps(text, { refDate, mode, unit: UNIT_DEFAULTS });
  return followUps.flatMap(({ requests }) => requests.map(({ request }) => request.type));
}

/** @throws Error when too few of the labelled kinds of requests are found, or a second reading differs. */
function checkFindings(notes: readonly AnyNote[]): void {
  let [labelled, right] = [0, 0];
  for (const note of notes) {
    const found = [...readNote(note)];
    if (found.join() !== readNote(note).join())
      throw new Error(`note ${note.id}: expected the same twice; got another`);
    for (const { type } of note.followups.flatMap(({ requests }) => requests)) {
      labelled++;
      const at = found.indexOf(type);
      if (at === -1) continue;
      found.splice(at, 1);
      right++;
    }
  }
  if (labelled === 0 || right < LEAST_FOUND * labelled) {
    throw new Error(`expected at least ${LEAST_FOUND} of the labelled requests found; got ${right} of ${labelled}`);
  }
}

function report(rows: readonly NoteRow[], endless: Timing): BenchmarkReport {
  const byLength = rows.toSorted((a, b) => a.characters - b.characters);
  const aPage = ({ characters, extract }: NoteRow, timeMs: number = extract.medianMs) =>
    (timeMs / characters) * PAGE_CHARACTERS;
  const table = markdownTable(
    ['characters', 'requests', 'median, ms', '95th percentile, ms', 'plain tokenising, ms', 'times that', 'a page, ms'],
    byLength.map((row) => [
      String(row.characters),
      String(row.requests),
      row.extract.medianMs.toFixed(2),
      row.extract.p95Ms.toFixed(2),
      row.tokenise.medianMs.toFixed(2),
      (row.extract.medianMs / row.tokenise.medianMs).toFixed(0),
      aPage(row).toFixed(2),
    ]),
  );
  const slowest = rows.toSorted((a, b) => aPage(b) - aPage(a))[0]!;
  return {
    title: 'Follow-ups of a note',
    markdown: `Whole labelled notes, one thread, read ${slowest.extract.rounds} times in turn with a plain tokenising pass, which is the baseline. A page is ${PAGE_CHARACTERS} characters; the slowest note takes ${aPage(slowest).toFixed(2)} ms a page (median), ${aPage(slowest, slowest.extract.p95Ms).toFixed(2)} ms (95th percentile). ${MAX_NOTE_CHARACTERS} characters without a full stop take ${endless.medianMs.toFixed(0)} ms (median).\n\n${table}`,
    plots: {},
  };
}
