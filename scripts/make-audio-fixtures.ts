/**
 * Makes test/fixtures/audio/formats from a part of one clip in test/fixtures/audio/speech: the same words in every
 * format that is read. Needs ffmpeg (with libmp3lame, libopus and libvorbis). The results are committed; run this only to add a format:
 *
 *     node scripts/make-audio-fixtures.ts
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fixtures = join(import.meta.dirname, '../test/fixtures/audio');
const clip = join(fixtures, 'speech/common_voice_sv-SE_18748646.flac');
const part = ['-ss', '0.5', '-t', '1.4'];
const formats = join(fixtures, 'formats');

/** File name and the arguments of ffmpeg that make it. */
const RECIPES: Readonly<Record<string, readonly string[]>> = {
  's16.wav': ['-c:a', 'pcm_s16le'],
  'u8.wav': ['-c:a', 'pcm_u8'],
  's24.wav': ['-c:a', 'pcm_s24le', '-ar', '22050'],
  's32.wav': ['-c:a', 'pcm_s32le'],
  'f32.wav': ['-c:a', 'pcm_f32le'],
  'f64.wav': ['-c:a', 'pcm_f64le'],
  'alaw-8k.wav': ['-c:a', 'pcm_alaw', '-ar', '8000'],
  'mulaw-8k.wav': ['-c:a', 'pcm_mulaw', '-ar', '8000'],
  's16-8k.wav': ['-c:a', 'pcm_s16le', '-ar', '8000'],
  // more than two channels or 16 bits makes ffmpeg write WAVE_FORMAT_EXTENSIBLE
  'extensible-4ch.wav': ['-c:a', 'pcm_s16le', '-af', 'pan=4.0|c0=c0|c1=c0|c2=c0|c3=c0'],
  's16-48k-stereo.wav': ['-c:a', 'pcm_s16le', '-ar', '48000', '-ac', '2'],
  'adpcm.wav': ['-c:a', 'adpcm_ms'],
  'cbr.mp3': ['-c:a', 'libmp3lame', '-b:a', '64k'],
  'cbr-untagged.mp3': ['-c:a', 'libmp3lame', '-b:a', '64k', '-ar', '44100', '-write_xing', '0', '-id3v2_version', '0'],
  'vbr.mp3': ['-c:a', 'libmp3lame', '-q:a', '3', '-ar', '44100', '-ac', '2'],
  '16k.flac': ['-c:a', 'flac'],
  // the last frame is 13 bytes of silence
  'silent-end.flac': ['-c:a', 'flac', '-af', 'apad=pad_len=9600'],
  '44k-s24.flac': ['-c:a', 'flac', '-ar', '44100', '-sample_fmt', 's32', '-bits_per_raw_sample', '24', '-ac', '2'],
  'flac.ogg': ['-c:a', 'flac', '-f', 'ogg'],
  'opus.ogg': ['-c:a', 'libopus', '-b:a', '32k'],
  'opus.webm': ['-c:a', 'libopus', '-b:a', '32k'],
  'opus-live.webm': ['-c:a', 'libopus', '-b:a', '32k', '-live', '1', '-f', 'webm'],
  'vorbis.ogg': ['-c:a', 'libvorbis', '-q:a', '4'],
  'aac.m4a': ['-c:a', 'aac', '-b:a', '64k'],
  'aac-faststart.m4a': ['-c:a', 'aac', '-b:a', '64k', '-movflags', '+faststart'],
  'aac.aac': ['-c:a', 'aac', '-b:a', '64k', '-f', 'adts'],
};

mkdirSync(formats, { recursive: true });
for (const [name, recipe] of Object.entries(RECIPES)) {
  const target = join(formats, name);
  const reproducible = ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...part, '-i', clip, ...recipe, ...reproducible, target], {
    stdio: 'inherit',
  });
}

// A browser's MediaRecorder declares nothing: neither a duration nor the size of its clusters, which ffmpeg does write.
const recording = join(formats, 'opus-live.webm');
const bytes = readFileSync(recording);
const clusterSizeAt = bytes.indexOf('1f43b675', 0, 'hex') + 4;
const ffmpegSizeBytes = 2;
const unknownSize = Buffer.from('01ffffffffffffff', 'hex');
const cluster = bytes.subarray(clusterSizeAt + ffmpegSizeBytes);
writeFileSync(recording, Buffer.concat([bytes.subarray(0, clusterSizeAt), unknownSize, cluster]));
