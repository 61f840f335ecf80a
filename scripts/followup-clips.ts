import { readFileSync } from 'node:fs';
import { loadConfig, recogniserSettings } from '../src/config.ts';
import type { FollowUpReading } from '../src/contracts/followup.ts';
import type { Transcriber } from '../src/contracts/transcriber.ts';
import { TranscribeOptions } from '../src/contracts/transcript.ts';
import { withoutWords } from '../src/evaluation/followup/fields.ts';
import { type FollowUpFigures, figuresOf, type JudgedText } from '../src/evaluation/followup/figures.ts';
import { type HeardNote, heardNote } from '../src/evaluation/followup/heard-note.ts';
import { judge } from '../src/evaluation/followup/judge.ts';
import { wholeReadingStatement } from '../src/evaluation/followup/statement.ts';
import { extractFollowUps } from '../src/followup/extract.ts';
import { UNIT_DEFAULTS } from '../src/followup/unit.ts';
import { startSpeechPool } from '../src/speech/pool.ts';
import { type Clip, readClipFolder } from './clip-folder.ts';
import { textTable } from './text-table.ts';

/** The day that spoken plans are counted from; any would do, for both sides count from it. */
const REF_DATE = '2026-03-10';

/** What was understood of a clip, beside what is understood of the words that were said in it. */
export interface HeardClip extends JudgedText {
  readonly file: string;
  readonly spoken: string;
  readonly heard: string;
  readonly spokenRoute: FollowUpReading['route'];
  readonly heardRoute: FollowUpReading['route'];
}

/**
 * Recognises the clips of some folders and reads follow-ups from what was heard. The measure is what is read from the
 * words that were said: the same requests, and nothing ready to book that is not, or is not so.
 *
 * @param beamSize of the search, 1 to 10
 * @throws AppError FILE_NOT_FOUND or REQUEST_INVALID for a folder that is none of clips; what the recogniser throws
 */
export async function hearClips(folders: readonly string[], beamSize: number): Promise<readonly HeardClip[]> {
  const clips = folders.flatMap(readClipFolder);
  const transcriber = await startSpeechPool({ ...recogniserSettings(loadConfig()), workers: 1, queueLimit: 1 });
  try {
    const heard: HeardClip[] = [];
    for (const clip of clips) heard.push(compare(clip, await hear(transcriber, clip, beamSize)));
    return heard;
  } finally {
    await transcriber.close();
  }
}

async function hear(transcriber: Transcriber, { path }: Clip, beamSize: number): Promise<HeardNote> {
  const file = new Uint8Array(readFileSync(path));
  return heardNote(await transcriber.transcribe({ file, options: TranscribeOptions.parse({ beamSize, words: true }) }));
}

function compare({ file, spoken }: Clip, heard: HeardNote): HeardClip {
  const said = read({ text: spoken, words: [] });
  const understood = read(heard);
  const [labelled, found] = [said, understood].map((reading) => wholeReadingStatement(reading, heard.text));
  return {
    file,
    spoken,
    heard: heard.text,
    spokenRoute: said.route,
    heardRoute: understood.route,
    isNote: false,
    judgement: judge(withoutWords(labelled!), withoutWords(found!)),
  };
}

function read({ text, words }: HeardNote): FollowUpReading {
  return extractFollowUps(text, { refDate: REF_DATE, mode: 'dictated', words, unit: UNIT_DEFAULTS });
}

/** The figures of all clips as JSON, and of each what was said and heard. */
export function clipReport(clips: readonly HeardClip[]): object {
  return {
    ...clipFigures(clips),
    clips: clips.map((clip) => {
      const { file, spoken, heard, spokenRoute, heardRoute } = clip;
      return { file, spoken, heard, spokenRoute, heardRoute, ...clipFigures([clip]) };
    }),
  };
}

export function clipTable(clips: readonly HeardClip[]): string {
  const { requests, found, wrongAuto, falseFollowUps } = clipFigures(clips);
  const rows = clips.map((clip) => {
    const { requests: asked, found: got } = clipFigures([clip]);
    return [clip.file, clip.spokenRoute, clip.heardRoute, `${got} of ${asked}`, clip.heard];
  });
  return [
    textTable([['clip', 'said', 'heard', 'found', 'as it was heard'], ...rows]),
    `${found} of ${requests} follow-ups found, ${wrongAuto} wrongly ready to book, ${falseFollowUps} false`,
  ].join('\n\n');
}

type ClipFigures = Pick<FollowUpFigures, 'requests' | 'wrongAuto' | 'falseFollowUps'> & { readonly found: number };

/** Ready to book with a wrong day is as wrong as ready to book at all. */
function clipFigures(clips: readonly HeardClip[]): ClipFigures {
  const { requests, missed, wrongAuto, autoWithErrors, falseFollowUps } = figuresOf(clips);
  return { requests, found: requests - missed, wrongAuto: wrongAuto + autoWithErrors, falseFollowUps };
}
