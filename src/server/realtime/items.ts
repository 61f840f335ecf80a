import { randomUUID } from 'node:crypto';
import type { LiveServerMessage } from '../../contracts/live.ts';
import { REALTIME_LIMITS, type RealtimeErrorBody, type RealtimeServerEvent } from '../../contracts/realtime.ts';
import type { Word } from '../../contracts/transcript.ts';
import { durationUsage, wordLogprobs } from '../../transcript/verbose-json.ts';
import { RealtimeFault } from './fault.ts';

type Voice = Extract<LiveServerMessage, { type: 'voice' }>;
type Committed = Extract<LiveServerMessage, { type: 'committed' }>;

export interface ItemsOptions {
  /** Whether the client commits by itself, rather than the voice detector for it. */
  isManual: boolean;
  logprobs: boolean;
  /** Whether the client speaks the form of before 2025-08. */
  isLegacy: boolean;
}

interface Item {
  readonly id: string;
  readonly startSeconds: number;
  /** Where its sound ends; unknown while somebody speaks. */
  endSeconds: number | undefined;
  words: readonly Word[];
  /** How many of the words the client has been told. */
  toldCount: number;
}

/**
 * The items of a session: stretches of sound that the voice detector or the client has committed, each of which gets
 * its transcript. Takes what the session core tells and what the client asks for, and gives the events that follow.
 *
 * Nothing may be taken between what the client asks for (`commit`, `clear`) and `reached`, but what the core tells.
 */
export class Items {
  #options: ItemsOptions;
  /** Sound that is not committed, once somebody speaks in it or words of it have come. */
  #open: Item | undefined;
  /** Committed, and without their last words. */
  readonly #committed: Item[] = [];
  #lastCommittedId: string | null = null;
  /** What the client asked for, until all sound before it is recognised. */
  #asked: 'commit' | 'clear' | undefined;
  /** Where the sound begins that is in no committed item. */
  #bufferStartSeconds = 0;
  #recognisedSeconds = 0;

  constructor(options: ItemsOptions) {
    this.#options = options;
  }

  /** From now on. */
  change(options: ItemsOptions): void {
    this.#options = options;
  }

