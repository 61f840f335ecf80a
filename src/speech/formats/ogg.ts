import { FlacFrames, readFlacStreamInfo } from './flac.ts';
import { type OggPacket, oggPackets } from './ogg-packets.ts';
import { OpusPackets } from './opus.ts';
import { truncated } from './refusals.ts';
import type { SpeechSink } from './sink.ts';
import { startsWith } from './sniff.ts';

/** Ogg Opus (RFC 7845) and Ogg FLAC (RFC 9639, 10.1). Gives false for another codec inside. */
export async function decodeOgg(file: Uint8Array, sink: SpeechSink): Promise<boolean> {
  const packets = oggPackets(file);
  const head = packets.next().value?.data;
  if (head === undefined) throw truncated('Ogg', 'a first packet', 'none');
  if (startsWith(head, 0, 'OpusHead')) {
    await decodeOggOpus(head, packets, sink);
    return true;
  }
  if (startsWith(head, 0, '\x7fFLAC')) {
    await decodeOggFlac(head, packets, sink);
    return true;
  }
  return false;
}

async function decodeOggOpus(head: Uint8Array, packets: Iterator<OggPacket>, sink: SpeechSink): Promise<void> {
  const opus = await OpusPackets.open(head, sink);
  try {
    packets.next(); // the comment header
    // the end of the last packet is known only when no other follows
    let held = packets.next();
    while (!held.done) {
      const following = packets.next();
      opus.push(held.value.data, following.done ? held.value.granule : undefined);
      held = following;
    }
  } finally {
    opus.close();
  }
}

async function decodeOggFlac(head: Uint8Array, packets: Iterator<OggPacket>, sink: SpeechSink): Promise<void> {
  const FRAME_SYNC = 0xff;
  const STREAMINFO_AT = 17;
  const frames = await FlacFrames.open(readFlacStreamInfo(head, STREAMINFO_AT), sink);
  try {
    for (let next = packets.next(); !next.done; next = packets.next()) {
      // what is no frame is a block of metadata
      if (next.value.data[0] === FRAME_SYNC) await frames.push(next.value.data);
    }
    frames.finish(true);
  } finally {
    frames.close();
  }
}
