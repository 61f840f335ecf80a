import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NoteContent } from '../../src/contracts/notes.ts';
import { NoteSaver, type NoteSaverParts } from '../../src/web/notes/note-saver.ts';
import { UtteranceSender } from '../../src/web/notes/utterance-sender.ts';
import { PageError } from '../../src/web/page-error.ts';

const LONG_MS = 120_000;

/** A note of one section on a server that can be away, and that others write to. */
class Desk {
  text = '';
  stored = { version: 1, text: '' };
  failure: string | undefined;
  readonly saved: string[] = [];
  readonly states: string[] = [];
  readonly refusals: string[] = [];
  readonly saver: NoteSaver;

  constructor() {
    const desk = this;
    const parts: NoteSaverParts = {
      noteId: 'n',
      known: { version: 1, sections: contentOf('').sections },
      client: {
        async saveText(_id, version, content) {
          if (desk.failure !== undefined) throw new PageError(desk.failure);
          if (version !== desk.stored.version) throw new PageError('CONFLICT');
          desk.stored = { version: version + 1, text: content.sections[0]!.text };
          desk.saved.push(desk.stored.text);
          return { version: desk.stored.version, denials: [], setAside: [], followUps: [], left: [] };
        },
        async note() {
          const { version, text } = desk.stored;
          return { text: { version, content: contentOf(text), denials: [], setAside: [] } };
        },
      },
      content: () => contentOf(this.text),
      onSending: () => {},
      onSaved: () => {},
      onMerged: ({ sections }) => {
        this.text = sections[0]!.text;
      },
      onState: (state) => this.states.push(state),
      onRefused: (code) => this.refusals.push(code),
    };
    this.saver = new NoteSaver(parts);
  }

  write(text: string): void {
    this.text = text;
    this.saver.changed();
  }
}

function contentOf(text: string): NoteContent {
  return { sections: [{ id: 'anamnes', heading: 'Anamnes', text }], spans: [] };
}

describe('saving a note', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('sends the newest text once it rests', async () => {
    const desk = new Desk();
    for (const text of ['H', 'Ho', 'Hosta']) desk.write(text);
    await vi.advanceTimersByTimeAsync(LONG_MS);
    expect([desk.saved, desk.states.at(-1)]).toEqual([['Hosta'], 'saved']);
  });

  test('sends text that never rests, too', async () => {
    const desk = new Desk();
    for (let second = 0; second < 20; second++) {
      desk.write(`${desk.text}a`);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(desk.saved.length).toBeGreaterThan(0);
  });

  test('tries again until the server answers, and loses nothing meanwhile', async () => {
    const desk = new Desk();
    desk.failure = 'CONNECTION';
    desk.write('Hosta');
    await vi.advanceTimersByTimeAsync(LONG_MS);
    expect([desk.states.at(-1), desk.refusals]).toEqual(['offline', []]);
    desk.write('Hosta och feber');
    desk.failure = undefined;
    expect(await desk.saver.flush()).toBe(true);
    expect(desk.stored.text).toBe('Hosta och feber');
  });

  test('keeps what somebody else saved in between, and its own', async () => {
    const desk = new Desk();
    desk.stored = { version: 7, text: 'Yrsel' };
    desk.write('Hosta');
    await vi.advanceTimersByTimeAsync(LONG_MS);
    expect(desk.stored).toEqual({ version: 8, text: 'Hosta\nYrsel' });
    expect(desk.text).toBe('Hosta\nYrsel');
  });

  test('stops at a refusal that lasts, and says so', async () => {
    const desk = new Desk();
    desk.failure = 'NOTE_CLOSED';
    desk.write('Hosta');
    await vi.advanceTimersByTimeAsync(LONG_MS);
    expect(await desk.saver.flush()).toBe(false);
    expect([desk.states.at(-1), desk.refusals]).toEqual(['refused', ['NOTE_CLOSED']]);
  });
});

describe('telling what was heard', () => {
  const committed = (index: number) => ({
    type: 'committed' as const,
    index,
    utteranceId: index,
    startSeconds: 0,
    endSeconds: 1,
    words: [{ text: 'hosta', startSeconds: 0, endSeconds: 1, probability: 1 }],
  });
  const session = { localId: 's', sampleRateHz: 16_000, originFrame: 0 };
  const heard = { originFrame: 0, count: 1, endSeconds: 1 };

  test('names where the sound is once the server has, also in a session that follows another', async () => {
    const sounds: unknown[] = [];
    const sender = new UtteranceSender(async (utterances) => {
      sounds.push(...utterances.map(({ sound }) => sound));
    });
    const credentials = { sessionId: '0f7c2a54-9a53-4d0e-8a6e-1f6f9a0b1c2d', token: 'secret' };
    sender.push(session, heard, committed(0));
    sender.push({ ...session, credentials }, { ...heard, originFrame: 600 }, committed(0));
    await sender.flush();
    expect(sounds).toEqual([undefined, { sessionId: credentials.sessionId, fromSeconds: 60 }]);
  });

  test('sends each utterance once, and again what did not arrive', async () => {
    const told: number[] = [];
    let isAway = true;
    const sender = new UtteranceSender(async (utterances) => {
      if (isAway) throw new PageError('CONNECTION');
      told.push(...utterances.map(({ number }) => number));
    });
    for (let index = 0; index < 120; index++) sender.push(session, heard, committed(index));
    await sender.flush();
    isAway = false;
    await sender.flush();
    await sender.flush();
    expect(told).toEqual(Array.from({ length: 120 }, (_, index) => index));
  });

  test('keeps a limited number for a server that stays away', async () => {
    const told: number[] = [];
    const sender = new UtteranceSender(async (utterances) => {
      told.push(...utterances.map(({ number }) => number));
    });
    for (let index = 0; index < 2000; index++) sender.push(session, heard, committed(index));
    await sender.flush();
    expect([told.length, told.at(-1)]).toEqual([500, 1999]);
  });
});
