import type { z } from 'zod';
import type { HeardUtterance } from '../../contracts/notes-api-heard.ts';
import { dictatedWords } from '../diktera/word-ids.ts';
import { FRAME_SECONDS } from '../live/frames.ts';
import type { Committed } from '../live/live-events.ts';
import type { Heard, LiveSession } from '../live/live-store.ts';

type Utterance = z.input<typeof HeardUtterance>;

const MOST_AT_ONCE = 50;
/** Of a server that is away for long, the newest. */
const MOST_WAITING = 500;

/** Brings what was heard to the server's note, each utterance once: it reads uncertain words with more care. */
export class UtteranceSender {
  readonly #send: (utterances: Utterance[]) => Promise<void>;
  #waiting: Utterance[] = [];
  #isSending = false;

  constructor(send: (utterances: Utterance[]) => Promise<void>) {
    this.#send = send;
  }

  push({ localId, credentials }: LiveSession, heard: Heard, committed: Committed): void {
    const { index: number, startSeconds, endSeconds } = committed;
    const words = dictatedWords(localId, heard, committed);
    if (words.length === 0) return;
    const text = words.map((word) => word.text).join(' ');
    // The server begins to count anew with another session of its own.
    const liveSessionId = heard.originFrame === 0 ? localId : `${localId}:${heard.originFrame}`;
    const sound = credentials && {
      sessionId: credentials.sessionId,
      fromSeconds: heard.originFrame * FRAME_SECONDS,
    };
    const utterance = { liveSessionId, number, startSeconds, endSeconds, text, words, ...(sound && { sound }) };
    this.#waiting = [...this.#waiting, utterance].slice(-MOST_WAITING);
  }

  /** Sends what waits; what does not arrive waits for the next time. */
  async flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      while (this.#waiting.length > 0) {
        const batch = this.#waiting.slice(0, MOST_AT_ONCE);
        await this.#send(batch);
        this.#waiting = this.#waiting.filter((utterance) => !batch.includes(utterance));
      }
    } catch {
      // The text is what must arrive, and tells of it when it does not.
    } finally {
      this.#isSending = false;
    }
  }

  clear(): void {
    this.#waiting = [];
  }
}
