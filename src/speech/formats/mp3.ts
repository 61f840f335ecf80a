import { MPEGDecoder } from 'mpg123-decoder';
import { declaredMp3Frames, findMp3Frame, type Mp3Frame, readMp3Frame } from './mp3-frames.ts';
import { corrupt, seconds, truncated } from './refusals.ts';
import type { SpeechSink } from './sink.ts';
import { id3Length } from './sniff.ts';

/** At the lowest bit rate this is 16 s of sound: the most that is decoded beyond a limit. */
const PIECE_BYTES = 16_384;
/** Encoders differ in whether they count their own tag, and the last frame may hold padding only. */
const FRAME_TOLERANCE = 2;

/** A stretch of whole frames without anything between them. */
interface Run {
  readonly start: number;
  readonly end: number;
}

interface Mp3Layout {
  readonly first: Mp3Frame;
  readonly runs: readonly Run[];
  /** Frames of sound, without the tag. */
  readonly frameCount: number;
  readonly declaredFrames: number | undefined;
  readonly lastIsCut: boolean;
}

/** MPEG layer III with constant or variable bit rate; the decoder removes the encoder's delay where it is declared. */
export async function decodeMp3(file: Uint8Array, sink: SpeechSink): Promise<void> {
  const layout = findFrames(file);
  assertComplete(layout);
  const decoder = new MPEGDecoder();
  await decoder.ready;
  try {
    for (const run of layout.runs) {
      for (let at = run.start; at < run.end; at += PIECE_BYTES) {
        const decoded = decoder.decode(file.subarray(at, Math.min(run.end, at + PIECE_BYTES)));
        const [error] = decoded.errors;
        if (error !== undefined) throw corrupt('MP3', 'frames that decode', error.message);
        if (decoded.samplesDecoded > 0) sink.push(decoded.channelData, decoded.sampleRate);
      }
    }
  } finally {
    decoder.free();
  }
}

/**
 * Walks from header to header. The decoder is then given whole frames only: what stands between them (tags, damage)
 * would make it search, report and go on without end.
 */
function findFrames(file: Uint8Array): Mp3Layout {
  const start = findMp3Frame(file, id3Length(file));
  const first = start === undefined ? undefined : readMp3Frame(file, start);
  if (start === undefined || first === undefined) throw corrupt('MP3', 'an MPEG layer III frame', 'none');
  const declaredFrames = declaredMp3Frames(file, start, first);
  const runs: Run[] = [];
  let frameCount = declaredFrames === undefined ? 0 : -1;
  let runStart = start;
  let at = start;
  for (;;) {
    const frame = readMp3Frame(file, at);
    const lastIsCut = frame !== undefined && at + frame.bytes > file.length;
    if (frame !== undefined && frame.rateHz === first.rateHz && !lastIsCut) {
      at += frame.bytes;
      frameCount++;
      continue;
    }
    if (at > runStart) runs.push({ start: runStart, end: at });
    const next = lastIsCut ? undefined : findMp3Frame(file, at + 1);
    if (next === undefined) return { first, runs, frameCount, declaredFrames, lastIsCut };
    runStart = next;
    at = next;
  }
}

function assertComplete({ first, runs, frameCount, declaredFrames, lastIsCut }: Mp3Layout): void {
  const toSeconds = (frames: number) => seconds((frames * first.samples) / first.rateHz);
  const got = `${frameCount} (${toSeconds(frameCount)})`;
  if (lastIsCut) {
    const expected =
      declaredFrames === undefined ? 'a whole last frame' : `${declaredFrames} frames (${toSeconds(declaredFrames)})`;
    throw truncated('MP3', expected, declaredFrames === undefined ? `a part of one after ${got}` : got);
  }
  if (declaredFrames === undefined || frameCount + FRAME_TOLERANCE >= declaredFrames) return;
  const refuse = runs.length > 1 ? corrupt : truncated;
  throw refuse('MP3', `${declaredFrames} frames (${toSeconds(declaredFrames)})`, got);
}
