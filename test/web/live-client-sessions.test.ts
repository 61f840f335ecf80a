import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Word } from '../../src/contracts/transcript.ts';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS } from '../../src/live/settings.ts';
import { connectTo } from '../../src/web/live/live-socket.ts';
import { type LiveSession, NOTHING_HEARD } from '../../src/web/live/live-store.ts';
import { LiveClient } from '../../src/web/live-client.ts';
import { plant, plantedFrom, SimulatedSpeech } from '../live/simulated-speech.ts';
import { runApp } from '../server/running-app.ts';
import { RememberingStore } from './remembering-store.ts';

const RATE_HZ = 16_000;
const FRAME_BYTES = 3200;
/** Words of 0.3 s with short pauses between them, and after every third a pause that ends an utterance. */
const WORDS = Array.from({ length: 60 }, (_, word) => {
  const startSample = 8_000 + word * 12_000 + Math.floor(word / 3) * 16_000;
  return { word, startSample, endSample: startSample + 4_800 + (word % 7) * 100 };
});
const SOUND = new Uint8Array(plant(WORDS, 1_040_000).buffer);
const SOUND_SECONDS = SOUND.length / 2 / RATE_HZ;

interface Limits {
  /** The server's own. */
  readonly maxSessionSeconds: number;
  /** The client's. */
  readonly sessionSeconds: number;
  /** Whether nothing is said after a pause before the words before it were heard. */
  readonly waits: boolean;
}

/** Within the pause after the words that come next, once so many were heard. */
function nextPauseByte(heardWords: number): number {
  const last = WORDS[heardWords - (heardWords % 3) + 2];
  return Math.min(SOUND.length, last ? 2 * (last.endSample + 19_200) : SOUND.length);
}

/** Dictates the whole sound to a real server; gives its words, and how many sessions of the server they came from. */
async function dictate({ maxSessionSeconds, sessionSeconds, waits }: Limits) {
  const folder = await mkdtemp(join(tmpdir(), 'taltid-sessions-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const settings = { ...DEFAULT_LIVE_SETTINGS, maxSessionSeconds, syncEveryMs: 0 };
  const live = await LiveSessions.open({ speech: new SimulatedSpeech(), folder, settings, log: () => {} });
  const { port } = await runApp({ live });

  const words: Word[] = [];
  const sessionIds = new Set<string | undefined>();
  const ended = Promise.withResolvers<void>();
  let pushed = 0;
  const pushMore = () => {
    while (pushed < (waits ? nextPauseByte(words.length) : SOUND.length)) {
      const at = pushed;
      pushed += FRAME_BYTES;
      client.push(SOUND.slice(at, at + FRAME_BYTES));
    }
    if (pushed >= SOUND.length) client.stop();
  };
  const store = new (class extends RememberingStore {
    override async saveSession(session: LiveSession): Promise<void> {
      sessionIds.add(session.credentials?.sessionId);
    }
  })();
  const client: LiveClient = new LiveClient({
    session: { localId: 'a', sampleRateHz: RATE_HZ, originFrame: 0 },
    frameCount: 0,
    heard: NOTHING_HEARD,
    wishes: { vocabulary: [], pauseSeconds: 0.7 },
    sessionSeconds,
    connect: connectTo(`ws://127.0.0.1:${port}/api/live`),
    store,
    events: {
      onStatus: () => queueMicrotask(pushMore),
      onPartial: () => {},
      onCommitted: (committed) => {
        words.push(...committed.words);
        queueMicrotask(pushMore);
      },
      onVoice: () => {},
      onFinalized: () => {},
      onEnded: ended.resolve,
      onStorageFailed: () => ended.reject(new Error('expected a frame that the store has; got none')),
    },
  });
  onTestFinished(() => client.dispose());
  client.open();
  await ended.promise;
  return { words, sessions: sessionIds.size };
}

test('sessions take over from each other in a pause, and no word is lost or doubled', async () => {
  const { words, sessions } = await dictate({ maxSessionSeconds: 7200, sessionSeconds: 8, waits: true });
  expect(plantedFrom(words)).toEqual(WORDS);
  expect(sessions).toBeGreaterThan(4);
});

test('a session that the server ends for its length goes on in another, and no word is lost or doubled', async () => {
  const maxSessionSeconds = 12;
  const { words, sessions } = await dictate({ maxSessionSeconds, sessionSeconds: 7200, waits: false });
  expect(plantedFrom(words)).toEqual(WORDS);
  expect(sessions).toBeGreaterThanOrEqual(Math.floor(SOUND_SECONDS / maxSessionSeconds));
});