  /** Somebody began or ceased to speak. */
  voice({ speaking, atSeconds }: Voice): RealtimeServerEvent[] {
    // All sound up to what the client asked for belongs to that.
    if (this.#options.isManual || this.#asked) return [];
    if (speaking) {
      if (this.#open) return [];
      this.#open = newItem(atSeconds);
      const audio_start_ms = Math.round(1000 * atSeconds);
      return [{ type: 'input_audio_buffer.speech_started', audio_start_ms, item_id: this.#open.id }];
    }
    const item = this.#open;
    if (!item) return [];
    const audio_end_ms = Math.round(1000 * atSeconds);
    return [
      { type: 'input_audio_buffer.speech_stopped', audio_end_ms, item_id: item.id },
      ...this.#commit(item, atSeconds),
      ...(this.#recognisedSeconds >= atSeconds ? this.#completeFirst() : []),
    ];
  }

  /** Words came. Those of an item that the client is yet to commit are kept back, since it may clear it instead. */
  words({ startSeconds, endSeconds, words }: Committed): RealtimeServerEvent[] {
    this.#recognisedSeconds = endSeconds;
    const [first] = this.#committed;
    if (first) {
      const isLast = this.#asked !== 'commit' || this.#committed.length > 1;
      const isOver = isLast && endSeconds >= first.endSeconds!;
      return [...this.#add(first, words), ...(isOver ? this.#completeFirst() : [])];
    }
    if (this.#asked === 'clear') return [];
    if (this.#open) {
      if (!this.#options.isManual) return this.#add(this.#open, words);
      this.#open.words = [...this.#open.words, ...words];
      return [];
    }
    this.#open = newItem(this.#options.isManual ? this.#bufferStartSeconds : startSeconds);
    this.#open.words = words;
    // Nobody was heard to begin: the voice detector was asked in the middle of it.
    return this.#options.isManual ? [] : [...this.#commit(this.#open, endSeconds), ...this.#completeFirst()];
  }

  /** The client commits what is there. @param atSeconds all sound so far @throws RealtimeFault when that is too little */
  commit(atSeconds: number): RealtimeServerEvent[] {
    const bufferedSeconds = atSeconds - this.#bufferStartSeconds;
    if (bufferedSeconds < REALTIME_LIMITS.commitSeconds) {
      throw new RealtimeFault('input_audio_buffer_commit_empty', 'there is too little sound to be committed', {
        expected: `at least ${1000 * REALTIME_LIMITS.commitSeconds} ms since the last commit`,
        got: `${Math.round(1000 * bufferedSeconds)} ms`,
      });
    }
    this.#asked = 'commit';
    return this.#commit(this.#open ?? newItem(this.#bufferStartSeconds), atSeconds);
  }

  /** The client throws away what is not committed. */
  clear(atSeconds: number): RealtimeServerEvent[] {
    this.#asked = 'clear';
    this.#open = undefined;
    this.#bufferStartSeconds = atSeconds;
    return [{ type: 'input_audio_buffer.cleared' }];
  }

  /** All sound before what the client asked for is recognised. */
  reached(): RealtimeServerEvent[] {
    const asked = this.#asked;
    this.#asked = undefined;
    return asked === 'commit' ? this.#completeFirst() : [];
  }

  /** No more words will come. */
  failed(error: RealtimeErrorBody): RealtimeServerEvent[] {
    return this.#committed.splice(0).map(({ id }) => ({
      type: 'conversation.item.input_audio_transcription.failed',
      item_id: id,
      content_index: 0,
      error,
    }));
  }

  #commit(item: Item, endSeconds: number): RealtimeServerEvent[] {
    const { id } = item;
    const previous_item_id = this.#lastCommittedId;
    item.endSeconds = endSeconds;
    this.#open = undefined;
    this.#committed.push(item);
    this.#lastCommittedId = id;
    this.#bufferStartSeconds = endSeconds;
    return [
      { type: 'input_audio_buffer.committed', item_id: id, previous_item_id },
      {
        type: this.#options.isLegacy ? 'conversation.item.created' : 'conversation.item.added',
        previous_item_id,
        item: {
          id,
          object: 'realtime.item',
          type: 'message',
          status: 'completed',
          role: 'user',
          content: [{ type: 'input_audio', transcript: null }],
        },
      },
      ...this.#add(item, []),
    ];
  }

  /** Tells what the client has not been told of an item, more words included. */
  #add(item: Item, words: readonly Word[]): RealtimeServerEvent[] {
    item.words = [...item.words, ...words];
    const isFirst = item.toldCount === 0;
    const untold = item.words.slice(item.toldCount);
    if (untold.length === 0) return [];
    item.toldCount = item.words.length;
    return [
      {
        type: 'conversation.item.input_audio_transcription.delta',
        item_id: item.id,
        content_index: 0,
        delta: (isFirst ? '' : ' ') + textOf(untold),
        ...(this.#options.logprobs && { logprobs: wordLogprobs(untold, isFirst) }),
      },
    ];
  }

  #completeFirst(): RealtimeServerEvent[] {
    const { id, words, startSeconds, endSeconds } = this.#committed.shift()!;
    return [
      {
        type: 'conversation.item.input_audio_transcription.completed',
        item_id: id,
        content_index: 0,
        transcript: textOf(words),
        ...(this.#options.logprobs && { logprobs: wordLogprobs(words, true) }),
        usage: durationUsage(endSeconds! - startSeconds),
      },
    ];
  }
}

function newItem(startSeconds: number): Item {
  const id = `item_${randomUUID().replaceAll('-', '')}`;
  return { id, startSeconds, endSeconds: undefined, words: [], toldCount: 0 };
}

function textOf(words: readonly Word[]): string {
  return words.map(({ text }) => text).join(' ');
}
