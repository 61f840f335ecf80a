import { createHash } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { floatToS16le, joined, SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import { resample } from '../../src/audio/resampler.ts';
import type { Draft, DraftRequest, LiveSpeech, VoiceAnswer, VoiceRequest } from '../../src/contracts/live-speech.ts';
import type { Utterance, UtteranceOptions } from '../../src/contracts/speech-messages.ts';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS } from '../../src/live/settings.ts';
import type { Recogniser } from '../../src/speech/recogniser.ts';
import { packedOptions } from '../../src/speech/vocabulary/packed-vocabulary.ts';
import { VoiceDetector } from '../../src/speech/voice-detector.ts';
import { WordSupport } from '../../src/speech/word-support.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { CLIPS, clipSamples, loadBaseRecogniser, noise } from '../speech/base-model.ts';
import { DictatingClient, type Dictation } from './dictating-client.ts';
import { MemorySocket } from './memory-socket.ts';

/** A rate at which an output of the resampler meets an input once a second only. */
const RATE_HZ = 22_050;
const FRAME_SECONDS = 0.1;
const FRAMES_A_TURN = 4;
const ROOM_TONE = 0.001;
const SETTINGS = { ...DEFAULT_LIVE_SETTINGS, syncEveryMs: 0 };
const CLINIC = [{ term: 'Waran' }];
/** More than the first record, without which there is no session. */
const BEGINNING_BYTES = 1000;

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));
const silence = (seconds: number) => new Float32Array(Math.round(seconds * SPEECH_RATE_HZ));

type Recognise = (samples: Float32Array, options: UtteranceOptions) => Promise<Utterance>;

/** The real detector beside a recogniser that is given: any sample or wish that is another one shows in what it writes. */
class RealEars implements LiveSpeech {
  readonly waitingCalls = 0;
  readonly #detector: VoiceDetector;
  readonly #recognise: Recognise;
  #lastCall: Promise<unknown> = Promise.resolve();

  constructor(detector: VoiceDetector, recognise: Recognise) {
    this.#detector = detector;
    this.#recognise = recognise;
  }

  voice({ samples, memory }: VoiceRequest): Promise<VoiceAnswer> {
    return this.#detector.continue(samples, memory);
  }

  async draft(_request: DraftRequest): Promise<Draft> {
    return { tokens: [], text: '', ends: [], kept: 0, language: 'sv' };
  }

  recognise(samples: Float32Array, options: UtteranceOptions): Promise<Utterance> {
    const call = this.#lastCall.then(() => this.#recognise(samples, options));
    this.#lastCall = call.catch(() => {});
    return call;
  }
}

async function fingerprint(samples: Float32Array, options: UtteranceOptions): Promise<Utterance> {
  const hash = createHash('sha256').update(new Uint8Array(samples.buffer));
  const text = hash.update(JSON.stringify(options)).digest('hex');
  const words = [{ text, startSeconds: 0, endSeconds: samples.length / SPEECH_RATE_HZ, probability: 1 }];
  const scores = { averageLogProbability: 0, compressionRatio: 1, noSpeechProbability: 0 };
  return { text, tokens: [], language: 'sv', words, ...scores };
}

/** No room is silent, and what its noise does to the detector is not forgotten in a second or two. */
function withRoomTone(samples: Float32Array): Float32Array {
  const tone = noise(samples.length, ROOM_TONE);
  return samples.map((sample, at) => sample + tone[at]!);
}

function dictationOf(parts: readonly Float32Array[], wishes: Dictation['wishes']): Dictation {
  const sound = resample(withRoomTone(joined(...parts)), SPEECH_RATE_HZ, RATE_HZ);
  const bytes = floatToS16le(sound);
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  const frameSamples = RATE_HZ * FRAME_SECONDS;
  const frames = Array.from({ length: Math.ceil(samples.length / frameSamples) }, (_, frame) =>
    samples.slice(frame * frameSamples, (frame + 1) * frameSamples),
  );
  return { frames, sampleRateHz: RATE_HZ, ...(wishes && { wishes }) };
}

