import { BufferSource, Input, MP4, QTFF } from 'mediabunny';
import { decodeWithFfmpeg } from './ffmpeg.ts';
import { noSound, seconds, truncated } from './refusals.ts';
import type { SpeechSink } from './sink.ts';

/** Encoders pad the last frame, or leave that out of the duration that they declare. */
const DURATION_TOLERANCE_SECONDS = 0.25;

/** MP4, M4A and QuickTime, whatever the codec, by ffmpeg, once it is clear that the file is whole and holds sound. */
export async function decodeMp4(file: Uint8Array<ArrayBuffer>, sink: SpeechSink): Promise<void> {
  assertWholeBoxes(file);
  using input = new Input({ source: new BufferSource(file), formats: [MP4, QTFF] });
  const track = await input.getPrimaryAudioTrack();
  if (track === null) throw noSound();
  const declaredSeconds = await track.getDurationFromMetadata();
  await decodeWithFfmpeg(file, { name: 'MP4', ffmpegFormat: 'mov' }, sink);
  if (declaredSeconds !== null && sink.seconds < declaredSeconds - DURATION_TOLERANCE_SECONDS) {
    throw truncated('MP4', seconds(declaredSeconds), seconds(sink.seconds));
  }
}

/** Every box at the top must fit into the file (ISO 14496-12, 4.2). */
function assertWholeBoxes(file: Uint8Array): void {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at < file.length; ) {
    const end = at + boxBytes(view, at);
    if (end > file.length) throw truncated('MP4', `${end} bytes`, `${file.length}`);
    at = end;
  }
}

function boxBytes(view: DataView, at: number): number {
  const HEADER_BYTES = 8;
  const LONG_HEADER_BYTES = 16;
  const leftBytes = view.byteLength - at;
  if (leftBytes < HEADER_BYTES) return HEADER_BYTES;
  const size = view.getUint32(at);
  if (size === 0) return leftBytes; // to the end of the file
  if (size !== 1) return Math.max(size, HEADER_BYTES);
  return leftBytes < LONG_HEADER_BYTES ? LONG_HEADER_BYTES : Number(view.getBigUint64(at + HEADER_BYTES));
}
