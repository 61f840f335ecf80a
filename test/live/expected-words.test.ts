import { describe, expect, onTestFinished, test } from 'vitest';
import type { Vocabulary, VocabularyOwner } from '../../src/contracts/vocabulary.ts';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS } from '../../src/live/settings.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { DictatingClient } from './dictating-client.ts';
import { MemorySocket } from './memory-socket.ts';
import { plant, SimulatedSpeech } from './simulated-speech.ts';

const RATE_HZ = 16_000;
const FRAME_SAMPLES = 1_600;
const UTTERANCES = 3;
const FRAMES_AN_UTTERANCE = 30;
const SETTINGS = { ...DEFAULT_LIVE_SETTINGS, syncEveryMs: 0 };

const WARAN: Vocabulary = [{ term: 'Waran' }];
const OWN: Vocabulary = [{ term: 'F9', soundsLike: 'ef nio' }];

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

interface Dictated {
  readonly start?: object;
  /** After so many frames, thirty of which hold an utterance of one second and a pause. */
  readonly wishes?: ReadonlyMap<number, object>;
  readonly vocabulary?: (owner: VocabularyOwner) => Vocabulary;
  readonly accountId?: string | null;
  readonly onCommitted?: (count: number) => void;
}

/** Dictates three utterances, each when the one before is committed. @returns what the recogniser was told with each */
async function dictate({ start, wishes, vocabulary, accountId = null, onCommitted = () => {} }: Dictated) {
  const speech = new SimulatedSpeech();
  const sessions = await LiveSessions.open({
    speech,
    folder: await scratchFolder(),
    settings: SETTINGS,
    log: () => {},
    ...(vocabulary && { vocabulary }),
  });
  onTestFinished(() => sessions.close());
  const planted = Array.from({ length: UTTERANCES }, (_, word) => {
    const startSample = (word * FRAMES_AN_UTTERANCE + 3) * FRAME_SAMPLES;
    return { word, startSample, endSample: startSample + RATE_HZ };
  });
  const sound = plant(planted, UTTERANCES * FRAMES_AN_UTTERANCE * FRAME_SAMPLES);
  const frames = Array.from({ length: sound.length / FRAME_SAMPLES }, (_, frame) =>
    sound.slice(frame * FRAME_SAMPLES, (frame + 1) * FRAME_SAMPLES),
  );
  const client = new DictatingClient({ frames, sampleRateHz: RATE_HZ, ...(wishes && { wishes }) });
  const receive = (message: Parameters<typeof client.receive>[0]) => {
    client.receive(message);
    if (message.type === 'committed') onCommitted(client.committed.length);
  };
  const socket = new MemorySocket(sessions, receive, accountId);
  client.connected({
    text: (message) => socket.text('protocol' in message ? { ...message, ...start } : message),
    binary: (bytes) => socket.binary(bytes),
  });
  while (!client.isDone) {
    await nextTurn();
    const isCommitted = client.committed.length >= Math.floor(client.sentFrames / FRAMES_AN_UTTERANCE);
    if (client.canSend && isCommitted) client.sendNext();
    expect(socket.errors).toEqual([]);
  }
  return speech.wishes;
}

describe('a session’s own words', () => {
  test('are told as text said before, and as terms where it is given how they sound', async () => {
    const wishes = await dictate({ start: { vocabulary: ['Waran', { term: 'F9', soundsLike: 'ef nio' }] } });
    expect(wishes).toHaveLength(UTTERANCES);
    for (const each of wishes) {
      expect(each).toMatchObject({ prompt: 'Waran', vocabulary: OWN, primes: false });
    }
  });

  test('are expected from the utterance on that is said when they come', async () => {
    const inSecond = FRAMES_AN_UTTERANCE + 8;
    const wishes = await dictate({ wishes: new Map([[inSecond, { type: 'configure', vocabulary: ['Waran'] }]]) });
    expect(wishes.map(({ prompt }) => prompt)).toEqual([undefined, 'Waran', 'Waran']);
  });

  test('stay when only the pause is changed, and go when none are wanted', async () => {
    const wishes = await dictate({
      start: { vocabulary: ['Waran'] },
      wishes: new Map([
        [FRAMES_AN_UTTERANCE, { type: 'configure', pauseSeconds: 0.5 }],
        [2 * FRAMES_AN_UTTERANCE, { type: 'configure', vocabulary: [] }],
      ]),
    });
    expect(wishes.map(({ prompt }) => prompt)).toEqual(['Waran', 'Waran', undefined]);
  });
});

