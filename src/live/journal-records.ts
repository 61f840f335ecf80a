import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { ConfigureMessage, FinalizeMessage, LIVE_PROTOCOL, StopMessage } from '../contracts/live.ts';
import { Word } from '../contracts/transcript.ts';
import { Vocabulary } from '../contracts/vocabulary.ts';
import type { Frame } from './frames.ts';
import { StoredVoice } from './stored-voice.ts';

/** What a session was begun with. Of its token only the hash is kept. */
const OpenedRecord = z.object({
  kind: z.literal('opened'),
  protocol: z.literal(LIVE_PROTOCOL),
  tokenSha256: z.string(),
  language: z.string(),
  sampleRateHz: z.number().int().positive(),
  /** Whose session it is; null, as in older journals, for somebody without an account. */
  accountId: z.string().nullable().default(null),
  vocabulary: Vocabulary,
  /** Not in older journals. */
  prompt: z.string().default(''),
  pauseSeconds: z.number(),
});
export type OpenedRecord = z.infer<typeof OpenedRecord>;

/** What the client asked for, between the frames where it asked. */
const ControlMessage = z.discriminatedUnion('type', [FinalizeMessage, ConfigureMessage, StopMessage]);
export type ControlMessage = z.infer<typeof ControlMessage>;
const ControlRecord = z.object({ kind: z.literal('control'), message: ControlMessage });

/** At or before the place that a record tells. Absent in older journals; of another detector it is as if absent. */
const Voice = StoredVoice.optional().catch(undefined);

/** An utterance's words, with the sample at 16 kHz where its successor may begin. */
const CommittedRecord = z.object({
  kind: z.literal('committed'),
  startSeconds: z.number(),
  endSeconds: z.number(),
  words: z.array(Word),
  endSample: z.number().int(),
  /** It was cut while somebody spoke. */
  goesOn: z.boolean(),
  voice: Voice,
});
export type CommittedRecord = z.infer<typeof CommittedRecord>;

/** Nobody spoke since the last utterance up to this window. */
const QuietRecord = z.object({ kind: z.literal('quiet'), window: z.number().int(), voice: Voice });
/** All is committed, after the last frame. */
const DoneRecord = z.object({ kind: z.literal('done') });

const TextRecord = z.discriminatedUnion('kind', [
  OpenedRecord,
  ControlRecord,
  CommittedRecord,
  QuietRecord,
  DoneRecord,
]);
type TextRecord = z.infer<typeof TextRecord>;
export type JournalRecord = TextRecord | ({ readonly kind: 'frame' } & Frame);

/**
 * A record on the disk: the length of its content (32 bits, little-endian), the CRC-32 of all after the checksum, its
 * form, and the content. A record that was not written to its end is known by length and checksum.
 */
export const RECORD_HEADER_BYTES = 9;
const CHECKSUM_FROM = 8;
/** Above any frame and any utterance's words; a greater length is damage. */
export const LARGEST_CONTENT_BYTES = 1024 * 1024;
const FORM = { frame: 1, text: 2 } as const;
const SEQ_BYTES = 4;

export function encodeRecord(record: JournalRecord): Uint8Array {
  return record.kind === 'frame' ? encodeFrame(record) : encode(FORM.text, Buffer.from(JSON.stringify(record)));
}

/** The whole length that a record's header tells; undefined when it cannot be a header. */
export function recordBytes(header: Buffer): number | undefined {
  const contentBytes = header.readUInt32LE(0);
  return contentBytes <= LARGEST_CONTENT_BYTES ? RECORD_HEADER_BYTES + contentBytes : undefined;
}

/** A record of its full length; undefined when it is damaged. */
export function decodeRecord(bytes: Buffer): JournalRecord | undefined {
  if (crc32(bytes.subarray(CHECKSUM_FROM)) !== bytes.readUInt32LE(4)) return undefined;
  const content = bytes.subarray(RECORD_HEADER_BYTES);
  const form = bytes[CHECKSUM_FROM];
  if (form === FORM.text) return TextRecord.parse(JSON.parse(content.toString()));
  if (form !== FORM.frame) return undefined;
  return { kind: 'frame', seq: content.readUInt32LE(0), samples: Uint8Array.from(content.subarray(SEQ_BYTES)) };
}

function encodeFrame({ seq, samples }: Frame): Uint8Array {
  const content = Buffer.alloc(SEQ_BYTES + samples.length);
  content.writeUInt32LE(seq);
  content.set(samples, SEQ_BYTES);
  return encode(FORM.frame, content);
}

function encode(form: number, content: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(RECORD_HEADER_BYTES + content.length);
  bytes.writeUInt32LE(content.length, 0);
  bytes[CHECKSUM_FROM] = form;
  bytes.set(content, RECORD_HEADER_BYTES);
  bytes.writeUInt32LE(crc32(bytes.subarray(CHECKSUM_FROM)), 4);
  return bytes;
}
