import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS } from '../../src/live/settings.ts';
import type { Committed } from '../../src/web/live/live-events.ts';
import type { LiveSocket, LiveSocketEvents } from '../../src/web/live/live-socket.ts';
import { NOTHING_HEARD } from '../../src/web/live/live-store.ts';
import { LiveClient } from '../../src/web/live-client.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { RememberingStore } from '../web/remembering-store.ts';
import { leftByCrash } from './crashed-journals.ts';
import { MemorySocket } from './memory-socket.ts';
import { type Interference, plant, SimulatedSpeech } from './simulated-speech.ts';

const RATE_HZ = 16_000;
const FRAME_BYTES = 3200;
/** Words of 0.45 s with pauses of 0.15 s, and one after every fifth that ends an utterance by itself. */
const WORDS = Array.from({ length: 20 }, (_, word) => {
  const startSample = 4_000 + word * 9_600 + Math.floor(word / 5) * 16_000;
  return { word, startSample, endSample: startSample + 7_200 };
});
const FRAMES = framesOf(new Uint8Array(plant(WORDS, 272_000).buffer));
const SETTINGS = { ...DEFAULT_LIVE_SETTINGS, syncEveryMs: 0 };

function framesOf(sound: Uint8Array): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: sound.length / FRAME_BYTES }, (_, frame) =>
    Uint8Array.from(sound.subarray(frame * FRAME_BYTES, (frame + 1) * FRAME_BYTES)),
  );
}

/** Of the event loop, before a text is there: finalizes wait for it while more is said. */
const TURNS_A_TEXT = 25;

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

const slowly: Interference = async (kind) => {
  for (let turn = 0; kind === 'recognise' && turn < TURNS_A_TEXT; turn++) await nextTurn();
};

const finalizes = fc.uniqueArray(fc.integer({ min: 1, max: FRAMES.length }), { minLength: 1, maxLength: 8 });
/** Each comes so many turns after the client was there again. */
const troubles = fc.array(
  fc.record({
    afterTurns: fc.nat(60),
    offlineTurns: fc.nat(30),
    trouble: fc.constantFrom('lost', 'lost unnoticed', 'killed'),
  }),
  { maxLength: 8 },
);
type Troubles = typeof troubles extends fc.Arbitrary<infer T> ? T : never;

/** A connection on which what is sent is under way for a while, and lost when it is cut off. */
class SlowSocket implements LiveSocket {
  readonly #socket: MemorySocket;
  readonly #underWay: (() => void)[] = [];
  #isCut = false;
  /** Whether the server is told when it is closed. */
  isNoticed = true;

  constructor(sessions: LiveSessions, events: LiveSocketEvents) {
    this.#socket = new MemorySocket(sessions, (message) => {
      queueMicrotask(() => events.onMessage(JSON.stringify(message)));
    });
    queueMicrotask(() => events.onOpen());
  }

  send(data: string | Uint8Array<ArrayBuffer>): void {
    this.#underWay.push(() => (typeof data === 'string' ? this.#socket.raw(data) : this.#socket.binary(data)));
  }

  deliver(count: number): void {
    if (this.#isCut) return;
    for (const arrive of this.#underWay.splice(0, count)) arrive();
  }

  close(): void {
    this.#isCut = true;
    this.#socket.cut({ isNoticed: this.isNoticed });
  }
}

/** Dictates with the page's own client, over a network and a server that are not spared. */
async function dictate(root: string, finalizeAfter: readonly number[], happenings: Troubles) {
  const openSessions = (folder: string) =>
    LiveSessions.open({ speech: new SimulatedSpeech(slowly), folder, settings: SETTINGS, log: () => {} });
  let journals = await mkdtemp(join(root, 'journals-'));
  let sessions = await openSessions(journals);
  const started = [sessions];
  let socket: SlowSocket | undefined;

  const committed: Committed[] = [];
  /** Of each finalize, the utterances that were told before its first answer. */
  const committedAtAnswer = new Map<number, number>();
  let isEnded = false;
  const client = new LiveClient({
    session: { localId: 'a', sampleRateHz: RATE_HZ, originFrame: 0 },
    frameCount: 0,
    heard: NOTHING_HEARD,
    wishes: { vocabulary: [], pauseSeconds: 0.7 },
    connect: (events) => {
      socket = new SlowSocket(sessions, events);
      return socket;
    },
    store: new RememberingStore(),
    events: {
      onStatus: () => {},
      onPartial: () => {},
      onVoice: () => {},
      onCommitted: (message) => committed.push(message),
      onFinalized: (id) => {
        if (!committedAtAnswer.has(id)) committedAtAnswer.set(id, committed.length);
      },
      onEnded: () => {
        isEnded = true;
      },
      onStorageFailed: () => {},
    },
  });
  client.open();

  const remaining = [...happenings];
  let pushed = 0;
  let turnsLeft = remaining[0]?.afterTurns;
  let isOffline = false;
  while (!isEnded) {
    await nextTurn();
    socket?.deliver(3);
    if (pushed < FRAMES.length) {
      client.push(FRAMES[pushed]!);
      pushed++;
      if (finalizeAfter.includes(pushed)) client.finalize();
    } else if (client.isSettled) client.stop();
    if (turnsLeft === undefined || turnsLeft-- > 0) continue;
    const [{ offlineTurns, trouble }] = remaining as [Troubles[number]];
    if (isOffline) {
      remaining.shift();
      turnsLeft = remaining[0]?.afterTurns;
      client.networkChanged(true);
    } else {
      turnsLeft = offlineTurns;
      socket!.isNoticed = trouble === 'lost';
      client.networkChanged(false);
      if (trouble === 'killed') {
        journals = await leftByCrash(journals);
        sessions = await openSessions(journals);
        started.push(sessions);
      }
    }
    isOffline = !isOffline;
  }
  client.dispose();
  await Promise.all(started.map((each) => each.close()));
  return { committed, committedAtAnswer };
}

test('finalize ends the utterance at its own place and is answered after its words, whatever the network does', async () => {
  const root = await scratchFolder();
  await fc.assert(
    fc.asyncProperty(finalizes, troubles, async (finalizeAfter, happenings) => {
      const calm = await dictate(root, finalizeAfter, []);
      const troubled = await dictate(root, finalizeAfter, happenings);
      expect(troubled.committed).toEqual(calm.committed);
      expect([...calm.committedAtAnswer.keys()]).toEqual(finalizeAfter.map((_, index) => index + 1));
      for (const [id, count] of calm.committedAtAnswer) {
        expect(troubled.committedAtAnswer.get(id)).toBeGreaterThanOrEqual(count);
      }
    }),
    { numRuns: 20 },
  );
});