test('text said before is told as such', async () => {
  const wishes = await dictate({
    start: { prompt: 'Anamnes.' },
    wishes: new Map([[FRAMES_AN_UTTERANCE, { type: 'configure', prompt: 'Status.' }]]),
  });
  expect(wishes.map(({ prompt }) => prompt)).toEqual(['Anamnes.', 'Status.', 'Status.']);
});

describe('the clinic’s words', () => {
  test('are those of whoever speaks, and come after their session’s own', async () => {
    const owners = new Set<string | null>();
    const vocabulary = ({ accountId }: VocabularyOwner) => {
      owners.add(accountId);
      return WARAN;
    };
    const wishes = await dictate({ start: { vocabulary: OWN }, vocabulary, accountId: 'anna' });
    for (const each of wishes) expect(each.vocabulary).toEqual([...OWN, ...WARAN]);
    expect([...owners]).toEqual(['anna']);
  });

  test('are taken as they are when an utterance is recognised', async () => {
    let terms = WARAN;
    const onCommitted = () => {
      terms = OWN;
    };
    const wishes = await dictate({ vocabulary: () => terms, onCommitted });
    expect(wishes.map(({ vocabulary }) => vocabulary)).toEqual([WARAN, OWN, OWN]);
  });

  test('are left out in another language than theirs', async () => {
    const wishes = await dictate({ start: { language: 'en', vocabulary: OWN }, vocabulary: () => WARAN });
    for (const each of wishes) expect(each.vocabulary).toEqual(OWN);
  });
});

describe('a session that somebody began who has an account', () => {
  async function resumeAs(accountId: string | null, ownAccountId: string | null) {
    const folder = await scratchFolder();
    const open = () => LiveSessions.open({ speech: new SimulatedSpeech(), folder, settings: SETTINGS, log: () => {} });
    const sessions = await open();
    const begun = new MemorySocket(sessions, () => {}, ownAccountId);
    begun.text({ type: 'start', protocol: 1, sampleRateHz: RATE_HZ });
    await expect.poll(() => begun.received[0]?.type).toBe('ready');
    const [ready] = begun.received;
    if (ready?.type !== 'ready') throw new TypeError(`expected ready; got ${ready?.type}`);
    await sessions.close();
    // Its owner is remembered over a restart.
    const restarted = await open();
    onTestFinished(() => restarted.close());
    const socket = new MemorySocket(restarted, () => {}, accountId);
    const resume = { sessionId: ready.sessionId, token: ready.token, committedReceived: 0 };
    socket.text({ type: 'start', protocol: 1, sampleRateHz: RATE_HZ, resume });
    await expect.poll(() => socket.received.length).toBeGreaterThan(0);
    return socket.received[0];
  }

  test('is taken up again with that account', async () => {
    expect(await resumeAs('anna', 'anna')).toMatchObject({ type: 'ready' });
  });

  test.each(['berit', null])('is not taken up again with its token and the account %s', async (accountId) => {
    expect(await resumeAs(accountId, 'anna')).toMatchObject({ type: 'error', code: 'LIVE_NOT_ALLOWED' });
  });

  test('is anybody’s with its token when nobody signed in', async () => {
    expect(await resumeAs('berit', null)).toMatchObject({ type: 'ready' });
  });
});