/** Dictates to the end in a folder of journals. @returns the client, and the journal that is left */
async function dictate(folder: string, speech: LiveSpeech, client: DictatingClient) {
  const vocabulary = () => CLINIC;
  const sessions = await LiveSessions.open({ speech, folder, settings: SETTINGS, log: () => {}, vocabulary });
  const socket = new MemorySocket(sessions, (message) => client.receive(message));
  client.connected(socket);
  while (!client.isDone) {
    await nextTurn();
    for (let sent = 0; sent < FRAMES_A_TURN && client.canSend; sent++) client.sendNext();
    expect(socket.errors).toEqual([]);
  }
  await sessions.close();
  return { client, journal: await readFile(join(folder, `${client.session!.sessionId}.done`)) };
}

type Dictated = Awaited<ReturnType<typeof dictate>>;

/** Goes on from the first bytes of a journal, as a server does that is started after a crash. */
async function dictateOn(root: string, speech: LiveSpeech, dictation: Dictation, before: Dictated, bytes: number) {
  const folder = await mkdtemp(join(root, 'left-'));
  const { session } = before.client;
  await writeFile(join(folder, `${session!.sessionId}.journal`), before.journal.subarray(0, bytes));
  return dictate(folder, speech, new DictatingClient(dictation, session));
}

let detector: VoiceDetector;
let clips: readonly Float32Array[];
beforeAll(async () => {
  detector = await VoiceDetector.load();
  clips = await Promise.all(CLIPS.map(({ file }) => clipSamples(file)));
});
afterAll(() => detector.close());

test('a session killed anywhere and taken up again cuts the same utterances, sample by sample', async () => {
  const root = await scratchFolder();
  const speech = new RealEars(detector, fingerprint);
  const parts = [silence(0.4), ...clips, ...clips, silence(32), ...clips.slice(0, 3), silence(1)];
  // First many that end by force while somebody speaks, then some that go on for too long, then pauses that are heard.
  const wishes = new Map<number, object>([
    ...Array.from({ length: 10 }, (_, id) => [18 + 23 * id, { type: 'finalize', id }] as const),
    [100, { type: 'configure', vocabulary: ['Eliquis', { term: 'F9', soundsLike: 'ef nio' }] }],
    [240, { type: 'configure', pauseSeconds: 3 }],
    [400, { type: 'configure', prompt: 'Anamnes' }],
    [560, { type: 'configure', pauseSeconds: 0.3 }],
    [700, { type: 'configure', vocabulary: [] }],
  ]);
  const dictation = dictationOf(parts, wishes);
  const calm = await dictate(await mkdtemp(join(root, 'calm-')), speech, new DictatingClient(dictation));
  expect(calm.client.committed.length).toBeGreaterThan(10);
  expect(calm.client.committed.some(({ startSeconds, endSeconds }) => endSeconds - startSeconds > 10)).toBe(true);

  const share = fc.noBias(fc.integer({ min: 0, max: 1000 })).map((permille) => permille / 1000);
  await fc.assert(
    fc.asyncProperty(fc.array(share, { minLength: 1, maxLength: 2 }), async (shares) => {
      let left = calm;
      for (const each of shares) {
        const bytes = BEGINNING_BYTES + Math.floor(each * (left.journal.length - BEGINNING_BYTES));
        left = await dictateOn(root, speech, dictation, left, bytes);
        expect(left.client.committed).toEqual(calm.client.committed);
      }
    }),
    { numRuns: 10 },
  );
});

test('and the real recogniser writes the same words at the same times', async () => {
  const root = await scratchFolder();
  const recogniser: Recogniser = await loadBaseRecogniser();
  const words = new WordSupport();
  const speech = new RealEars(detector, async (samples, options) => {
    const packed = packedOptions(options);
    return words.write(await recogniser.recognise(samples, { ...packed, ...words.scoring(packed) }), packed);
  });
  const wishes = new Map([
    [30, { type: 'configure', vocabulary: ['återgälda', { term: 'MINO', soundsLike: 'kan du' }] }],
  ]);
  const dictation = dictationOf([silence(0.4), ...clips.slice(0, 5), silence(1)], wishes);
  const calm = await dictate(await mkdtemp(join(root, 'calm-')), speech, new DictatingClient(dictation));
  expect(calm.client.committed.flatMap(({ words }) => words).length).toBeGreaterThan(15);
  for (const share of [0.15, 0.4, 0.6, 0.85]) {
    const bytes = Math.floor(share * calm.journal.length);
    const left = await dictateOn(root, speech, dictation, calm, bytes);
    expect(left.client.committed).toEqual(calm.client.committed);
  }
  await recogniser.close();
});
