import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { floatToS16le } from '../../src/audio/pcm.ts';
import { loadConfig, PROJECT_DIRECTORY, recogniserSettings } from '../../src/config.ts';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS } from '../../src/live/settings.ts';
import { decodeAudio } from '../../src/speech/formats/decode-audio.ts';
import { startSpeechPool } from '../../src/speech/pool.ts';
import { requirePart } from '../require-part.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { runApp } from './running-app.ts';
import { pythonWithVosk } from './vosk-python.ts';

const CLIPS = ['kan_du_vara.flac', 'ha_en_trevlig_dag.flac'];
const SCRIPT = join(import.meta.dirname, 'vosk-client.py');
const SILENCE = new Uint8Array(2 * 16_000);

const python = await pythonWithVosk();

/** The clips with a second of silence after each, as the client sends them. */
async function sound(): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (const clip of CLIPS) {
    const file = await readFile(join(PROJECT_DIRECTORY, 'test/fixtures/audio/speech', clip));
    const { samples } = await decodeAudio(new Uint8Array(file), { maxBytes: 1e6, maxSeconds: 60 });
    parts.push(floatToS16le(samples), SILENCE);
  }
  return Buffer.concat(parts);
}

describe.skipIf(requirePart("the client of Python's package vosk", python !== undefined))('the client of vosk', () => {
  test('gets the words of a stream, each utterance as a result of its own, with times that rise', async () => {
    const folder = await scratchFolder();
    const pool = await startSpeechPool({ ...recogniserSettings(loadConfig()), workers: 2, queueLimit: 8 });
    try {
      const live = await LiveSessions.open({
        speech: pool.live,
        folder,
        settings: DEFAULT_LIVE_SETTINGS,
        log: () => {},
      });
      const { port } = await runApp({ live });
      const stream = await sound();
      await writeFile(`${folder}/sound.raw`, stream);
      const { stdout } = await promisify(execFile)(
        python!,
        [SCRIPT, `ws://127.0.0.1:${port}/vosk`, `${folder}/sound.raw`],
        { timeout: 100_000 },
      );
      const { results, soundBytes } = JSON.parse(stdout) as {
        soundBytes: number;
        results: { text: string; result?: { word: string; start: number; end: number; conf: number }[] }[];
      };
      expect(soundBytes).toBe(stream.length);
      expect(results.filter(({ text }) => text !== '').length).toBeGreaterThanOrEqual(CLIPS.length);
      const text = results.map((each) => each.text).join(' ');
      expect(text).toMatch(/kan du/i);
      expect(text).toMatch(/lig dag/i);
      const words = results.flatMap(({ result = [] }) => result);
      expect(words.map(({ word }) => word).join(' ')).toBe(text.trim());
      const times = words.flatMap(({ start, end }) => [start, end]);
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      expect(words.every(({ conf }) => conf >= 0 && conf <= 1)).toBe(true);
    } finally {
      await pool.close();
    }
  });
});
