import { afterEach, describe, expect, it, vi } from 'vitest';
import { decodeAudio } from '../../../src/speech/formats/decode-audio.ts';
import { requirePart } from '../../require-part.ts';
import { formatFixture, hasFfmpeg, LIMITS, refusal, refusalCode, wavFile } from './fixtures.ts';

const tone = Int16Array.from({ length: 16_000 }, (_, at) => 8000 * Math.sin(at / 5));

describe('what is refused', () => {
  it('no bytes, and a file without samples, are empty', async () => {
    expect(await refusalCode(new Uint8Array(0))).toBe('AUDIO_EMPTY');
    expect(await refusalCode(wavFile(new Int16Array(0)))).toBe('AUDIO_EMPTY');
  });

  it('a muted microphone is silent, whether it gives zeros or the last bit of noise', async () => {
    expect((await refusal(wavFile(new Int16Array(16_000)))).message).toContain('digital silence');
    const noise = Int16Array.from({ length: 16_000 }, (_, at) => ((at * 7919) % 3) - 1);
    expect((await refusal(wavFile(noise))).message).toContain('a peak of -90 dBFS');
  });

  it('quiet speech is not silent', async () => {
    const quiet = tone.map((sample) => sample / 300);
    expect((await decodeAudio(wavFile(quiet), LIMITS)).samples.length).toBe(16_000);
  });

  it('a file over the size limit is refused unread, with both sizes', async () => {
    const error = await refusal(wavFile(tone), { ...LIMITS, maxBytes: 1000 });
    expect(error).toMatchObject({ code: 'AUDIO_TOO_LARGE', expected: 'at most 1000 bytes', got: '32044' });
  });

  for (const name of ['s16.wav', '16k.flac', 'flac.ogg', 'cbr.mp3', 'opus.ogg', 'opus.webm']) {
    it(`${name}: sound over the length limit is refused`, async () => {
      expect(await refusalCode(formatFixture(name), { ...LIMITS, maxSeconds: 1 })).toBe('AUDIO_TOO_LONG');
      await decodeAudio(formatFixture(name), { ...LIMITS, maxSeconds: 1.5 });
    });
  }

  it('decoding stops when its time is over, and may be tried again', async () => {
    expect(await refusal(formatFixture('16k.flac'), { ...LIMITS, timeoutMs: 0 })).toMatchObject({
      code: 'SPEECH_TIMEOUT',
      retryable: true,
    });
  });

  it('text, a PDF, a ZIP and noise are no audio', async () => {
    const noise = Uint8Array.from({ length: 50_000 }, (_, at) => (at * at * 31 + at * 7) % 251);
    for (const file of ['Journalanteckning', '%PDF-1.7\n', 'PK\x03\x04', 'RIFF....AVI ']) {
      expect(await refusalCode(new Uint8Array(Buffer.from(file, 'latin1'))), file).toBe('AUDIO_NOT_AUDIO');
    }
    expect(await refusalCode(noise)).toBe('AUDIO_NOT_AUDIO');
  });

  for (const name of [
    's16.wav',
    'alaw-8k.wav',
    '16k.flac',
    'flac.ogg',
    'cbr.mp3',
    'cbr-untagged.mp3',
    'vbr.mp3',
    'opus.ogg',
    'opus.webm',
    'aac.m4a',
    'aac-faststart.m4a',
  ]) {
    it(`${name}: cut off anywhere past its first kilobytes, it is refused with what was expected and what came`, async () => {
      const whole = formatFixture(name);
      for (const share of [0.42, 0.75, 0.99]) {
        const error = await refusal(whole.slice(0, whole.length * share));
        expect(error.code, `${share}`).toBe('AUDIO_TRUNCATED');
        expect(error.expected).toBeTruthy();
        expect(error.got).toBeTruthy();
      }
    });
  }

  it('a recording from a browser declares no length: cut within a packet it is refused, between two it is whole', async () => {
    const whole = formatFixture('opus-live.webm');
    // a SimpleBlock: identifier, size in one or two bytes, track 1, time, flags
    const block = /\xa3(?:[\x80-\xff]|[\x40-\x7f][\s\S])\x81[\s\S]{2}\x80/g;
    const blocks = [...Buffer.from(whole.buffer).toString('latin1').matchAll(block)];
    const at = blocks[Math.floor(blocks.length / 2)]!.index;
    expect(await refusalCode(whole.slice(0, at + 20))).toBe('AUDIO_TRUNCATED');
    const { samples } = await decodeAudio(whole.slice(0, at), LIMITS);
    expect(samples.length / 16_000).toBeCloseTo(0.7, 1);
  });

  it('a cut that falls between two frames shows where the file declares how many there are', async () => {
    const whole = formatFixture('cbr.mp3');
    const frameBytes = 288;
    expect(await refusalCode(whole.slice(0, whole.length - 5 * frameBytes))).toBe('AUDIO_TRUNCATED');
  });

  it('damage within a file that has checksums is told from a cut', async () => {
    for (const name of ['16k.flac', 'opus.ogg', 'flac.ogg']) {
      const damaged = formatFixture(name);
      damaged.fill(0x5a, damaged.length * 0.5, damaged.length * 0.5 + 20);
      expect(await refusalCode(damaged), name).toBe('AUDIO_CORRUPT');
    }
  });

  it('floats that are no numbers are damage', async () => {
    const damaged = formatFixture('f32.wav');
    damaged.fill(0xff, damaged.length - 400, damaged.length - 200);
    expect(await refusalCode(damaged)).toBe('AUDIO_CORRUPT');
  });

  it('a WAV with an absurd rate, or channels that do not fit its frames, is damaged', async () => {
    expect(await refusalCode(wavFile(tone, 7))).toBe('AUDIO_CORRUPT');
    expect(await refusalCode(wavFile(tone, 4_000_000_000))).toBe('AUDIO_CORRUPT');
    const threeChannels = wavFile(tone);
    threeChannels[22] = 3;
    expect(await refusalCode(threeChannels)).toBe('AUDIO_CORRUPT');
  });

  it('a second recording chained to an Ogg is not dropped in silence', async () => {
    const one = formatFixture('opus.ogg');
    const other = formatFixture('flac.ogg');
    expect(await refusalCode(new Uint8Array([...one, ...other]))).toBe('AUDIO_CODEC_UNSUPPORTED');
  });

  describe('without ffmpeg', () => {
    afterEach(() => vi.unstubAllEnvs());

    it('what needs it is refused with what to do', async () => {
      vi.stubEnv('PATH', '/nonexistent');
      for (const name of ['aac.m4a', 'aac.aac', 'vorbis.ogg', 'adpcm.wav']) {
        const error = await refusal(formatFixture(name));
        expect(error.code, name).toBe('AUDIO_NEEDS_FFMPEG');
        expect(error.message).toContain('install it');
      }
    });
  });

  describe.skipIf(requirePart('ffmpeg', hasFfmpeg))('with ffmpeg', () => {
    it('sound over the length limit is refused', async () => {
      expect(await refusalCode(formatFixture('aac.m4a'), { ...LIMITS, maxSeconds: 1 })).toBe('AUDIO_TOO_LONG');
    });

    it('a codec that nobody knows is unsupported', async () => {
      const unknown = formatFixture('adpcm.wav');
      new DataView(unknown.buffer).setUint16(20, 0x7abc, true);
      expect(await refusalCode(unknown)).toBe('AUDIO_CODEC_UNSUPPORTED');
    });
  });
});
