import { type Clip, readClipFolder } from '../scripts/clip-folder.ts';
import { cutAtPauses, joinSpeech, readSpeech, type Samples, secondsOf } from './audio.ts';

/** A recording from which on it counts as long. */
const LONG_SECONDS = 20;
const UTTERANCE_SECONDS = 6;
/** Between clips that are joined because a folder holds no long recording. */
const JOIN_PAUSE_SECONDS = 0.5;

/** What is recognised piece by piece and scored as one text. */
export interface Recording {
  readonly reference: string;
  readonly pieces: readonly Samples[];
}

export interface ClipSet {
  readonly name: 'short' | 'utterance' | 'long';
  readonly title: string;
  readonly recordings: readonly Recording[];
  readonly audioSeconds: number;
  /** Mean length of what is recognised in one call. */
  readonly pieceSeconds: number;
}

/** Sound and what is said in it. */
export interface Spoken {
  readonly reference: string;
  readonly samples: Samples;
}

/**
 * Three sets from folders of clips, human speech only where a folder tells: the short clips as they are; the long
 * recordings cut at pauses into utterances of about 6 s, scored by recording; and the long recordings whole. Folders
 * without a long recording have their short clips joined to one.
 */
export async function readClipSets(folders: readonly string[]): Promise<readonly ClipSet[]> {
  const spoken = await readHumanSpeech(folders);
  const short = spoken.filter(({ samples }) => secondsOf(samples) < LONG_SECONDS);
  const given = spoken.filter(({ samples }) => secondsOf(samples) >= LONG_SECONDS);
  const long = given.length > 0 ? given : [joinSpoken(short)];
  const inUtterances = long.map(({ reference, samples }) => ({
    reference,
    pieces: cutAtPauses(samples, UTTERANCE_SECONDS),
  }));
  return [
    clipSet('short', 'short clips', short.map(whole)),
    clipSet('utterance', `utterances of about ${UTTERANCE_SECONDS} s`, inUtterances),
    clipSet('long', 'long recordings', long.map(whole)),
  ].filter((set) => set.recordings.length > 0);
}

/** The clips of the folders, without those that say they are not human. */
export async function readHumanSpeech(folders: readonly string[]): Promise<readonly Spoken[]> {
  const clips = folders.flatMap(readClipFolder);
  return Promise.all(clips.filter(({ kind }) => kind === undefined || kind === 'human').map(readSpoken));
}

async function readSpoken(clip: Clip): Promise<Spoken> {
  return { reference: clip.spoken, samples: await readSpeech(clip.path) };
}

/** Clips as one recording, with what is said in it. */
export function joinSpoken(clips: readonly Spoken[]): Spoken {
  return {
    reference: clips.map(({ reference }) => reference).join(' '),
    samples: joinSpeech(
      clips.map(({ samples }) => samples),
      JOIN_PAUSE_SECONDS,
    ),
  };
}

function whole({ reference, samples }: Spoken): Recording {
  return { reference, pieces: [samples] };
}

function clipSet(name: ClipSet['name'], title: string, recordings: readonly Recording[]): ClipSet {
  const pieces = recordings.flatMap((recording) => recording.pieces);
  const audioSeconds = pieces.reduce((sum, piece) => sum + secondsOf(piece), 0);
  return { name, title, recordings, audioSeconds, pieceSeconds: audioSeconds / pieces.length };
}
