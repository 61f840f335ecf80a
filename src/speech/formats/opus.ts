import { OpusDecoder } from 'opus-decoder';
import { AppError } from '../../contracts/errors.ts';
import { corrupt, truncated } from './refusals.ts';
import type { SpeechSink } from './sink.ts';

/** Opus counts its samples at this rate, whatever was recorded. */
const OPUS_RATE_HZ = 48_000;
const HEAD_BYTES = 19;

interface OpusHead {
  readonly channels: number;
  /** Samples that the decoder needs to settle and that are no sound, at 48 kHz. */
  readonly preSkip: number;
  /** Factor to apply to the decoded samples. */
  readonly gain: number;
  readonly streamCount: number;
  readonly coupledStreamCount: number;
  readonly channelMappingTable: number[];
}

/** The identification header (RFC 7845, 5.1), which WebM carries too, as its codec private data. */
function readOpusHead(bytes: Uint8Array): OpusHead {
  if (bytes.length < HEAD_BYTES) throw truncated('Opus', `a header of ${HEAD_BYTES} bytes`, `${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const channels = bytes[9]!;
  const family = bytes[18]!;
  const common = { channels, preSkip: view.getUint16(10, true), gain: 10 ** (view.getInt16(16, true) / 256 / 20) };
  if (family === 0 && (channels === 1 || channels === 2)) {
    const channelMappingTable = channels === 1 ? [0] : [0, 1];
    return { ...common, streamCount: 1, coupledStreamCount: channels - 1, channelMappingTable };
  }
  if (family === 1 && channels >= 1 && channels <= 8 && bytes.length >= HEAD_BYTES + 2 + channels) {
    return {
      ...common,
      streamCount: bytes[19]!,
      coupledStreamCount: bytes[20]!,
      channelMappingTable: [...bytes.subarray(21, 21 + channels)],
    };
  }
  throw new AppError('AUDIO_CODEC_UNSUPPORTED', 'the layout of the Opus channels is not supported', {
    expected: 'mono, stereo or up to 8 named channels',
    got: `${channels} channels of mapping family ${family}`,
  });
}

/** Decodes Opus packets one by one into a sink. */
export class OpusPackets {
  readonly #head: OpusHead;
  readonly #decoder: OpusDecoder;
  readonly #sink: SpeechSink;
  #decodedSamples = 0;

  private constructor(head: OpusHead, sink: SpeechSink, decoder: OpusDecoder) {
    this.#head = head;
    this.#sink = sink;
    this.#decoder = decoder;
  }

  static async open(headBytes: Uint8Array, sink: SpeechSink): Promise<OpusPackets> {
    const head = readOpusHead(headBytes);
    const decoder = new OpusDecoder(head);
    await decoder.ready;
    return new OpusPackets(head, sink, decoder);
  }

  /** @param endGranule where the stream ends if it does so within this packet, in 48 kHz samples with the pre-skip */
  push(packet: Uint8Array, endGranule?: number): void {
    const { channelData, samplesDecoded, errors } = this.#decoder.decodeFrame(packet);
    const [error] = errors;
    if (error !== undefined) throw corrupt('Opus', 'packets that decode', error.message);
    const leftSamples = endGranule === undefined ? Infinity : endGranule - this.#head.preSkip - this.#decodedSamples;
    const kept = Math.max(0, Math.min(samplesDecoded, leftSamples));
    this.#decodedSamples += kept;
    const { gain } = this.#head;
    const channels = channelData.map((channel) => {
      const used = channel.subarray(0, kept);
      return gain === 1 ? used : used.map((sample) => sample * gain);
    });
    this.#sink.push(channels, OPUS_RATE_HZ);
  }

  close(): void {
    this.#decoder.free();
  }
}
